// A thumb up or down under an answer, and why.

import { el, icon, newId } from "./dom.js";
import { masker } from "./masking.js";

const QUESTION = "Hebt u iets aan dit antwoord?";
const WORDS = { goed: "Ja, dit helpt mij", niet_goed: "Nee, dit helpt mij niet" };
const WHY = { goed: "Wat hielp u? (mag leeg)", niet_goed: "Wat kan er beter? (mag leeg)" };
const AWAY = "Dat lukte nu niet. Wilt u het zo nog eens proberen?";
const LIMIT = 500;

export class Feedback {
  constructor(session) {
    this.session = session;
    this.rows = new Map();
    this.verdicts = {};
  }

  // Under the answers of which the topic is known.
  under(item) {
    if (item.van !== "bot" || item.meta.besluit !== "answer" || !item.meta.onderwerp) return "";
    const row = new Row(item.seq, (body) => this.session.call("POST", "/api/waardering", body));
    this.rows.set(item.seq, row);
    row.show(this.verdicts[item.seq]);
    return row.node;
  }

  async load() {
    this.rows.clear();
    const { waarderingen } = await this.session.call("GET", "/api/waardering").catch(() => ({}));
    this.verdicts = waarderingen || {};
    for (const [seq, row] of this.rows) row.show(this.verdicts[seq]);
  }

  // Given here or in another tab.
  heard({ seq, oordeel }) {
    this.verdicts[seq] = oordeel;
    this.rows.get(seq)?.show(oordeel);
  }
}

class Row {
  constructor(seq, send) {
    Object.assign(this, { seq, send });
    this.thumbs = Object.keys(WORDS).map((verdict) => this.thumb(verdict));
    this.thanks = el("span", { className: "feedback__thanks", role: "status" });
    this.more = el("div", {});
    const line = el("div", { className: "feedback__line" }, el("span", {}, QUESTION), ...this.thumbs, this.thanks);
    this.node = el("div", { className: "feedback", role: "group", "aria-label": QUESTION }, line, this.more);
  }

  thumb(verdict) {
    const button = el("button", { type: "button", className: "icon-button", onclick: () => this.press(verdict) });
    button.append(icon(verdict === "goed" ? "up" : "thumb-down"), el("span", { className: "sr-only" }, WORDS[verdict]));
    button.dataset.verdict = verdict;
    return button;
  }

  show(verdict) {
    this.verdict = verdict;
    for (const button of this.thumbs) button.setAttribute("aria-pressed", String(button.dataset.verdict === verdict));
    if (!verdict) this.more.replaceChildren();
  }

  // Pressed again: taken back.
  async press(verdict) {
    const chosen = this.verdict === verdict ? null : verdict;
    if (!(await this.give(chosen, ""))) return;
    this.thanks.textContent = chosen ? "Dank u wel" : "";
    this.more.replaceChildren(chosen ? this.form(chosen) : "");
  }

  form(verdict) {
    const id = `reden-${newId()}`;
    const text = el("textarea", { id, rows: 2, maxLength: LIMIT, "aria-describedby": `${id}-hint` });
    const hint = el("span", { className: "hint", id: `${id}-hint` }, "Schrijf geen namen of nummers op.");
    const send = el("button", { type: "submit", className: "quiet" }, "Verstuur");
    const form = el("form", { className: "field" }, el("label", { htmlFor: id }, WHY[verdict]), hint, text, send);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (await this.give(verdict, text.value.trim())) this.done();
    });
    return form;
  }

  // The form goes, so the focus gets a place that is still there.
  done() {
    if (!this.alarm) this.more.replaceChildren();
    this.thanks.textContent = "Verstuurd. Dank u wel";
    this.thumbs.find((button) => button.dataset.verdict === this.verdict)?.focus({ preventScroll: true });
  }

  async give(verdict, reason) {
    try {
      const masked = reason && (await masker()).mask(reason).text;
      const { gevaar } = await this.send({ seq: this.seq, oordeel: verdict, reden: masked });
      this.alarm = gevaar;
      if (gevaar) this.more.replaceChildren(el("div", { className: "alarm text", role: "alert", html: gevaar }));
      this.show(verdict);
      return true;
    } catch (error) {
      this.thanks.textContent = error.data ? error.message : AWAY;
      return false;
    }
  }
}
