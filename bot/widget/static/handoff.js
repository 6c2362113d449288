// The hand-off: the form, exactly what is passed on, consent, receipt.

import { byId, el, icon, newId } from "./dom.js";
import { live } from "./live.js";
import { Prefill } from "./prefill.js";
import { Sheet } from "./sheet.js";
import { ofTab } from "./storage.js";

const AWAY = "Er is nu geen verbinding. Wat u hebt ingevuld blijft staan. Wilt u het zo nog eens proberen?";
const DRAFT = "ouderchat.formulier";
const LABELS = [
  ["onderwerp", "Onderwerp"],
  ["waar_gaat_het_over", "Waar het over gaat"],
  ["naam", "Naam"],
  ["telefoon_of_email", "Telefoon of e-mail"],
  ["moment", "Bereikbaar"],
  ["tolk", "Tolk"],
];
const WRITERS = { ouder: "U", bot: "Chatbot", mens: "Ouderadviseur" };

export class HandOff {
  constructor(session, done) {
    this.session = session;
    this.done = done;
    this.form = byId("handoff-form");
    this.check = byId("preview-form");
    this.receipt = byId("receipt");
    this.title = byId("handoff-title");
    this.body = byId("handoff").querySelector(".sheet__body");
    this.sheet = new Sheet(byId("handoff"), () => this.receipt.hidden || this.reset());
    this.form.addEventListener("submit", (event) => this.guarded(event, () => this.preview()));
    this.check.addEventListener("submit", (event) => this.guarded(event, () => this.submit()));
    byId("preview-list").addEventListener("change", () => this.struck());
    byId("preview-back").addEventListener("click", () => this.step(this.form, "Een mens spreken"));
    this.id = newId();
    // What was filled in survives a reload of this tab.
    this.form.addEventListener("input", () => this.keep());
    this.prefill = new Prefill(session, this.form);
    for (const [name, value] of Object.entries(JSON.parse(ofTab.get(DRAFT) || "{}"))) this.form.elements[name].value = value;
  }

  // What was filled in before stays there until it is sent.
  async open(language = "") {
    this.sheet.open();
    live.askWhen();
    if (this.form.hidden) return;
    if (await this.prefill.begin(language)) this.keep();
  }

  keep() {
    ofTab.set(DRAFT, JSON.stringify(this.fields()));
  }

  close() {
    this.sheet.close();
  }

  // The conversation is gone: what was taken out of its messages goes too.
  forget() {
    this.prefill.reset();
  }

  reset() {
    ofTab.remove(DRAFT);
    this.prefill.reset();
    this.form.reset();
    this.check.reset();
    this.id = newId();
    this.step(this.form, "Een mens spreken", false);
  }

  step(part, title, focus = true) {
    for (const other of [this.form, this.check, this.receipt]) other.hidden = other !== part;
    this.title.textContent = title;
    this.clearProblems();
    this.body.scrollTop = 0;
    if (focus) this.title.focus();
  }

  async guarded(event, work) {
    event.preventDefault();
    const button = event.target.querySelector(".primary");
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    try {
      await this.session.begin();
      await work();
    } catch (error) {
      if (error.status === 409) await this.preview().catch(() => {});
      this.showProblems(error.data?.problemen || [], error.data ? error.message : AWAY);
    } finally {
      button.removeAttribute("aria-disabled");
    }
  }

  fields() {
    return Object.fromEntries(new FormData(this.form));
  }

  async preview() {
    const seen = await this.session.call("POST", "/api/overdracht/voorbeeld", this.fields());
    this.seen = seen;
    this.summary(seen, []);
    byId("preview-list").replaceChildren(...seen.regels.map(line));
    byId("preview-lines").hidden = !seen.regels.length;
    byId("consent-text").textContent = seen.toestemming;
    this.step(this.check, "Dit geven we door");
    this.alarm(seen.gevaar);
  }

