// The menu behind "Meer", and the size of the letters.

import { byId } from "./dom.js";
import { lasting } from "./storage.js";

const SIZE = "ouderchat.letters";
const SIZES = [100, 115, 130, 150];

export class Menu {
  constructor() {
    this.button = byId("menu-button");
    this.menu = byId("menu");
    this.size = Math.max(SIZES.indexOf(Number(lasting.get(SIZE))), 0);
    this.button.addEventListener("click", () => this.toggle(this.menu.hidden));
    this.menu.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("pointerdown", (event) => this.elsewhere(event));
    this.menu.parentElement.addEventListener("focusout", (event) => this.left(event));
    byId("larger").addEventListener("click", () => this.resize(1));
    byId("smaller").addEventListener("click", () => this.resize(-1));
    this.resize(0);
  }

  // True when there was something to close.
  close() {
    if (this.menu.hidden) return false;
    this.toggle(false);
    this.button.focus();
    return true;
  }

  toggle(open) {
    this.menu.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.menu.querySelector("button").focus();
  }

  clicked(event) {
    const control = event.target.closest("button, a");
    if (control && control.id !== "larger" && control.id !== "smaller") this.toggle(false);
  }

  elsewhere(event) {
    if (!this.menu.hidden && !this.menu.contains(event.target) && !this.button.contains(event.target)) this.toggle(false);
  }

  left(event) {
    const to = event.relatedTarget;
    if (!this.menu.hidden && to && !this.menu.contains(to) && to !== this.button) this.toggle(false);
  }

  resize(step) {
    this.size = Math.min(Math.max(this.size + step, 0), SIZES.length - 1);
    document.documentElement.style.fontSize = this.size ? `${SIZES[this.size]}%` : "";
    window.dispatchEvent(new Event("resize"));
    lasting.set(SIZE, String(SIZES[this.size]));
    // Not `disabled`: that would take the focus away from who just pressed it.
    byId("larger").setAttribute("aria-disabled", String(this.size === SIZES.length - 1));
    byId("smaller").setAttribute("aria-disabled", String(this.size === 0));
  }
}
