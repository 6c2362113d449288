"""The rules of masking, read from ``rules.json``; a browser can read the same file.

What an implementation needs to know about the file:

- ``fold`` maps characters one to one (a single target serves all); positions stay the same. After it every ``token``
  (what masking put there before) is covered with ``barrier``, a character that no rule reads past.
- ``<NAME>`` in a regular expression stands for the part of that name.
- A rule has two groups, what stands before and what is masked. It is skipped when the lower-case text holds none of
  ``needs`` (``0-9``: a digit). Its ``check`` may shorten or refuse what was found. Rules ignore case unless ``case``.
- What one rule found is covered with the barrier before the next one looks. All are repeated until none finds more,
  so that masking a masked text changes nothing.
- ``names`` holds phrases after which a name may come; :mod:`bot.privacy.names` says how it is read.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

_PATH = Path(__file__).with_name("rules.json")
_PART = re.compile(r"<([A-Z_]+)>")
_DIGIT = re.compile(r"[0-9]")


@dataclass(frozen=True)
class Rule:
    """One pattern: ``(before)(what is masked)``.

    Attributes:
        check: name of the function in :mod:`bot.privacy.checks` that has the last word; empty: none.
    """

    id: str
    kind: str
    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    check: str


@dataclass(frozen=True)
class Cue:
    """A phrase after which a name may come.

    Attributes:
        capital: the name must be capitalised or a common first name; otherwise any word can be one.
        many: more names may follow ("Ali en Omar").
        end: the text must end after the name.
        closed: a comma, a bracket or the end must follow the name.
        particle: the name may begin with a particle ("mevrouw De Vries").
    """

    id: str
    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    capital: bool
    many: bool
    end: bool
    closed: bool
    particle: bool


@dataclass(frozen=True)
class NameRules:
    """How names are recognised after a cue; the words are in lower case."""

    cues: tuple[Cue, ...]
    word: re.Pattern[str]
    initials: re.Pattern[str]
    particles: re.Pattern[str]
    sure_particles: re.Pattern[str]
    between: re.Pattern[str]
    at_end: re.Pattern[str]
    closed: re.Pattern[str]
    fillers: frozenset[str]
    not_names: frozenset[str]
    not_phrases: tuple[str, ...]
    not_endings: tuple[str, ...]
    first_names: frozenset[str]
    surnames: frozenset[str]


@dataclass(frozen=True)
class CheckRules:
    """Patterns and word lists of the checks."""

    providers: frozenset[str]
    email_words: tuple[tuple[re.Pattern[str], str], ...]
    iban: Mapping[str, re.Pattern[str]]
    bsn_words: re.Pattern[str]
    bsn_reach: int
    not_bsn: re.Pattern[str]
    not_phone: re.Pattern[str]
    free_numbers: re.Pattern[str]
    spoken: Mapping[str, str]
    postcode: re.Pattern[str]
    street_word: re.Pattern[str]
    not_postcode: frozenset[str]
    not_street: frozenset[str]


@dataclass(frozen=True)
class Rules:
    """Everything in ``rules.json``, compiled."""

    fold: Mapping[int, str]
    barrier: str
    token: re.Pattern[str]
    rules: tuple[Rule, ...]
    checks: CheckRules
    names: NameRules


@lru_cache(maxsize=1)
def load() -> Rules:
    """The rules, read and compiled at the first call."""
    return parse(raw_rules())


def raw_rules() -> dict[str, Any]:
    """What the file says, as it is."""
    return dict(json.loads(_PATH.read_text(encoding="utf-8")))


def parse(raw: Mapping[str, Any]) -> Rules:
    """The rules in the decoded JSON ``raw``.

    Raises:
        KeyError: something that the implementation needs is not there.
        re.error: a pattern is wrong.
    """
    parts = raw["parts"]
    return Rules(
        fold=_fold(raw["fold"]),
        barrier=raw["barrier"],
        token=re.compile(raw["token"]),
        rules=tuple(_rule(entry, parts) for entry in raw["rules"]),
        checks=_checks(raw["checks"], parts),
        names=_names(raw["names"], parts),
    )


def needed(needs: tuple[str, ...], lower: str) -> bool:
    """Whether a text (in lower case) holds one of ``needs``: a quick look before a pattern runs over it."""
    return not needs or any(_DIGIT.search(lower) is not None if need == "0-9" else need in lower for need in needs)


def expand(pattern: str, parts: Mapping[str, str]) -> str:
    """``pattern`` with its parts filled in."""
    while _PART.search(pattern):
        pattern = _PART.sub(lambda match: parts[match.group(1)], pattern)
    return pattern


def _compile(pattern: str, parts: Mapping[str, str], case: bool = False) -> re.Pattern[str]:
    return re.compile(expand(pattern, parts), 0 if case else re.IGNORECASE)


def _fold(raw: list[list[str]]) -> dict[int, str]:
    table: dict[int, str] = {}
    for source, target in raw:
        targets = target * len(source) if len(target) == 1 else target
        table.update(zip(map(ord, source), targets, strict=True))
    return table


def _rule(raw: Mapping[str, Any], parts: Mapping[str, str]) -> Rule:
    pattern = _compile(raw["pattern"], parts, raw["case"])
    return Rule(raw["id"], raw["kind"], tuple(raw["needs"]), pattern, raw["check"])


def _cue(raw: Mapping[str, Any], parts: Mapping[str, str]) -> Cue:
    return Cue(
        id=raw["id"],
        needs=tuple(raw["needs"]),
        pattern=_compile(raw["pattern"], parts),
        capital=raw["capital"],
        many=raw["list"],
        end=raw["end"],
        closed=raw["closed"],
        particle=raw["particle"],
    )


def _names(raw: Mapping[str, Any], parts: Mapping[str, str]) -> NameRules:
    return NameRules(
        cues=tuple(_cue(entry, parts) for entry in raw["cues"]),
        word=_compile(raw["word"], parts),
        initials=_compile(raw["initials"], parts, case=True),
        particles=_compile(raw["particles"], parts),
        sure_particles=_compile(raw["sure_particles"], parts),
        between=_compile(raw["between"], parts),
        at_end=_compile(raw["end"], parts),
        closed=_compile(raw["closed"], parts),
        fillers=frozenset(raw["fillers"].split()),
        not_names=frozenset(" ".join(raw["not_names"].values()).split()),
        not_phrases=tuple(raw["not_phrases"]),
        not_endings=tuple(raw["not_endings"]),
        first_names=frozenset(raw["first_names"].split()),
        surnames=frozenset(raw["surnames"].split()),
    )


def _checks(raw: Mapping[str, Any], parts: Mapping[str, str]) -> CheckRules:
    return CheckRules(
        providers=frozenset(raw["providers"]),
        email_words=tuple((_compile(pattern, parts), text) for pattern, text in raw["email_words"]),
        iban={country: _compile(pattern, parts) for country, pattern in raw["iban"].items()},
        bsn_words=_compile(raw["bsn_words"], parts),
        bsn_reach=raw["bsn_reach"],
        not_bsn=_compile(raw["not_bsn"], parts),
        not_phone=_compile(raw["not_phone"], parts),
        free_numbers=_compile(raw["free_numbers"], parts),
        spoken=raw["spoken"],
        postcode=_compile(raw["postcode"], parts),
        street_word=_compile(raw["street_word"], parts),
        not_postcode=frozenset(raw["not_postcode"]),
        not_street=frozenset(raw["not_street"]),
    )
