// One message as it is shown.

import { el, icon } from "./dom.js";
import { leftOut, withLabels } from "./left-out.js";
import { explain } from "./terms.js";

const HUMAN = "gesprek/mens_spreken";
const WRITERS = { bot: "Ouderchat (chatbot)", mens: "Ouderadviseur", ouder: "U" };
const clock = new Intl.DateTimeFormat("nl-NL", { hour: "2-digit", minute: "2-digit" });
const moment = new Intl.DateTimeFormat("nl-NL", { dateStyle: "short", timeStyle: "short" });
const day = new Intl.DateTimeFormat("nl-NL", { weekday: "long", day: "numeric", month: "long" });

export const writerOf = (item) => (item.meta.naam && item.van === "mens" ? `${item.meta.naam} (ouderadviseur)` : WRITERS[item.van] || "");
export const momentOf = (iso) => moment.format(new Date(iso));

export function showMessage(item, { first, on }) {
  const writer = writerOf(item);
  const article = el("article", { className: `message message--${item.van}` });
  article.dataset.seq = item.seq;
  if (writer) {
    const hidden = item.van === "ouder" || !first;
    const colon = el("span", { className: "sr-only" }, ":");
    article.append(el("p", { className: hidden ? "sr-only" : "message__writer" }, writer, colon));
  }
  const bubble = el("div", { className: "bubble" });
  if (item.van === "systeem") bubble.append(el("span", { className: "bubble__mark" }, icon("check")));
  bubble.append(words(item), about(item.meta), on.feedback.under(item));
  article.append(bubble, item.van === "ouder" ? leftOut(item, on.human) : "", time(item.tijd), choices(item, on));
  return article;
}

// Arabic is written from right to left, also where it stands between Dutch.
function words({ html, meta }) {
  const node = el("div", { className: "text", lang: meta.taal, html });
  for (const part of node.children) part.dir = "auto";
  explain(node);
  return node;
}

export function showWaiting(message) {
  const text = el("div", { className: "text" }, el("p", { dir: "auto" }, ...withLabels(message.text)));
  const article = el("article", { className: "message message--ouder message--waiting" });
  article.dataset.id = message.id;
  article.append(
    el("p", { className: "sr-only" }, "U:"),
    el("div", { className: "bubble" }, text),
    el("p", { className: "message__state" }, "Wordt verstuurd"),
  );
  return article;
}

export function showDay(date) {
  const today = new Date();
  const yesterday = new Date(today.getTime() - 86400000);
  const names = { [today.toDateString()]: "Vandaag", [yesterday.toDateString()]: "Gisteren" };
  return el("p", { className: "day" }, el("span", {}, names[date.toDateString()] || day.format(date)));
}

function time(iso) {
  return el("p", { className: "message__time" }, el("time", { dateTime: iso }, clock.format(new Date(iso))));
}

function about(meta) {
  const sources = meta.bronnen || [];
  const lines = el("div", { className: "about" });
  if (sources.length) {
    const links = sources.flatMap((source, index) => [index ? " · " : "", link(source)]);
    const word = sources.length > 1 ? "Bronnen: " : "Bron: ";
    lines.append(el("p", { className: "about__line" }, icon("source"), el("span", {}, word, ...links)));
  }
  if (meta.gecontroleerd_door) lines.append(review(meta));
  return lines.childElementCount ? lines : "";
}

function link({ naam, url }) {
  if (!/^https?:\/\//.test(url || "")) return el("span", {}, naam);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, naam);
}

function review({ gecontroleerd_door: by, gecontroleerd: when }) {
  const open = by === "nog niet";
  const dated = when && when !== "nog niet" ? ` (${when})` : "";
  const text = open ? "Nog niet nagekeken door de organisatie" : `Nagekeken door ${by}${dated}`;
  const name = open ? "about__line about__line--open" : "about__line";
  return el("p", { className: name }, icon(open ? "info" : "check"), el("span", {}, text));
}

function choices(item, on) {
  const own = item.knoppen.filter((button) => button.soort !== "vervolg");
  const more = item.knoppen.filter((button) => button.soort === "vervolg");
  const asked = item.meta.formulier === "overdracht" || item.meta.onderwerp === HUMAN;
  const form = asked && !own.some((button) => button.keuze === HUMAN);
  const groups = el("div", { className: "choices-of" });
  if (form) groups.append(el("p", {}, el("button", { type: "button", className: "primary", onclick: on.human },
    icon("person"), "Vul het formulier in")));
  if (own.length) groups.append(group(own, on, "choice", "Keuzes"));
  if (more.length) groups.append(el("div", { className: "follow-ups" },
    el("p", {}, "Meer weten?"), group(more, on, "choice choice--soft", "Meer weten?")));
  return groups.childElementCount ? groups : "";
}

function group(buttons, on, className, label) {
  const items = buttons.map((button) => {
    const human = button.keuze === HUMAN;
    const onclick = (event) => (human ? on.human() : on.choose(button, event));
    const look = human ? "choice" : className;
    const node = el("button", { type: "button", className: look, onclick }, human ? icon("person") : "", button.titel);
    return el("li", {}, node);
  });
  return el("ul", { className: "choices", "aria-label": label }, ...items);
}
