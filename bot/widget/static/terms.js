// Words of the field in an answer: a button that shows what the word means, on focus, tap or Enter.

import { el } from "./dom.js";

let number = 0;

// The server marked the words; each gets its note under the paragraph that it stands in.
export function explain(node) {
  for (const button of node.querySelectorAll(".term")) {
    const note = el("p", { className: "term-note", id: `uitleg-${++number}`, hidden: true });
    note.append(el("strong", {}, button.textContent), `: ${button.dataset.uitleg}`);
    button.setAttribute("aria-controls", note.id);
    button.setAttribute("aria-describedby", note.id);
    follow(button, note);
    const place = button.closest("p, li");
    if (place.localName === "li") place.append(note);
    else place.after(note);
  }
}

function follow(button, note) {
  let byFocus = false;
  const show = (open, focus = false) => {
    byFocus = focus;
    note.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  show(false);
  // What the focus alone had opened stays when it is pressed: somebody asks for it.
  button.addEventListener("click", () => show(note.hidden || byFocus));
  button.addEventListener("focus", () => note.hidden && button.matches(":focus-visible") && show(true, true));
  button.addEventListener("blur", () => byFocus && show(false));
  button.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      button.click();
    }
    if (event.key !== "Escape" || note.hidden) return;
    // Closes the note, not the chat.
    event.stopPropagation();
    show(false);
  });
}
