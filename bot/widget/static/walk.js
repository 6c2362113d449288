// With the arrow keys from message to message; the keys of a long one scroll first.

import { plainText } from "./dom.js";
import { writerOf } from "./message.js";

const LINES = 60;
const STEPS = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };

export class Walk {
  constructor(log) {
    this.log = log;
    log.box.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    const step = STEPS[event.key];
    const here = event.target;
    if (!step || event.ctrlKey || event.altKey || event.metaKey || !(here === this.log.box || here.matches(".message"))) return;
    const messages = [...this.log.list.querySelectorAll(".message")];
    const at = messages.indexOf(here);
    if (!messages.length) return;
    event.preventDefault();
    // Not left to the browser: its own scrolling would go on while the next key already moves the focus.
    const welcome = at === 0 && step === -1;
    if (welcome || (at >= 0 && this.goesOn(here, step))) this.log.box.scrollTop += step * LINES;
    else this.step(messages, at, step);
  }

  step(messages, at, step) {
    // From the log itself one begins with the latest.
    const to = at < 0 && step === -1 ? messages.length - 1 : at + step;
    this.go(messages[Math.min(Math.max(to, 0), messages.length - 1)]);
  }

  // Whether there is more of this message in that direction than fits.
  goesOn(node, step) {
    const [box, own] = [this.log.box, node].map((one) => one.getBoundingClientRect());
    return step === -1 ? own.top < box.top : step === 1 && own.bottom > box.bottom;
  }

  go(node) {
    const item = this.log.items.find(({ seq }) => String(seq) === node.dataset.seq);
    node.tabIndex = -1;
    // Without a name a screen reader says no more than that it is an article.
    if (item) node.setAttribute("aria-label", `${writerOf(item)}: ${plainText(item.html)}`);
    node.addEventListener("blur", () => node.removeAttribute("aria-label"), { once: true });
    node.focus({ preventScroll: true });
    const [box, own] = [this.log.box, node].map((one) => one.getBoundingClientRect());
    const above = own.top - box.top - 12;
    const below = own.bottom - box.bottom + 12;
    if (above < 0 || own.height > box.height) this.log.box.scrollTop += above;
    else if (below > 0) this.log.box.scrollTop += below;
  }
}
