"""What parents type that may be found nowhere afterwards."""

from __future__ import annotations

MESSAGES = {
    "Bel mij op 06-24681357 of 06 24 68 13 57": ("24681357", "24 68 13 57"),
    "mijn nummer is +31 6 13572468, of 0031613572468": ("13572468",),
    "thuis: 036-5399123, liever na vijf uur": ("5399123",),
    "mail naar Zwaantjelien.Q@voorbeeldpost.nl": ("zwaantjelien", "voorbeeldpost"),
    "mijn mail is: quirijnus_99@ander-voorbeeld.org!": ("quirijnus", "ander-voorbeeld"),
    "Ik heet Zwaantjelien en mijn zoon Quirijnus zit thuis": ("zwaantjelien", "quirijnus"),
    "mijn dochter heet Xandrijntje. Xandrijntje is 8": ("xandrijntje",),
    "zijn bsn is 123456782, wat is een opp": ("123456782",),
    "BSN: 1234.56.782 en burgerservicenummer 1234 56 782": ("1234.56.782", "1234 56 782"),
    "rekening NL91ABNA0417164300": ("abna0417164300",),
    "of nl91 abna 0417 1643 00": ("0417 1643 00",),
    "ze is geboren op 12-03-2016": ("12-03-2016",),
    "geboortedatum 7 april 2015, mag hij naar groep 8": ("7 april 2015",),
    "wij wonen op 1315 XD 127": ("1315 xd 127", "1315xd"),
    "adres: 1315xd 127, is er plek": ("1315xd",),
    "/restart mijn nummer is 06-24681357": ("24681357",),
}
"""What a parent types, and what of it may be found nowhere; every masked kind in several spellings."""

FORM = {
    "waar_gaat_het_over": "Mijn zoon Quirijnus (bsn 123456782) zit thuis, geboren op 12-03-2016. Bel 06-13572468.",
    "telefoon_of_email": "+31 6 24 68 13 57",
    "naam": "Zwaantjelien Voorbeeldsma",
    "moment": "na vijf uur, dan is mijn dochter Xandrijntje thuis; 06-24681357",
    "tolk": "",
}
FORM_SECRETS = ("voorbeeldsma",)


def secrets() -> set[str]:
    """All of it, in lower case."""
    return {secret for found in MESSAGES.values() for secret in found} | set(FORM_SECRETS)
