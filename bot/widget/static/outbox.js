// Messages on their way to the door: one at a time, in order, each with one id for all attempts.

import { newId } from "./dom.js";
import { keepOut } from "./kept.js";
import { live } from "./live.js";
import { masker } from "./masking.js";
import { ofTab } from "./storage.js";

const WAITING = "ouderchat.wachtrij";
const LONGEST_PAUSE = 30000;
const PAUSE_WHEN_BUSY = 5000;

export class Outbox {
  constructor(session, on) {
    this.session = session;
    this.on = on;
    this.waiting = JSON.parse(ofTab.get(WAITING) || "[]");
    this.pause = 1000;
    window.addEventListener("online", () => this.now());
  }

  add(text, choice) {
    const message = { id: newId(), text, ...(choice ? { keuze: choice } : { typed: true }) };
    this.waiting.push(message);
    this.save();
    this.on.added(message);
    this.now();
  }

  // After a reload: show what did not get through yet, and go on.
  resume() {
    this.waiting.forEach((message) => this.on.added(message));
    if (this.waiting.length) this.now();
  }

  clear() {
    this.waiting = [];
    this.save();
  }

  now() {
    clearTimeout(this.timer);
    if (!this.sending) this.sending = this.run().finally(() => (this.sending = null));
  }

  async run() {
    while (this.waiting.length) {
      const message = this.waiting[0];
      try {
        await this.mask(message);
        await this.session.begin();
        this.on.begun();
        const receipt = await this.session.call("POST", "/api/berichten", message);
        this.drop(message);
        this.pause = 1000;
        this.on.sent(message, receipt);
      } catch (error) {
        if (!this.again(message, error)) return;
      }
    }
  }

  // What was typed leaves this browser only without the personal data that can be recognised in it.
  async mask(message) {
    if (!message.typed) return;
    const { text, out } = (await masker()).mask(message.text, live.told);
    keepOut(message, out);
    message.text = text;
    delete message.typed;
    this.save();
    this.on.masked(message);
  }

  // True: try the next at once. False: wait.
  again(message, error) {
    if (error.status === 401) return true;
    if (error.status === 400 || error.status === 413) {
      this.drop(message);
      this.on.refused(message, error.message);
      return true;
    }
    const pause = error.status === 429 ? PAUSE_WHEN_BUSY : this.pause;
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    this.on.failed(message, error.data?.melding || "");
    this.timer = setTimeout(() => this.now(), pause);
    return false;
  }

  drop(message) {
    this.waiting = this.waiting.filter((other) => other.id !== message.id);
    this.save();
  }

  save() {
    if (this.waiting.length) ofTab.set(WAITING, JSON.stringify(this.waiting));
    else ofTab.remove(WAITING);
  }
}
