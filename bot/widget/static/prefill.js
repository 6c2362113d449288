// The form begins with what the parent already told in the chat. What it is, the door reads from the messages; what was
// taken out of them before they were sent, only this tab can fill in.

import { byId } from "./dom.js";
import { forgetKept, keptOf } from "./kept.js";

export class Prefill {
  constructor(session, form) {
    this.session = session;
    this.form = form;
    this.offered = {};
  }

  // A language that was written is offered as interpreter. False: the conversation was wiped meanwhile.
  async begin(language) {
    const { offered } = this;
    const { velden, van_u } = await this.told();
    // Wiped while the door was answering: what it told is of a conversation that is gone.
    if (offered !== this.offered) return false;
    const own = Object.entries(van_u).map(([name, where]) => [name, keptOf(where)]);
    const filled = [...Object.entries(velden), ...own].filter(([name, value]) => this.fill(name, value));
    this.fill("tolk", language);
    if (filled.length) byId("prefilled").hidden = false;
    return true;
  }

  async told() {
    const nothing = { velden: {}, van_u: {} };
    return this.session.token ? this.session.call("GET", "/api/overdracht").catch(() => nothing) : nothing;
  }

  // Each value once: what the parent takes out or changes stays so.
  fill(name, value) {
    const field = this.form.elements[name];
    if (!value || this.offered[name] === value) return false;
    this.offered[name] = value;
    if (field.value || field === document.activeElement) return false;
    field.value = value;
    return true;
  }

  reset() {
    this.offered = {};
    byId("prefilled").hidden = true;
    forgetKept();
  }
}
