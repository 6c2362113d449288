// The checks that have the last word on what a pattern found, by the names that the rules use: bot/privacy/checks.py.
// Each returns where what is masked ends, or 0: not personal data after all.

const DUTCH = "31";
const digitsOf = (text) => text.replace(/[^0-9]/g, "");
const isYear = (digits) => digits.length === 4 && /^(?:19|20)/.test(digits);
const titled = (word) => /^\p{Lu}[^\p{Lu}]*$/u.test(word);
const small = (word) => word === word.toLowerCase() && word !== word.toUpperCase();

export function makeChecks({ checks: rules, numbers }, compile) {
  const at = (pattern) => compile(pattern, "iy");
  const begins = (pattern, text, place = 0) => {
    pattern.lastIndex = place;
    return pattern.test(text);
  };
  const has = (pattern, text) => text.search(pattern) >= 0;
  const not = { phone: at(rules.not_phone), bsn: at(rules.not_bsn), free: at(rules.free_numbers) };
  const emailWords = rules.email_words.map(([pattern, text]) => [compile(pattern), text]);
  const iban = Object.fromEntries(Object.entries(rules.iban).map(([country, form]) => [country, at(form)]));
  const bsnWords = compile(rules.bsn_words);
  const postcode = compile(rules.postcode);
  const street = new RegExp(compile(rules.street_word).source, "i");
  const dutch = new RegExp(`^0?(?:${numbers.dutch})$`);

  // What one dials: "+31612345678" for "+31 (0)6 ..." and "0031 6 ...".
  function dialled(text) {
    let digits = digitsOf(text);
    if (text.includes("+")) digits = `+${digits}`;
    else if (digits.startsWith("00")) digits = `+${digits.slice(2)}`;
    return digits.replace("+310", "+31");
  }

  function valid(number) {
    if (number.length < 10 || number.length > 17 || begins(not.free, number)) return false;
    if (!number.startsWith("+")) return dutch.test(number);
    for (let length = 1; length <= 3; length++) {
      const code = number.slice(1, 1 + length);
      const rest = number.slice(1 + length);
      if (code === DUTCH) return dutch.test(rest);
      const lengths = numbers.lengths[code];
      if (lengths) return [rest, rest.replace(/^0/, "")].some((part) => lengths.includes(part.length));
    }
    return false;
  }

  function domainLength(labels) {
    for (let count = 2; count < labels.length; count++) {
      if (rules.providers.includes(labels.slice(0, count).join(".").toLowerCase())) return count;
      if (titled(labels[count]) && small(labels[count - 1]) && labels[count - 1].length > 1) return count;
    }
    return labels.length;
  }

  function isPostcode([, digits, gap, letters]) {
    if (!rules.not_postcode.includes(letters.toLowerCase())) return true;
    return !isYear(digits) && (!gap || letters === letters.toUpperCase());
  }

  function ibanEnd(text, start, end) {
    const places = [];
    for (let place = start; place < end; place++) if (/[A-Za-z0-9]/.test(text[place])) places.push(place);
    let compact = places.map((place) => text[place]).join("").toUpperCase();
    const form = iban[compact.slice(0, 2)];
    if (!form || !begins(form, compact, 4)) return 0;
    const length = form.lastIndex;
    compact = compact.slice(0, length);
    // The Dutch form is so particular that a typing error must not let it through.
    if (!compact.startsWith("NL") && remainder(compact.slice(4) + compact.slice(0, 4)) !== 1) return 0;
    return places[length - 1] + 1;
  }

  return {
    iban: ibanEnd,
    email(text, start, end) {
      const at = text.slice(start, end).lastIndexOf("@");
      let labels = text.slice(start + at + 1, end).replace(/-+$/, "").split(".");
      labels = labels.slice(0, domainLength(labels));
      while (labels.length && !/[^0-9-]./.test(labels.at(-1))) labels.pop();
      return labels.length < 2 ? 0 : start + at + 1 + labels.join(".").length;
    },
    email_words(text, start, end) {
      const value = emailWords.reduce((words, [pattern, by]) => words.replace(pattern, by), text.slice(start, end));
      return value.lastIndexOf("@") > 0 ? end : 0;
    },
    elfproef(text, start, end) {
      const digits = digitsOf(text.slice(start, end));
      const total = [9, 8, 7, 6, 5, 4, 3, 2, -1].reduce((sum, weight, place) => sum + weight * digits[place], 0);
      return total % 11 === 0 && /[1-9]/.test(digits) ? end : 0;
    },
    bsn_said(text, start, end) {
      const once = (part) => part.replace(/\ue000+/g, "\ue000");
      const before = once(text.slice(Math.max(0, start - 400), start)).slice(-rules.bsn_reach);
      const after = once(text.slice(end, end + 400)).slice(0, rules.bsn_reach);
      const said = has(bsnWords, before) || has(bsnWords, after);
      return said && !begins(not.bsn, text, start) ? end : 0;
    },
    phone(text, start, end) {
      if (begins(not.phone, text, start)) return 0;
      const stops = [...text.slice(start, end).matchAll(/[0-9]+/g)].map((match) => start + match.index + match[0].length);
      const stop = stops.slice(-5).reverse().find((place) => valid(dialled(text.slice(start, place))));
      if (stop) return stop;
      // An impossible number after a plus sign is most likely a number with a typing error.
      const meant = text[start] === "+" && dialled(text.slice(start, end));
      return meant && meant.length > 9 && !begins(not.free, meant) ? end : 0;
    },
    phone_odd: (text, start, end) => (begins(not.phone, text, start) ? 0 : end),
    phone_local: (text, start, end) => (begins(not.phone, text, start) ? 0 : end),
    phone_spoken(text, start, end) {
      const words = [...text.slice(start, end).matchAll(/[^ ,.-]+/g)];
      const isSpoken = (word) => Object.hasOwn(rules.spoken, word[0].toLowerCase());
      for (let count = words.length; count > 1; count--) {
        const part = words.slice(0, count);
        const number = part.map((word) => rules.spoken[word[0].toLowerCase()] ?? word[0]).join("").replace("+310", "+31");
        const long = number.length === 10 || number.startsWith("+31");
        if (long && valid(number) && part.some(isSpoken)) return start + part.at(-1).index + part.at(-1)[0].length;
      }
      return 0;
    },
    address(text, start, end) {
      const part = text.slice(start, end);
      const found = /^[0-9]/.test(part) ? null : part.match(street);
      if (found && (rules.not_street.includes(found[1].toLowerCase()) || isYear(found[2]))) return 0;
      return [...part.matchAll(postcode)].some(isPostcode) ? end : 0;
    },
  };
}

// Of an account number by 97; letters count as 10 to 35.
function remainder(compact) {
  const digits = compact.replace(/[A-Z]/g, (letter) => parseInt(letter, 36));
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0);
}
