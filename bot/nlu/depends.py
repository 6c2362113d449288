"""What an answer depends on: what was assumed is said below it, what is not known is asked there. No Rasa import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.nlu.details import KIND_OF_SCHOOL, NO_LONGER, SITUATION
from bot.nlu.variants import Variant, depends_on

SAID: Mapping[str, Mapping[str, str]] = {
    KIND_OF_SCHOOL: {"po": "Basisschool", "vo": "Middelbare school"},
    SITUATION: {"thuis": "Mijn kind zit thuis", "ziek": "Mijn kind is ziek", NO_LONGER: "Mijn kind zit niet thuis"},
}
"""The words on the button of each value."""
VALUES = {value: name for name, labels in SAID.items() for value in labels}
"""The slot of each value: what stands behind a topic on a button (``tlv/aanvragen:vo``)."""

_SCHOOLS = {"po": "de basisschool", "vo": "de middelbare school"}
_ASSUMED = {
    "po": "Dit geldt voor de basisschool. Middelbare school? Kies of typ dat.",
    "vo": "Dit geldt voor de middelbare school. Basisschool? Kies of typ dat.",
    "thuis": "U zei dat uw kind thuiszit. Klopt dat niet? Typ: mijn kind zit niet thuis.",
    "ziek": "U zei dat uw kind ziek is. Klopt dat niet? Typ: mijn kind is weer beter.",
}
_ASKED = {
    ("po", "vo"): "Basisschool of middelbare school? Kies of typ dat.",
    ("po",): "Gaat het om de basisschool? Kies of typ dat.",
    ("vo",): "Gaat het om de middelbare school? Kies of typ dat.",
    ("thuis",): "Zit uw kind nu thuis? Kies of typ: mijn kind zit thuis.",
    ("ziek",): "Is uw kind nu ziek? Kies of typ: mijn kind is ziek.",
    ("thuis", "ziek"): "Zit uw kind nu thuis, of is het ziek? Kies of typ dat.",
}


@dataclass(frozen=True)
class Below:
    """What stands below an answer.

    Attributes:
        line: in Markdown; empty when the answer depends on nothing.
        buttons: each with ``title``, ``payload`` and ``keuze``.
    """

    line: str = ""
    buttons: Sequence[Mapping[str, str]] = ()


def below(topic: str, chosen: Variant, variants: Sequence[Variant], known: Mapping[str, str | None]) -> Below:
    """What to say and to ask below an answer: of the kind of school first, and of one thing only.

    Args:
        topic: that is answered.
        chosen: the variant that is given.
        variants: all of them.
        known: the slots by name.
    """
    conditions = (chosen.get("metadata") or {}).get("wanneer") or {}
    for name in SAID:
        assumed = conditions.get(name)
        if assumed:
            others = [value for value in (_SCHOOLS if name == KIND_OF_SCHOOL else (NO_LONGER,)) if value != assumed]
            return Below(f"*{_ASSUMED[assumed]}*", [_button(topic, name, value) for value in others])
    for name in SAID:
        values = tuple(sorted(depends_on(variants, name)))
        if values and not known.get(name):
            return Below(f"*{_ASKED[values]}*", [_button(topic, name, value) for value in values])
    return Below()


def school_name(value: str | None) -> str:
    """``de basisschool`` or ``de middelbare school``; empty when it is not known."""
    return _SCHOOLS.get(value or "", "")


def _button(topic: str, name: str, value: str) -> Mapping[str, str]:
    title = SAID[name][value]
    return {"title": title, "payload": title, "keuze": f"{topic}:{value}"}
