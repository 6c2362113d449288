// Personal data is recognised here, before anything is sent, by the rules that the server uses too. What the file with
// the rules says is explained in bot/privacy/rules.py; this is the same as bot/privacy/masking.py in another language.

import { Unreachable } from "./api.js";
import { makeChecks } from "./masking-checks.js";
import { NameFinder, needed } from "./masking-names.js";

let loading = null;

// The rules come once; where they cannot be had nothing is sent either, and both are tried again.
export function masker() {
  loading ??= load().catch(() => {
    loading = null;
    throw new Unreachable();
  });
  return loading;
}

async function load() {
  const answer = await fetch(new URL("masking.json", import.meta.url));
  if (!answer.ok) throw new Unreachable();
  return new Masker(await answer.json());
}

export class Masker {
  constructor(raw) {
    const compile = (pattern, flags = "i") => new RegExp(expand(pattern, raw.parts), `${flags}g`);
    this.fold = foldTable(raw.fold);
    this.barrier = raw.barrier;
    this.token = new RegExp(raw.token, "g");
    this.rules = raw.rules.map((rule) => ({ ...rule, pattern: compile(rule.pattern, rule.case ? "" : "i") }));
    this.checks = makeChecks(raw, compile);
    this.names = compileNames(raw.names, compile);
  }

  // Everything recognised, in order, without overlap: {kind, start, end}.
  find(text) {
    let work = text.replace(/[^]/g, (letter) => this.fold.get(letter) ?? letter);
    work = work.replace(this.token, (token) => this.barrier.repeat(token.length));
    const findings = [];
    // What is covered can uncover something else ("Karim heet ..."): repeat until there is nothing more.
    for (;;) {
      const before = findings.length;
      work = this.once(work, findings);
      if (findings.length === before) return findings.sort((one, other) => one.start - other.start);
    }
  }

  // The text without them, but for the kinds that may be told, and what was taken out. It has no number: it is in no
  // vault, it never left this browser.
  mask(text, told = []) {
    const findings = this.find(text).filter(({ kind }) => !told.includes(kind));
    let masked = "";
    let place = 0;
    for (const { kind, start, end } of findings) {
      masked += `${text.slice(place, start)}[${kind}]`;
      place = end;
    }
    const out = findings.map(({ kind, start, end }) => ({ kind, value: text.slice(start, end) }));
    return { text: masked + text.slice(place), kinds: [...new Set(out.map(({ kind }) => kind))], out };
  }

  once(work, findings) {
    const lower = work.toLowerCase();
    const cover = (found) => {
      findings.push(...found);
      for (const { start, end } of found) {
        work = work.slice(0, start) + this.barrier.repeat(end - start) + work.slice(end);
      }
    };
    for (const rule of this.rules) if (needed(rule.needs, lower)) cover(this.apply(rule, work));
    cover(new NameFinder(this.names, work, lower).find().map(([start, end]) => ({ kind: "naam", start, end })));
    return work;
  }

  apply({ kind, pattern, check }, work) {
    const found = [];
    pattern.lastIndex = 0;
    for (let match = pattern.exec(work); match; match = pattern.exec(work)) {
      const start = match.index + match[1].length;
      const last = start + match[2].length;
      const end = check ? this.checks[check](work, start, last) : last;
      if (end) found.push({ kind, start, end });
      pattern.lastIndex = end || match.index + 1;
    }
    return found;
  }
}

function expand(pattern, parts) {
  while (/<[A-Z_]+>/.test(pattern)) pattern = pattern.replace(/<([A-Z_]+)>/g, (_, name) => parts[name]);
  return pattern;
}

function foldTable(pairs) {
  const table = new Map();
  for (const [source, target] of pairs) {
    [...source].forEach((letter, place) => table.set(letter, target.length === 1 ? target : target[place]));
  }
  return table;
}

function compileNames(raw, compile) {
  const words = (text) => new Set(text.split(/\s+/));
  const at = (pattern, flags = "i") => compile(pattern, `${flags}y`);
  return {
    cues: raw.cues.map((cue) => ({ ...cue, pattern: compile(cue.pattern) })),
    word: compile(raw.word),
    wordAt: at(raw.word),
    initials: at(raw.initials, ""),
    particles: at(raw.particles),
    sure: at(raw.sure_particles),
    between: at(raw.between),
    end: at(raw.end),
    closed: at(raw.closed),
    fillers: words(raw.fillers),
    not: new Set(unpacked(raw.not_names)),
    notPhrases: raw.not_phrases,
    notEndings: raw.not_endings,
    first: new Set(unpacked(raw.first_names)),
    surnames: words(raw.surnames),
  };
}

// "0anna4bel": how many letters a word shares with the one before, and what follows.
function unpacked(text) {
  let word = "";
  return [...text.matchAll(/([0-9])([^0-9]*)/g)].map(([, same, rest]) => (word = word.slice(0, same) + rest));
}
