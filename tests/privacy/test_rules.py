"""The file with rules is one that Python and a browser read alike."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.privacy import rules
from bot.privacy.checks import CHECKS
from bot.privacy.rules import expand, load, needed, parse

RAW: dict[str, Any] = json.loads(Path(rules.__file__).with_name("rules.json").read_text(encoding="utf-8"))


def patterns() -> list[str]:
    names = RAW["names"]
    checks = RAW["checks"]
    single = [names[key] for key in ("word", "initials", "particles", "sure_particles", "between", "end", "closed")]
    single += [value for key, value in checks.items() if isinstance(value, str)]
    single += [pattern for pattern, _ in checks["email_words"]]
    return [expand(entry["pattern"], RAW["parts"]) for entry in RAW["rules"] + names["cues"]] + [
        expand(pattern, RAW["parts"]) for pattern in (*single, RAW["token"], *checks["iban"].values())
    ]


def skeleton(pattern: str) -> str:
    """The pattern without the contents of its classes and without escaped characters."""
    return re.sub(r"\\u[0-9A-F]{4}|\\.", "x", re.sub(r"\[(?:\\.|[^\]])*\]", "[]", pattern))


@pytest.mark.parametrize("pattern", patterns())
def test_a_pattern_means_the_same_in_javascript(pattern: str) -> None:
    assert not re.search(r"\(\?(?![:=!])", skeleton(pattern)), "no look-behind, named groups or flags inside"
    assert not re.search(r"\\[bBdDsSwWAZ]", pattern), "these classes differ between Python and JavaScript"
    assert not re.search(r"[*+?}]\+", skeleton(pattern)), "no possessive quantifiers"


@pytest.mark.parametrize("pattern", patterns())
def test_a_pattern_repeats_only_up_to_a_bound(pattern: str) -> None:
    # A run of the barrier alone may be of any length: it is as long as what it covers.
    assert not re.search(r"[*+]|\{[0-9]+,\}", skeleton(pattern.replace("\\uE000+", "")))


def test_every_rule_has_two_groups_and_a_known_check() -> None:
    for rule in load().rules:
        assert rule.pattern.groups == 2, rule.id
        assert not rule.check or rule.check in CHECKS, rule.id


def test_word_lists_are_in_small_letters() -> None:
    names = load().names
    for words in (names.not_names, names.first_names, names.surnames, names.fillers, names.not_phrases):
        assert all(word == word.lower() for word in words)
    assert not names.first_names & names.not_names


def test_folding_keeps_positions() -> None:
    fold = load().fold
    assert all(len(target) == 1 for target in fold.values())
    assert "06\u00a012\u201134\u202a".translate(fold) == "06 12-34 "


def test_a_text_cannot_bring_the_barrier_along() -> None:
    assert load().barrier not in f"ik heet {load().barrier} Samira".translate(load().fold)


def test_a_quick_look_spares_the_patterns() -> None:
    assert needed((), "")
    assert needed(("0-9",), "groep 7")
    assert not needed(("0-9",), "groep zeven")
    assert needed(("bsn", "sofi"), "mijn sofinummer")


def test_the_rules_are_read_once() -> None:
    assert load() is load()


def test_an_incomplete_file_is_refused() -> None:
    with pytest.raises(KeyError):
        parse({**RAW, "checks": {}})
