// "Wis mijn gesprek": asks once, and about a case apart.

import { byId } from "./dom.js";
import { Sheet } from "./sheet.js";

export class Wipe {
  constructor(session, done) {
    this.session = session;
    this.done = done;
    this.sheet = new Sheet(byId("wipe-dialog"));
    this.problem = byId("wipe-problem");
    byId("wipe-yes").addEventListener("click", () => this.wipe());
  }

  async open() {
    this.problem.hidden = true;
    byId("wipe-case").hidden = !(await this.hasCase());
    this.sheet.open();
  }

  async hasCase() {
    if (!this.session.token) return false;
    const answer = await this.session.call("GET", "/api/gesprek").catch(() => ({}));
    return Boolean(answer.zaken?.length);
  }

  async wipe() {
    const withCase = !byId("wipe-case").hidden && byId("wipe-case").querySelector("input:checked").value;
    try {
      if (this.session.token) await this.session.call("DELETE", `/api/gesprek?zaak=${withCase || "houden"}`);
    } catch (error) {
      if (error.status !== 401) return this.failed();
    }
    this.session.forget();
    this.sheet.close();
    this.done();
  }

  failed() {
    this.problem.textContent = "Wissen lukte niet: er is geen verbinding. Wilt u het zo nog eens proberen?";
    this.problem.hidden = false;
  }
}
