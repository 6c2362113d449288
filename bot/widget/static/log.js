// The messages on the screen: each once, in order, read aloud once.

import { byId, el, icon, plainText, prefersStill } from "./dom.js";
import { showDay, showMessage, showWaiting, writerOf } from "./message.js";
import { Walk } from "./walk.js";

const NEAR_THE_END = 80;
const MARGIN = 12;

export class Log {
  constructor(on) {
    this.on = on;
    this.box = byId("log");
    this.list = byId("messages");
    this.typing = byId("typing");
    this.toNew = byId("to-new");
    this.last = 0;
    this.shown = new Set();
    this.items = [];
    this.walk = new Walk(this);
    this.box.addEventListener("scroll", () => this.nearEnd() && this.hideToNew(), { passive: true });
    this.toNew.addEventListener("click", () => {
      if (this.target?.isConnected) this.scrollTo(this.target.offsetTop - MARGIN);
      this.hideToNew();
      this.box.focus({ preventScroll: true });
    });
  }

  get empty() {
    return !this.list.childElementCount;
  }

  // The button of the last reply whose words were typed.
  choiceOf(text) {
    const same = (words) => words.toLowerCase().replace(/[\s.?!]+$/, "");
    return this.items.at(-1)?.knoppen.find(({ titel }) => same(titel) === same(text))?.keuze;
  }

  // What was said before: shown, not read aloud.
  load(items) {
    items.filter((item) => item.seq > this.last).forEach((item) => this.place(item));
    this.toEnd();
  }

  // A message that came in now.
  add(item) {
    if (item.seq <= this.last) return;
    const follow = this.nearEnd();
    const own = item.van === "ouder";
    const node = this.place(item);
    if (!own) this.announce(item);
    if (own) this.toEnd();
    // The code of a receipt is for keeping: it is shown wherever the parent was.
    else if (follow || item.meta.ontvangst) this.reveal(node);
    else this.showToNew(node);
  }

  place(item) {
    const waiting = item.id && this.waitingNode(item.id);
    this.last = Math.max(this.last, item.seq);
    this.shown.add(item.id);
    this.items.push(item);
    this.newDay(new Date(item.tijd));
    const node = showMessage(item, { first: this.writer !== item.van, on: this.on });
    this.writer = item.van;
    this.list.querySelectorAll(".follow-ups").forEach((old) => old.remove());
    if (waiting) waiting.replaceWith(node);
    else this.list.insertBefore(node, this.list.querySelector(".message--waiting"));
    return node;
  }

  newDay(date) {
    if (this.day === date.toDateString()) return;
    this.day = date.toDateString();
    this.list.insertBefore(showDay(date), this.list.querySelector(".message--waiting"));
  }

  addWaiting(message) {
    if (this.waitingNode(message.id) || this.shown.has(message.id)) return;
    this.list.append(showWaiting(message));
    this.toEnd();
  }

  // Personal data was taken out of it.
  markMasked(message) {
    this.waitingNode(message.id)?.replaceWith(showWaiting(message));
  }

  // The message did not get through yet; it stays and is tried again.
  markFailed(message, sentence, retry) {
    const state = this.waitingNode(message.id)?.querySelector(".message__state");
    if (!state) return;
    const button = el("button", { type: "button", className: "link", onclick: retry }, "Nu opnieuw proberen");
    state.classList.add("message__state--problem");
    state.replaceChildren(icon("info"), el("span", {}, sentence || "Nog niet verstuurd. We proberen het zo opnieuw.", " ", button));
    this.toEnd();
  }

  markRefused(message, sentence, back) {
    const state = this.waitingNode(message.id)?.querySelector(".message__state");
    if (!state) return;
    const button = el("button", { type: "button", className: "link", onclick: back }, "Zet de tekst terug");
    state.classList.add("message__state--problem");
    state.replaceChildren(icon("info"), el("span", {}, sentence, " ", button));
    this.say(sentence);
  }

  waitingNode(id) {
    return this.list.querySelector(`.message--waiting[data-id="${id}"]`);
  }

  markSent(message) {
    const state = this.waitingNode(message.id)?.querySelector(".message__state");
    state?.classList.remove("message__state--problem");
    state?.replaceChildren("Verstuurd");
  }

  busy(busy) {
    const follow = this.nearEnd();
    this.typing.hidden = !busy;
    if (busy && follow) this.toEnd();
  }

  clear() {
    this.list.replaceChildren();
    Object.assign(this, { last: 0, day: null, writer: null, shown: new Set(), items: [] });
    this.busy(false);
    this.box.scrollTop = 0;
  }

  announce(item) {
    const choices = item.knoppen.filter((button) => button.soort !== "vervolg").map((button) => button.titel);
    const offered = choices.length ? ` U kunt kiezen: ${choices.join(", ")}.` : "";
    this.say(`${writerOf(item)}: ${plainText(item.html)}${offered}`);
  }

  say(text) {
    const line = el("p", {}, text);
    byId("announcer").append(line);
    setTimeout(() => line.remove(), 20000);
  }

  nearEnd() {
    return this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < NEAR_THE_END;
  }

  toEnd() {
    this.box.scrollTop = this.box.scrollHeight;
    this.hideToNew();
  }

  // A long answer is shown from its beginning.
  reveal(node) {
    const long = node.offsetHeight > this.box.clientHeight - NEAR_THE_END;
    this.scrollTo(long ? node.offsetTop - MARGIN : this.box.scrollHeight);
  }

  // Not scrollIntoView: that would move the page around the frame too.
  scrollTo(top) {
    this.box.scrollTo({ top, behavior: prefersStill() ? "auto" : "smooth" });
  }

  showToNew(node) {
    this.target = this.toNew.hidden ? node : this.target;
    this.toNew.hidden = false;
  }

  hideToNew() {
    this.toNew.hidden = true;
  }
}
