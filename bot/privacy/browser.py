"""The rules of masking as the browser gets them: the same file, as short as it can be, with what it cannot look up.

The server asks a library whether a telephone number is valid. The browser gets from the same library the form of Dutch
numbers, and for each other country how long its numbers can be.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import phonenumbers
from phonenumbers import PhoneMetadata

from bot.privacy.rules import raw_rules

_HOME = "NL"
_KINDS = ("fixed_line", "mobile", "voip", "pager", "uan", "personal_number", "shared_cost", "voicemail")
"""The kinds of numbers of the library; free and paid information (0800, 0900) are no personal data."""


def browser_rules() -> bytes:
    """``rules.json`` and ``numbers`` (``dutch``: a pattern, ``lengths`` by country code) as compact JSON."""
    raw = {**raw_rules(), "numbers": {"dutch": _dutch(), "lengths": _lengths()}}
    names = dict(raw["names"])
    # The reasons why a word is no name matter only to who edits the file.
    names["not_names"] = in_order(" ".join(names["not_names"].values()))
    names["first_names"] = in_order(names["first_names"])
    return json.dumps({**raw, "names": names}, ensure_ascii=False, separators=(",", ":")).encode()


def in_order(words: str) -> str:
    """The words in order, each as how many letters it shares with the one before and what follows: ``0anna4bel``."""
    parts, before = [], ""
    for word in sorted(set(words.split())):
        same = next(
            (at for at, pair in enumerate(zip(before, word, strict=False)) if pair[0] != pair[1]),
            min(len(before), len(word)),
        )
        same = min(same, 9)
        parts.append(f"{same}{word[same:]}")
        before = word
    return "".join(parts)


def _dutch() -> str:
    metadata = PhoneMetadata.metadata_for_region(_HOME)
    patterns = (getattr(metadata, kind) for kind in _KINDS)
    return "|".join(f"(?:{found.national_number_pattern})" for found in patterns if found and found.possible_length)


def _lengths() -> Mapping[str, Any]:
    """By country code the lengths of numbers without it."""
    found: dict[str, set[int]] = {}
    for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
        for region in regions:
            metadata = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
            general = metadata.general_desc if metadata else None
            found.setdefault(str(code), set()).update(general.possible_length if general else ())
    return {code: sorted(lengths) for code, lengths in found.items() if lengths}
