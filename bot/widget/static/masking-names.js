// Names after fixed phrases ("ik heet", "mijn zoon X"), and the same names elsewhere: bot/privacy/names.py.

const LONGEST = 5;

// A quick look before a pattern runs over the text.
export const needed = (needs, lower) =>
  !needs.length || needs.some((need) => (need === "0-9" ? /[0-9]/.test(lower) : lower.includes(need)));

export class NameFinder {
  constructor(rules, text, lower) {
    Object.assign(this, { rules, text, lower });
    const words = [...text.matchAll(rules.word)].map(([word]) => word);
    const capitals = words.filter((word) => word[0] !== word[0].toLowerCase()).length;
    // In a text in which (nearly) everything is capitalised only common first names count.
    this.capitalsSayNothing = text === text.toUpperCase() || (words.length > 4 && capitals > 0.8 * words.length);
  }

  find() {
    const spans = this.rules.cues.filter((cue) => needed(cue.needs, this.lower)).flatMap((cue) => this.after(cue));
    return withoutOverlap([...spans, ...(spans.length ? this.again(spans) : [])]);
  }

  // Where a pattern that begins at a place ends, or 0.
  at(pattern, place) {
    pattern.lastIndex = place;
    return pattern.test(this.text) ? pattern.lastIndex : 0;
  }

  after(cue) {
    const spans = [];
    cue.pattern.lastIndex = 0;
    for (let match = cue.pattern.exec(this.text); match; match = cue.pattern.exec(this.text)) {
      const end = match.index + match[0].length;
      spans.push(...this.read(cue, end));
      // One character back: the end of this cue may be the boundary before the next.
      cue.pattern.lastIndex = Math.max(match.index + 1, end - 1);
    }
    return spans;
  }

  read(cue, place) {
    const spans = [];
    if (!cue.capital) place = this.skipFillers(place);
    let end = this.one(cue, place, cue.capital);
    while (end) {
      spans.push([place, end]);
      place = cue.list ? this.at(this.rules.between, end) : 0;
      if (!place) break;
      end = this.one(cue, place, true);
    }
    return spans.length && this.closes(cue, spans.at(-1)[1]) ? spans : [];
  }

  closes(cue, end) {
    if (cue.end) return this.matches(this.rules.end, end);
    return !cue.closed || this.matches(this.rules.closed, end);
  }

  matches(pattern, place) {
    pattern.lastIndex = place;
    return pattern.test(this.text);
  }

  skipFillers(place) {
    for (;;) {
      const end = this.at(this.rules.wordAt, place);
      const filler = end && this.rules.fillers.has(this.text.slice(place, end).toLowerCase());
      if (!filler || this.text[end] !== " ") return place;
      place = end + 1;
    }
  }

  // The end of the name that begins at a place, or 0.
  one(cue, place, capital) {
    const begin = this.lead(cue, place);
    const led = begin > place;
    let end = this.wordEnd(begin);
    if (!end || (led && this.isPhrase(place))) return 0;
    if (!this.isName(begin, end, capital || led, led || cue.particle)) return 0;
    const lowerFirst = !this.capitalised(this.text.slice(begin, end));
    for (let count = 1; count < LONGEST; count++) {
      const further = this.further(end, lowerFirst);
      if (!further) break;
      end = further;
    }
    return end;
  }

  lead(cue, place) {
    const begin = this.at(this.rules.initials, place) || place;
    const particles = this.at(this.rules.particles, begin);
    return particles && (begin > place || cue.particle || !cue.capital) ? particles : begin;
  }

  // The end of the next part of a name (surname, particles), or 0.
  further(end, lowerFirst) {
    if (this.text[end] !== " ") return 0;
    const place = end + 1;
    const begin = this.at(this.rules.particles, place) || place;
    const stop = this.wordEnd(begin);
    if (!stop || !this.isName(begin, stop, false, true)) return 0;
    if (this.capitalised(this.text.slice(begin, stop))) return stop;
    const sure = this.at(this.rules.sure, place);
    const last = lowerFirst && /^(?:$|[.,!?\n)])/.test(this.text.slice(stop, stop + 1));
    return sure || last ? stop : 0;
  }

  wordEnd(place) {
    const end = this.at(this.rules.wordAt, place);
    return end && this.text.slice(place, end).toLowerCase().endsWith("'s") ? end - 2 : end;
  }

  isName(begin, end, capital, surname = false) {
    const { rules } = this;
    const word = this.text.slice(begin, end);
    const lower = word.toLowerCase();
    if (word.length < 2 || rules.notEndings.some((ending) => lower.endsWith(ending)) || this.isPhrase(begin)) return false;
    if (surname && rules.surnames.has(lower)) return this.capitalised(word);
    if (rules.not.has(lower) || rules.not.has(lower.split("-")[0])) return false;
    if (rules.first.has(lower) || this.capitalised(word)) return true;
    // What begins with a capital and still does not count is an abbreviation.
    return !capital && (word === lower || this.capitalsSayNothing);
  }

  isPhrase(begin) {
    const here = this.text.slice(begin, begin + 40).toLowerCase();
    return this.rules.notPhrases.some((phrase) => here.startsWith(phrase));
  }

  capitalised(word) {
    const first = word[0];
    if (first.toUpperCase() === first.toLowerCase()) return true;
    if (first !== first.toUpperCase() || this.capitalsSayNothing) return false;
    return word.length > 3 || word !== word.toUpperCase();
  }

  // The places where a name stands again without a cue: whole, or its first word.
  again(spans) {
    const wholes = new Map();
    for (const [start, end] of spans) {
      const first = this.text.slice(start, this.wordEnd(start) || end);
      wholes.set(first, [...(wholes.get(first) || []), this.text.slice(start, end)]);
    }
    const places = [...this.text.matchAll(this.rules.word)].map((match) => match.index);
    return places.flatMap((start) => {
      const end = this.wordEnd(start);
      const known = wholes.get(this.text.slice(start, end));
      return known ? this.same(start, end, known) : [];
    });
  }

  same(start, end, known) {
    for (const whole of known.sort((one, other) => other.length - one.length)) {
      const stop = start + whole.length;
      if (this.text.startsWith(whole, start) && !/^\p{L}/u.test(this.text.slice(stop))) return [[start, stop]];
    }
    const name = end - start > 2 && this.isName(start, end, true) && !this.at(this.rules.particles, start);
    return name ? [[start, end]] : [];
  }
}

// In order; of two that overlap the longer one.
function withoutOverlap(spans) {
  const chosen = [];
  for (const span of spans.sort((one, other) => one[0] - other[0] || other[1] - one[1])) {
    const last = chosen.at(-1);
    if (!last || span[0] >= last[1]) chosen.push(span);
    else if (span[1] - span[0] > last[1] - last[0]) chosen[chosen.length - 1] = span;
  }
  return chosen;
}
