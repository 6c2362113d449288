"""Text as the classifier sees it: lower case, no accents, no masked values, numbers as one sign."""

import re
import unicodedata

_TOKEN = re.compile(r"\[(telefoon|email|naam|bsn|iban|geboortedatum|adres)(#\d+)?\]")
_NUMBER = re.compile(r"\d+")
_REPEATED = re.compile(r"([a-z])\1{2,}")
_SPACE = re.compile(r"\s+")


def normalise(text: str) -> str:
    """Lower case without accents; masked values disappear, digits become ``0``, a letter repeats at most twice."""
    text = _TOKEN.sub(" ", text)
    text = unicodedata.normalize("NFKD", text.lower())
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = text.replace("’", "'").replace("`", "'")
    text = _REPEATED.sub(r"\1\1", _NUMBER.sub("0", text))
    return _SPACE.sub(" ", text).strip()
