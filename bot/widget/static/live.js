// Who is there besides the chatbot: an ouderadviseur in this conversation, and whether one is available at all.

import { byId } from "./dom.js";

const ASK_EVERY = 5000;
const BOT = "Chatbot voor ouders";
const QUESTION = "Typ hier uw vraag";
// For a human these may be told: the door takes them out of the message and keeps them for that human alone.
const TOLD = ["telefoon", "email", "naam"];

class Live {
  constructor() {
    this.name = null;
    this.someone = false;
  }

  get told() {
    return this.name ? TOLD : [];
  }

  // The message that says who came or left tells it too, also after a break.
  heard({ meta }) {
    if (meta && "mens" in meta) this.human({ naam: meta.mens, verbonden: true });
  }

  load(items) {
    this.human({ naam: null, verbonden: true });
    items.forEach((item) => this.heard(item));
  }

  human({ naam, verbonden }) {
    this.name = naam;
    byId("chat").classList.toggle("chat--human", Boolean(naam));
    byId("who").textContent = naam ? `U praat met ${naam}, ouderadviseur` : BOT;
    byId("text").placeholder = naam ? `Typ uw bericht aan ${naam}` : QUESTION;
    const text = verbonden
      ? `${naam}, ouderadviseur, is in dit gesprek. De chatbot zegt niets.`
      : `${naam} is even niet verbonden. Blijft dat zo, dan komt de chatbot terug.`;
    const bar = byId("human-bar");
    // Read aloud when it changes, and only then.
    if (naam && bar.textContent !== text) bar.textContent = text;
    bar.hidden = !naam;
  }

  present(someone) {
    const changed = this.someone !== someone;
    this.someone = someone;
    byId("human").classList.toggle("human--there", someone);
    for (const node of document.querySelectorAll("[data-presence]")) node.hidden = !someone;
    // Who is there works, whatever the hour.
    if (changed && byId("handoff").open) this.askWhen();
  }

  // Without a conversation there is no stream that tells it: asked once, and while the form is open.
  async ask() {
    this.present(Boolean((await this.askWhen())?.aanwezig));
  }

  // Outside working hours the form says when there will be somebody.
  async askWhen() {
    const answer = await fetch("/api/aanwezig", { cache: "no-store" }).catch(() => null);
    const state = answer?.ok ? await answer.json() : null;
    byId("when").textContent = state?.wanneer || "";
    byId("when").hidden = !state?.wanneer;
    return state;
  }

  askWhile(needed) {
    this.ask();
    setInterval(() => needed() && this.ask(), ASK_EVERY);
  }
}

export const live = new Live();
