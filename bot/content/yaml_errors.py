"""The errors of the YAML reader in plain Dutch, for people who never heard of YAML."""

from __future__ import annotations

from pathlib import Path

import yaml

_QUOTE = "Zet de hele tekst tussen dubbele aanhalingstekens."

# Piece of the reader's English message (problem or context) -> what staff should look for. The first that fits counts.
_EXPLANATIONS = (
    (
        "found a tab character",
        "Deze regel begint met een tab. Gebruik alleen spaties om in te springen.",
    ),
    (
        "found unexpected end of stream",
        "Hier begint een tekst met een aanhalingsteken (\" of ') dat nergens sluit. Zet er aan het eind ook een.",
    ),
    (
        "mapping values are not allowed",
        f"Er staat een dubbele punt op een plek die niet kan. Staat hij midden in een tekst? {_QUOTE} Of springt de "
        "regel te ver in, of mist de regel erboven een dubbele punt? Zet hem gelijk met de regels van dezelfde soort.",
    ),
    (
        "could not find expected ':'",
        "Hier ontbreekt een dubbele punt (naam: waarde), of de tekst springt niet genoeg in. Tekst onder een | hoort "
        "twee spaties verder te staan dan de regel met de |.",
    ),
    (
        "',' or ']'",
        "De lijst die hier met [ begint, mist een komma of het sluitende ].",
    ),
    (
        "',' or '}'",
        "De velden die hier met { beginnen, missen een komma of het sluitende }.",
    ),
    (
        "while scanning an alias",
        f"Een tekst kan niet met een * beginnen. {_QUOTE}",
    ),
    (
        "found undefined alias",
        f"Een tekst kan niet met een * beginnen. {_QUOTE}",
    ),
    (
        "while scanning an anchor",
        f"Een tekst kan niet met een & beginnen. {_QUOTE}",
    ),
    (
        "found character that cannot start any token",
        f"Deze tekst begint met een teken dat niet kan: een tab, @, ` of %. Een tab: gebruik spaties. Anders: {_QUOTE}",
    ),
    (
        "found unknown escape character",
        "Achter een \\ staat hier een teken dat niet kan. Haal de \\ weg, of gebruik enkele aanhalingstekens.",
    ),
    (
        "while scanning a block scalar",
        "Achter de | of > staat nog tekst. Zet die tekst op de volgende regel, twee spaties verder.",
    ),
    (
        "mapping keys are not allowed",
        f"Een waarde kan niet met een ? beginnen. {_QUOTE}",
    ),
    (
        "found another document",
        "Er staat een regel met --- midden in het bestand. Haal die regel weg.",
    ),
    (
        "did not find expected '-' indicator",
        "Deze regel hoort bij een lijst, maar begint niet met een streepje, of springt te weinig in. Zet hem gelijk "
        "met de regels erboven.",
    ),
    (
        "did not find expected key",
        "Deze regel past niet bij de regels erboven. Meestal springt hij een spatie te veel of te weinig in. Kijk ook "
        f"of er een aanhalingsteken midden in een tekst staat. {_QUOTE}",
    ),
    (
        "control characters are not allowed",
        "Er staat een onzichtbaar teken in het bestand dat niet kan. Typ de tekst op deze plek opnieuw.",
    ),
)
_OTHERWISE = (
    "Dit is geen geldige YAML. Vergelijk de regel met die erboven: inspringing, dubbele punten en aanhalingstekens. "
    "Komt u er niet uit, haal dan uw laatste wijziging terug."
)
# Of these the beginning is what has to be mended, not the place where the reader gave up.
_AT_THE_BEGINNING = ("while scanning a quoted scalar", "while parsing a flow")


def explain(error: yaml.YAMLError) -> str:
    """What is wrong and how to mend it, in Dutch."""
    said = str(error)
    return next((dutch for piece, dutch in _EXPLANATIONS if piece in said), _OTHERWISE)


def line_of(error: yaml.YAMLError, file: Path) -> int | None:
    """The line to look at, counted from 1; None when the reader does not say."""
    if isinstance(error, yaml.reader.ReaderError):
        return file.read_bytes()[: error.position].count(b"\n") + 1
    if not isinstance(error, yaml.MarkedYAMLError):
        return None
    begins = (error.context or "").startswith(_AT_THE_BEGINNING)
    mark = error.context_mark if begins else error.problem_mark or error.context_mark
    return mark.line + 1 if mark else None
