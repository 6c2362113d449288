"""Names after fixed phrases ("ik heet", "mijn zoon X"), and the same names elsewhere in the message.

After a cue a word is taken for a name when it is capitalised or a common first name (any word after "heet" and
"naam is"), and not on the lists of words that are no names. Surnames and particles that follow belong to it.
"""

from collections.abc import Iterator
from functools import cached_property

from bot.privacy.rules import Cue, NameRules, needed

Span = tuple[int, int]

_LONGEST = 5
"""Words of one name, at most."""


class NameFinder:
    """Finds the names in one folded text.

    Args:
        rules: how names are recognised.
        text: the text, with what was found before covered by the barrier.
    """

    def __init__(self, rules: NameRules, text: str) -> None:
        self._rules = rules
        self._text = text

    def find(self) -> list[Span]:
        """The places of names, in order, without overlap."""
        lower = self._text.lower()
        spans: list[Span] = []
        for cue in self._rules.cues:
            if needed(cue.needs, lower):
                spans.extend(self._after(cue))
        if spans:
            spans.extend(self._again(spans))
        return _without_overlap(spans)

    def _after(self, cue: Cue) -> Iterator[Span]:
        match = cue.pattern.search(self._text)
        while match:
            yield from self._read(cue, match.end())
            # One character back: the end of this cue may be the boundary before the next.
            match = cue.pattern.search(self._text, max(match.start() + 1, match.end() - 1))

    def _read(self, cue: Cue, place: int) -> list[Span]:
        spans: list[Span] = []
        place = place if cue.capital else self._skip_fillers(place)
        end = self._one(cue, place, cue.capital)
        while end is not None:
            spans.append((place, end))
            between = self._rules.between.match(self._text, end) if cue.many else None
            if between is None:
                break
            place = between.end()
            end = self._one(cue, place, capital=True)
        return spans if spans and self._closes(cue, spans[-1][1]) else []

    def _closes(self, cue: Cue, end: int) -> bool:
        if cue.end:
            return self._rules.at_end.match(self._text, end) is not None
        return not cue.closed or self._rules.closed.match(self._text, end) is not None

    def _skip_fillers(self, place: int) -> int:
        match = self._rules.word.match(self._text, place)
        while match and match.group().lower() in self._rules.fillers and self._text.startswith(" ", match.end()):
            place = match.end() + 1
            match = self._rules.word.match(self._text, place)
        return place

    def _one(self, cue: Cue, place: int, capital: bool) -> int | None:
        """The end of the name that begins at ``place``, or None."""
        begin = self._lead(cue, place)
        led = begin > place
        end = self._word_end(begin)
        if end is None or (led and self._is_phrase(place)):
            return None
        if not self._is_name(begin, end, capital or led, surname=led or cue.particle):
            return None
        lower_first = not self._capitalised(self._text[begin:end])
        for _ in range(_LONGEST - 1):
            further = self._further(end, lower_first)
            if further is None:
                break
            end = further
        return end

    def _lead(self, cue: Cue, place: int) -> int:
        """Where the first full word of a name begins: after initials and particles that may come first."""
        initials = self._rules.initials.match(self._text, place)
        begin = initials.end() if initials else place
        particles = self._rules.particles.match(self._text, begin)
        return particles.end() if particles and (initials or cue.particle or not cue.capital) else begin

    def _further(self, end: int, lower_first: bool) -> int | None:
        """The end of the next part of a name (surname, particles), or None."""
        if self._text[end : end + 1] != " ":
            return None
        place = end + 1
        particles = self._rules.particles.match(self._text, place)
        begin = particles.end() if particles else place
        stop = self._word_end(begin)
        if stop is None or not self._is_name(begin, stop, capital=False, surname=True):
            return None
        if self._capitalised(self._text[begin:stop]):
            return stop
        sure = self._rules.sure_particles.match(self._text, place) is not None
        last = lower_first and self._text[stop : stop + 1] in ("", ".", ",", "!", "?", "\n", ")")
        return stop if sure or last else None

    def _word_end(self, place: int) -> int | None:
        match = self._rules.word.match(self._text, place)
        if match is None:
            return None
        return match.end() - 2 if match.group().lower().endswith("'s") else match.end()

    def _is_name(self, begin: int, end: int, capital: bool, surname: bool = False) -> bool:
        word = self._text[begin:end]
        lower = word.lower()
        if len(word) < 2 or lower.endswith(self._rules.not_endings) or self._is_phrase(begin):
            return False
        if surname and lower in self._rules.surnames:
            return self._capitalised(word)
        if lower in self._rules.not_names or lower.split("-")[0] in self._rules.not_names:
            return False
        if lower in self._rules.first_names or self._capitalised(word):
            return True
        # What begins with a capital and still does not count is an abbreviation.
        return not capital and (word == lower or self._capitals_say_nothing)

    def _is_phrase(self, place: int) -> bool:
        return self._text[place : place + 40].lower().startswith(self._rules.not_phrases)

    def _capitalised(self, word: str) -> bool:
        """Whether a word begins with a capital; an abbreviation does not count, a script without capitals does."""
        first = word[0]
        if first.upper() == first.lower():
            return True
        if first != first.upper() or self._capitals_say_nothing:
            return False
        return len(word) > 3 or word != word.upper()

    @cached_property
    def _capitals_say_nothing(self) -> bool:
        """Whether (nearly) everything is capitalised: in such a text only common first names count."""
        words = [match.group() for match in self._rules.word.finditer(self._text)]
        capitals = sum(word[0] != word[0].lower() for word in words)
        return self._text == self._text.upper() or (len(words) > 4 and capitals > 0.8 * len(words))

    def _again(self, spans: list[Span]) -> Iterator[Span]:
        """The places where a name stands again without a cue: whole, or its first word."""
        wholes: dict[str, set[str]] = {}
        for start, end in spans:
            first = self._text[start : self._word_end(start) or end]
            wholes.setdefault(first, set()).add(self._text[start:end])
        for match in self._rules.word.finditer(self._text):
            end = self._word_end(match.start()) or match.end()
            known = wholes.get(self._text[match.start() : end])
            if known:
                yield from self._same(match.start(), end, known)

    def _same(self, start: int, end: int, known: set[str]) -> Iterator[Span]:
        for whole in sorted(known, key=len, reverse=True):
            stop = start + len(whole)
            if self._text.startswith(whole, start) and not self._text[stop : stop + 1].isalpha():
                yield start, stop
                return
        if end - start > 2 and self._is_name(start, end, capital=True) and not self._particle(start):
            yield start, end

    def _particle(self, place: int) -> bool:
        return self._rules.particles.match(self._text, place) is not None


def proper(rules: NameRules, name: str) -> str:
    """A name written in capitals or small letters alone as one usually writes it ("samira van dijk": Samira van Dijk).

    So that the same name has the same token however it was typed.
    """
    if name != name.lower() and name != name.upper():
        return name
    words = name.lower().split(" ")
    small = [word for word in words[1:] if rules.particles.fullmatch(f"{word} ")]
    return " ".join(word if word in small else word[:1].upper() + word[1:] for word in words)


def _without_overlap(spans: list[Span]) -> list[Span]:
    """The spans in order; of two that overlap the longer one."""
    chosen: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not chosen or span[0] >= chosen[-1][1]:
            chosen.append(span)
        elif span[1] - span[0] > chosen[-1][1] - chosen[-1][0]:
            chosen[-1] = span
    return chosen
