// Where the parent types.

import { byId } from "./dom.js";
import { warning } from "./left-out.js";
import { live } from "./live.js";
import { masker } from "./masking.js";
import { ofTab } from "./storage.js";

const DRAFT = "ouderchat.concept";
const WARN_FROM = 200;
const TYPING = 400;

export class Composer {
  constructor(limit, send) {
    this.limit = limit;
    this.send = send;
    this.text = byId("text");
    this.counter = byId("counter");
    this.notice = byId("notice");
    // What was typed while this script was still loading comes first.
    this.text.value ||= ofTab.get(DRAFT) || "";
    byId("composer").addEventListener("submit", (event) => this.submit(event));
    this.text.addEventListener("input", () => this.changed());
    this.text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
    });
    window.addEventListener("resize", () => this.fit());
    this.changed();
  }

  focus() {
    this.text.focus({ preventScroll: true });
  }

  restore(text) {
    this.text.value = this.text.value ? `${text}\n${this.text.value}` : text;
    this.changed();
    this.focus();
  }

  clear() {
    this.text.value = "";
    this.changed();
  }

  submit(event) {
    event.preventDefault();
    const text = this.text.value.trim();
    if (!text) return this.focus();
    this.send(text);
    // Too long for the chatbot: it asks for a shorter one, and then the words must still be there.
    if (text.length <= this.limit) this.clear();
    this.focus();
  }

  fit() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 160)}px`;
  }

  changed() {
    this.fit();
    const left = this.limit - this.text.value.trim().length;
    this.counter.textContent = left > WARN_FROM ? "" : left >= 0 ? `Nog ${left} tekens` : `${-left} tekens te veel`;
    this.counter.classList.toggle("counter--over", left < 0);
    if (this.text.value) ofTab.set(DRAFT, this.text.value);
    else ofTab.remove(DRAFT);
    clearTimeout(this.timer);
    if (!this.text.value) this.notify("");
    else this.timer = setTimeout(() => this.look(), TYPING);
  }

  // Personal data is said to stay here before the message goes.
  async look() {
    const found = await masker().catch(() => null);
    if (found) this.notify(warning(found.mask(this.text.value, live.told).kinds));
  }

  notify(sentence) {
    if (this.notice.textContent !== sentence) this.notice.textContent = sentence;
  }
}
