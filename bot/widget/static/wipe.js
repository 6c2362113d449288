// "Wis mijn gesprek" asks once, and about a case apart; "Opnieuw beginnen" wipes as well, as nobody could reach it later.

import { Sheet } from "./sheet.js";

export class Wipe {
  constructor(session, dialog, done) {
    this.session = session;
    this.done = done;
    this.sheet = new Sheet(dialog);
    this.problem = dialog.querySelector(".problem");
    this.case = dialog.querySelector("fieldset");
    dialog.querySelector(".primary").addEventListener("click", () => this.wipe());
  }

  async open() {
    this.problem.hidden = true;
    if (this.case) this.case.hidden = !(await this.hasCase());
    this.sheet.open();
  }

  async hasCase() {
    if (!this.session.token) return false;
    const answer = await this.session.call("GET", "/api/gesprek").catch(() => ({}));
    return Boolean(answer.zaken?.length);
  }

  async wipe() {
    const wish = this.case && !this.case.hidden && this.case.querySelector("input:checked").value;
    try {
      if (this.session.token) await this.session.call("DELETE", `/api/gesprek?zaak=${wish || "houden"}`);
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
