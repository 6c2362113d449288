"""Checks of what stands under an answer: source, owner, review, validity, and how to go on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from bot.content.complaint import Complaint, noting
from bot.content.dates import is_date, read_date
from bot.content.model import Answer, Variant
from bot.knowledge.reading import Entry

REQUIRED = ("bronnen", "eigenaar", "gecontroleerd", "gecontroleerd_door", "vervolg")
VALIDITY = ("geldig_vanaf", "geldig_tot")
NOT_YET = "nog niet"
REVIEW_DAYS = 365
"""After so many days an answer is due for review again."""
DECISIONS = ("answer", "ask", "human", "none")
_HINTS = {
    "bronnen": 'bronnen: met een lijst van {naam: "...", url: "https://..."}',
    "eigenaar": 'eigenaar: "..." (wie over de inhoud gaat)',
    "gecontroleerd": 'gecontroleerd: "2026-11-30" of "nog niet"',
    "gecontroleerd_door": 'gecontroleerd_door: "naam" of "nog niet"',
    "vervolg": "vervolg: [thema/vraag, thema/vraag] (waar een ouder hierna naar vraagt)",
}


def needs_follow_up(topic: str) -> bool:
    """Whether an answer must lead on: not so in small talk, nor after a look-up with buttons of its own."""
    return not topic.startswith("gesprek/") and topic not in ("school/zoeken", "begrip/uitleg")


def check_first(
    answer: Answer, variant: Variant, topics: Collection[str], follow_ups: tuple[int, int], today: date
) -> Iterator[Complaint]:
    """The ordinary answer carries everything."""
    for name in REQUIRED:
        if name not in variant.metadata and (name != "vervolg" or needs_follow_up(answer.topic or "")):
            yield Complaint(
                answer.file,
                variant.line,
                f"Onder metadata: van {answer.topic} ontbreekt {name}. Zet erbij: {_HINTS[name]}.",
            )
    yield from check_further(answer, variant, topics, follow_ups, today)
    yield from _check_age(answer, variant, today)


def check_further(
    answer: Answer, variant: Variant, topics: Collection[str], follow_ups: tuple[int, int], today: date
) -> Iterator[Complaint]:
    """What a variant says of itself is right."""
    complaints: list[Complaint] = []
    for name, entry in variant.metadata.items():
        with noting(complaints):
            if name == "bronnen":
                _check_sources(entry, complaints)
            elif name == "vervolg":
                _check_follow_ups(entry, answer.topic or "", topics, follow_ups)
            elif name == "besluit":
                entry.choice(DECISIONS)
            elif name in ("eigenaar", "gecontroleerd_door", "onderwerp"):
                entry.text()
    with noting(complaints):
        _check_review(variant, today)
    with noting(complaints):
        _check_validity(variant, today)
    yield from complaints


def _check_sources(entry: Entry, complaints: list[Complaint]) -> None:
    sources = entry.items()
    if not sources:
        raise entry.error('er staat geen bron. Zet er minstens een: {naam: "...", url: "https://..."}.')
    for source in sources:
        with noting(complaints):
            fields = source.fields(("naam", "url"))
            fields["naam"].text()
            address = fields["url"].text()
            if not address.startswith("https://"):
                raise source.error(f"de bron '{address}' begint niet met https://. Zoek het https-adres op.")


def _check_follow_ups(entry: Entry, own: str, topics: Collection[str], follow_ups: tuple[int, int]) -> None:
    ids = [item.text() for item in entry.items()]
    for item in entry.items():
        if item.text() not in topics:
            raise item.error(f"vervolg: '{item.text()}' is geen bekend onderwerp. Kijk in knowledge/onderwerpen.yml.")
    if own in ids:
        raise entry.error("vervolg: het onderwerp verwijst naar zichzelf. Haal het daar weg.")
    if len(set(ids)) != len(ids):
        raise entry.error("vervolg: een onderwerp staat er dubbel. Haal er een weg.")
    least, most = follow_ups if needs_follow_up(own) else (0, follow_ups[1])
    if not least <= len(ids) <= most:
        raise entry.error(f"vervolg: er staan {len(ids)} onderwerpen; het horen er {least} tot {most} te zijn.")


def _check_review(variant: Variant, today: date) -> None:
    if not {"gecontroleerd", "gecontroleerd_door"} <= variant.metadata.keys():
        return
    on, by = variant.metadata["gecontroleerd"], variant.metadata["gecontroleerd_door"]
    reviewed = None if on.scalar() == NOT_YET else read_date(on, "gecontroleerd")
    if (reviewed is None) != (by.scalar() == NOT_YET):
        raise on.error(
            "gecontroleerd en gecontroleerd_door horen bij elkaar: een datum met een naam, of allebei nog niet."
        )
    if reviewed and reviewed > today:
        raise on.error(f"gecontroleerd: {on.scalar()} ligt in de toekomst. Zet er de dag waarop het is nagekeken.")


def _check_age(answer: Answer, variant: Variant, today: date) -> Iterator[Complaint]:
    """What was reviewed more than a year ago is due again (:mod:`bot.content.calendar`)."""
    on = variant.metadata.get("gecontroleerd")
    written = on.scalar() if on else NOT_YET
    if on and is_date(written) and (today - date.fromisoformat(written)).days > REVIEW_DAYS:
        text = (
            f"{answer.topic} is voor het laatst nagekeken op {written}, meer dan een jaar geleden. Lees het na en typ: "
            f'python -m bot inhoud nagekeken {answer.topic} --door "voornaam achternaam"'
        )
        yield Complaint(answer.file, on.line, text, advice=True, topic=answer.topic)


def _check_validity(variant: Variant, today: date) -> None:
    period = {name: read_date(variant.metadata[name], name) for name in VALIDITY if name in variant.metadata}
    start, end = period.get("geldig_vanaf"), period.get("geldig_tot")
    if not end:
        return
    if start and end < start:
        raise variant.metadata["geldig_tot"].error("geldig_tot ligt voor geldig_vanaf. Verbeter een van de twee.")
    if end < today:
        raise variant.metadata["geldig_tot"].error(
            f"dit antwoord is verlopen op {end.isoformat()}: ouders krijgen het niet meer. Schrijf wat nu geldt, of "
            "haal geldig_tot weg als het nog klopt."
        )
