"""What the assistant says in the browser tests; in the form and length of real answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.chat.messages import AssistantReply, BotMessage, Button
from tests.chat.fakes import said

TLV = BotMessage(
    "Een TLV (toelaatbaarheidsverklaring) is een besluit over speciaal onderwijs. Met een TLV mag uw kind naar "
    "speciaal (basis)onderwijs of praktijkonderwijs. Een TLV is nog geen plek: de school moet ook ruimte hebben.\n\n"
    "**Wat kunt u nu doen?** Praat met de school van uw kind. Die vraagt de TLV aan.",
    (),
    {
        "onderwerp": "tlv/uitleg",
        "besluit": "answer",
        "bronnen": [
            {
                "naam": "Passend Onderwijs Almere: TLV-aanvraag en werkwijze",
                "url": "https://passendonderwijs-almere.nl/tlv-aanvraag-en-werkwijze/",
            }
        ],
        "eigenaar": "Redactie Passend Onderwijs Almere",
        "gecontroleerd": "nog niet",
        "gecontroleerd_door": "nog niet",
        "vervolg": ["tlv/wanneer_nodig", "tlv/aanvragen", "tlv/oneens"],
    },
)
DOUBT = said(
    "Ik weet niet zeker wat u bedoelt. Kiest u hieronder wat het best past?",
    Button("Mijn kind heeft hulp nodig: waar begin ik?", "ondersteuning/eerste_stap"),
    Button("Wat is extra ondersteuning?", "ondersteuning/extra_ondersteuning"),
    Button("Wat is een OPP?", "ondersteuning/opp"),
    Button("Iets anders", "anders"),
    besluit="ask",
    opties=["ondersteuning/eerste_stap", "ondersteuning/extra_ondersteuning", "ondersteuning/opp"],
)
HUMAN = said(
    "Dat kan. Een ouderadviseur van het Oudersteunpunt kan contact met u opnemen. Wilt u daarvoor "
    "het formulier invullen?",
    besluit="human",
    onderwerp="gesprek/mens_spreken",
    formulier="overdracht",
)
TERMS = said(
    "Het samenwerkingsverband beslist over de **TLV**. De TLV is van het kind.\n\n- Vraag de school om een OPP.",
    besluit="answer",
    onderwerp="zorgplicht/uitleg",
)
ARABIC = said(
    "**العربية.** أنا روبوت محادثة.\n\n- اكتب سؤالا\n\nKies **Mens spreken**.",
    besluit="none",
    taal="ar",
    tolk="Arabisch",
)
LONG = said(
    "\n\n".join(f"Alinea {number}. " + "Dit is een lang antwoord met veel woorden. " * 8 for number in range(6))
)


def script(text: str, metadata: Mapping[str, Any]) -> AssistantReply:
    """A reply by the words in the message or by the button that was clicked."""
    words = text.lower()
    if "mens" in words:
        return HUMAN
    if "beslist" in words:
        return TERMS
    if "مرحبا" in words:
        return ARABIC
    if "lang" in words:
        return LONG
    if "hulp" in words and not metadata.get("keuze"):
        return DOUBT
    return AssistantReply((TLV,), 0.93)