  // What follows from the lines that are passed on.
  summary(seen, struckRows) {
    const facts = LABELS.flatMap(([name, label]) => fact(label, seen[name]));
    const more = [...fact("Met spoed, want", seen.spoed.join(", ")), ...fact("Wanneer", seen.wanneer)];
    byId("preview-facts").replaceChildren(...facts, ...more);
    byId("preview-rows").replaceChildren(...seen.zaakblad.map((part) => row(part, !struckRows.includes(part.naam))));
    byId("preview-sheet").hidden = !seen.zaakblad.length;
  }

  // A line was struck or put back: the summary follows. Of two requests the last one counts.
  async struck() {
    const { weglaten, zaakblad_weglaten } = this.left();
    const asked = (this.asked = Symbol("asked"));
    const body = { ...this.fields(), tot: this.seen.tot, weglaten };
    const seen = await this.session.call("POST", "/api/overdracht/voorbeeld", body).catch(() => null);
    if (seen && asked === this.asked) this.summary(seen, zaakblad_weglaten);
  }

  left() {
    const struck = (name) => [...this.check.querySelectorAll(`input[name=${name}]:not(:checked)`)].map((box) => box.value);
    return { weglaten: struck("regel").map(Number), zaakblad_weglaten: struck("rij") };
  }

  async submit() {
    const { tot, kenmerk } = this.seen;
    const body = { ...this.fields(), id: this.id, tot, kenmerk, ...this.left(), toestemming: byId("f-consent").checked };
    const receipt = await this.session.call("POST", "/api/overdracht", body);
    byId("receipt-text").replaceChildren(el("div", { className: "text", html: receipt.html }));
    ofTab.remove(DRAFT);
    this.step(this.receipt, "Uw vraag is verstuurd");
    this.done();
  }

  alarm(html) {
    byId("alarm").hidden = !html;
    byId("alarm").replaceChildren(html ? el("div", { className: "text", html }) : "");
  }

  showProblems(problems, sentence) {
    this.clearProblems();
    const list = problems.map(({ veld, melding }) => el("li", {}, this.problem(veld, melding)));
    const box = byId("problems");
    box.replaceChildren(icon("info"), el("div", {}, el("p", {}, sentence), list.length ? el("ul", {}, ...list) : ""));
    box.hidden = false;
    this.body.scrollTop = 0;
    box.focus({ preventScroll: true });
  }

  // The field says what is wrong with it, and the summary leads to the field.
  problem(name, sentence) {
    const field = this.body.querySelector(`[name="${name}"]`);
    if (!field) return sentence;
    field.setAttribute("aria-invalid", "true");
    const note = el("span", { className: "problem", id: `${field.id}-problem` }, sentence);
    field.after(note);
    field.dataset.hint ??= field.getAttribute("aria-describedby") || "";
    field.setAttribute("aria-describedby", `${field.dataset.hint} ${note.id}`.trim());
    const onclick = (event) => {
      event.preventDefault();
      field.focus();
    };
    return el("a", { href: `#${field.id}`, onclick }, sentence);
  }

  clearProblems() {
    byId("problems").hidden = true;
    this.alarm(null);
    for (const note of this.body.querySelectorAll("span.problem")) note.remove();
    for (const field of this.body.querySelectorAll("[aria-invalid]")) {
      field.removeAttribute("aria-invalid");
      if (field.dataset.hint) field.setAttribute("aria-describedby", field.dataset.hint);
      else field.removeAttribute("aria-describedby");
    }
  }
}

const fact = (label, value) => (value ? [el("dt", {}, label), el("dd", {}, value)] : []);

function line({ seq, van, html }) {
  const text = el("span", { className: "text", html });
  // A link inside a label would be followed where a tap should strike the line.
  for (const link of text.querySelectorAll("a")) link.replaceWith(...link.childNodes);
  return strikable("regel", String(seq), true, `line line--${van}`, el("strong", {}, `${WRITERS[van]}: `), text);
}

function row({ naam, titel, teksten }, checked) {
  const texts = teksten.map((text) => el("span", { className: "text" }, text));
  return strikable("rij", naam, checked, "line", el("strong", {}, `${titel}: `), ...texts);
}

function strikable(name, value, checked, className, ...content) {
  const id = `${name}-${value}`;
  const box = el("input", { type: "checkbox", name, value, id, checked });
  return el("li", { className }, box, el("label", { htmlFor: id }, ...content));
}
