// Search in all answers, in the browser: every word must occur, small typing differences in accents do not matter.

const field = document.getElementById("find");
const found = document.getElementById("found");
const simple = (text) => text.toLowerCase().normalize("NFD").replace(/\p{Diacritic}/gu, "");
const answers = [...document.querySelectorAll(".answer")].map((node) => ({ node, text: simple(node.textContent) }));
const themes = [...document.querySelectorAll(".theme")];

function search() {
  const words = simple(field.value).split(/[^\p{Letter}\p{Number}]+/u).filter(Boolean);
  let number = 0;
  for (const { node, text } of answers) {
    const fits = words.every((word) => text.includes(word));
    node.hidden = !fits;
    node.open = fits && words.length > 0 && node.open;
    number += fits ? 1 : 0;
  }
  for (const theme of themes) theme.hidden = !theme.querySelector(".answer:not([hidden])");
  found.textContent = words.length ? sentence(number) : "";
}

function sentence(number) {
  if (number === 0) return "Niets gevonden. Probeer een ander woord.";
  return number === 1 ? "1 antwoord gevonden" : `${number} antwoorden gevonden`;
}

field.addEventListener("input", search);
search();
// An address with the name of an answer opens it.
document.getElementById(location.hash.slice(1))?.setAttribute("open", "");
