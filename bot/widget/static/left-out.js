// What was left out of a message, in words.

import { el, icon } from "./dom.js";

const NAMES = {
  telefoon: "uw telefoonnummer",
  email: "uw e-mailadres",
  naam: "de naam",
  bsn: "het burgerservicenummer",
  iban: "het rekeningnummer",
  geboortedatum: "de geboortedatum",
  adres: "het adres",
};
// What the door keeps in the vault, when it reached the door at all.
const KEPT = ["telefoon", "email", "naam"];
const TOKEN = /\[(telefoon|email|naam|bsn|iban|geboortedatum|adres)\]/g;

const listed = (words) => words.join(", ").replace(/, ([^,]*)$/, " en $1");
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const are = (kinds) => (kinds.length > 1 ? "zijn" : "is");
const named = (kinds) => listed(kinds.map((kind) => NAMES[kind]));

// While somebody types: what will not be sent.
export function warning(kinds) {
  if (!kinds.length) return "";
  const it = kinds.length > 1 ? "Die zijn" : "Dat is";
  return `Dit sturen we niet mee: ${named(kinds)}. ${it} niet nodig voor een antwoord. U kunt gewoon doorgaan.`;
}

// Under a message: what stayed in this browser, and what the door took out.
export function leftOut(item, human) {
  const taken = item.meta.weggelaten || [];
  const stayed = [...new Set([...item.tekst.matchAll(TOKEN)].map(([, kind]) => kind))].filter((kind) => !taken.includes(kind));
  const kept = taken.filter((kind) => KEPT.includes(kind));
  const dropped = taken.filter((kind) => !KEPT.includes(kind));
  const sentences = [
    stayed.length && `${capital(named(stayed))} ${are(stayed)} niet verstuurd. Voor een antwoord is dat niet nodig.`,
    kept.length && `${capital(named(kept))} ${are(kept)} niet bewaard in de chat. We bewaren dit apart en versleuteld,
      alleen voor een ouderadviseur.`,
    dropped.length && `${capital(named(dropped))} ${are(dropped)} weggehaald en niet bewaard.`,
  ].filter(Boolean);
  if (!sentences.length) return "";
  const text = el("span", {}, sentences.join(" ").replace(/\s+/g, " "));
  if (stayed.some((kind) => kind === "telefoon" || kind === "email")) text.append(" Wilt u contact? Kies ", toHuman(human), ".");
  return el("p", { className: "left-out" }, icon("lock"), text);
}

const toHuman = (human) => el("button", { type: "button", className: "link", onclick: human }, "Mens spreken");

// A text of the parent with a label in the place of what was left out.
export function withLabels(text) {
  return text.split(TOKEN).map((part, index) => (index % 2 ? label(part) : part));
}

const label = (kind) => el("span", { className: "masker" }, NAMES[kind].replace(/^(?:uw|het|de) /, ""));
