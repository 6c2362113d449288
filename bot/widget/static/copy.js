// A copy of the conversation that the parent can keep: on paper or as a file.

import { el, plainText } from "./dom.js";
import { momentOf, writerOf } from "./message.js";

export function print() {
  window.print();
}

export function download(items) {
  const address = URL.createObjectURL(new Blob([`\ufeff${asText(items)}`], { type: "text/plain;charset=utf-8" }));
  const day = new Date().toISOString().slice(0, 10);
  const link = el("a", { href: address, download: `gesprek-ouderchat-${day}.txt`, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function asText(items) {
  const head = "Gesprek met de Ouderchat, de chatbot van het Oudersteunpunt Passend Onderwijs Almere.\n";
  return [head, ...items.map(entry)].join("\n").replace(/\n/g, "\r\n");
}

function entry({ van, html, tijd, meta }) {
  const sources = (meta.bronnen || []).map(({ naam, url }) => `Bron: ${naam}${url ? `, ${url}` : ""}\n`);
  return `${momentOf(tijd)} ${writerOf({ van, meta }) || "Bericht"}:\n${plainText(html, "\n")}\n${sources.join("")}`;
}
