"""The errors of the YAML reader in plain Dutch, for people who never heard of YAML."""

from __future__ import annotations

import re
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
        "Hier ontbreekt een dubbele punt (naam: waarde), of de tekst springt niet genoeg in. Zet tekst onder een | "
        "twee spaties verder dan de regel met de |.",
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
        "block sequence entries are not allowed",
        "Een lijst met streepjes kan hier niet beginnen. Zet het eerste streepje op een nieuwe regel onder de naam. Is "
        f"het geen lijst maar een tekst? {_QUOTE}",
    ),
    (
        "did not find expected node content",
        "Hier ontbreekt een waarde, of er staat een komma, haak of streepje te veel. Haal die weg.",
    ),
    (
        "did not find expected <document start>",
        "Deze regel staat los van de rest. Zet hem op de goede plek, of haal hem weg.",
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
_QUOTE_LEFT_OPEN = 'Hier begint een tekst met een aanhalingsteken (") dat niet sluit. Zet er aan het eind ook een.'
# Of these the beginning is what has to be mended, not the place where the reader gave up.
_AT_THE_BEGINNING = ("while scanning a quoted scalar", "while parsing a flow")
# A field or an item that opens a quote; not a message or an answer that happens to hold one.
_OPENS = re.compile(r'(^\s*(- )?|[{,]\s*)\w+:\s+"')


def explain(error: yaml.YAMLError, file: Path) -> tuple[int | None, str]:
    """The line to look at (counted from 1, None when the reader does not say) and what is wrong there, in Dutch."""
    line, said = _line_of(error, file), str(error)
    if line and "did not find expected" in said:
        opened = _quote_left_open(file, line)
        if opened:
            return opened, _QUOTE_LEFT_OPEN
    return line, next((dutch for piece, dutch in _EXPLANATIONS if piece in said), _OTHERWISE)


def _line_of(error: yaml.YAMLError, file: Path) -> int | None:
    if isinstance(error, yaml.reader.ReaderError):
        return file.read_bytes()[: error.position].count(b"\n") + 1
    if not isinstance(error, yaml.MarkedYAMLError):
        return None
    begins = (error.context or "").startswith(_AT_THE_BEGINNING)
    mark = error.context_mark if begins else error.problem_mark or error.context_mark
    return mark.line + 1 if mark else None


def _quote_left_open(file: Path, until: int) -> int | None:
    """The last line with a quote too many: the reader goes on to the next quote and gives up only there."""
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()[:until]
    odd = [number for number, line in enumerate(lines, start=1) if line.count('"') % 2 and _OPENS.search(line)]
    return odd[-1] if odd else None
