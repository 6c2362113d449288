"""Which variant of an answer is given: by slots, by date and by the form asked for; never at random."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

PLAIN = "eenvoudig"
"""The plainer version, given on request."""

_VALIDITY = ("geldig_vanaf", "geldig_tot")

Variant = Mapping[str, Any]


class Expired(Exception):
    """Every variant that fits is past ``geldig_tot`` or before ``geldig_vanaf``."""


def choose(variants: Sequence[Variant], wishes: Mapping[str, str | None], today: date) -> dict[str, Any]:
    """The variant that fits best, with the metadata of the first one filled in.

    A variant fits when each entry of its ``metadata.wanneer`` equals the wish of that name. Of those that fit, the one
    with the most conditions is chosen; among equals one with a period of its own, then the first in the file. The
    first variant is the ordinary answer: what it says about source, owner, review and validity holds for the others
    unless they say otherwise.

    Args:
        variants: the responses of one topic, in the order of the file.
        wishes: what is known: ``schoolsoort`` (``po``, ``vo``), ``situatie`` (``thuis``, ``ziek``), ``vorm``
            (``eenvoudig``).
        today: variants outside their validity period are left out.

    Raises:
        Expired: no variant is valid today.
    """
    fitting = [
        (-_weight(when), not _has_validity(_metadata(variant)), index)
        for index, variant in enumerate(variants)
        if _fits(when := _metadata(variant).get("wanneer") or {}, wishes) and _valid(variant, variants[0], today)
    ]
    if not fitting:
        raise Expired
    *_, index = min(fitting)
    own = _metadata(variants[index])
    not_shared = {"wanneer", *(_VALIDITY if _has_validity(own) else ())}
    shared = {key: value for key, value in _metadata(variants[0]).items() if key not in not_shared}
    return {**variants[index], "metadata": {**shared, **own}}


def depends_on(variants: Sequence[Variant], name: str) -> list[str]:
    """The values of a wish for which there is a variant, in the order of the file, each once."""
    asked = ((_metadata(variant).get("wanneer") or {}).get(name) for variant in variants)
    return list(dict.fromkeys(value for value in asked if value))


def _metadata(variant: Variant) -> Mapping[str, Any]:
    return variant.get("metadata") or {}


def _fits(when: Mapping[str, str], wishes: Mapping[str, str | None]) -> bool:
    return all(wishes.get(name) == value for name, value in when.items())


def _weight(when: Mapping[str, str]) -> int:
    # The form asked for weighs more than what the answer depends on: "makkelijker" must give the plainer version.
    return sum(10 if name == "vorm" else 1 for name in when)


def _has_validity(metadata: Mapping[str, Any]) -> bool:
    return any(key in metadata for key in _VALIDITY)


def _valid(variant: Variant, first: Variant, today: date) -> bool:
    own = _metadata(variant)
    period = own if _has_validity(own) else _metadata(first)
    start, end = period.get("geldig_vanaf"), period.get("geldig_tot")
    return (not start or date.fromisoformat(start) <= today) and (not end or today <= date.fromisoformat(end))
