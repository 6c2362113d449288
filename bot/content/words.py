"""Words of an answer as a parent reads them."""

import re

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_WORD = re.compile(r"\S*\w\S*")


def count_words(markdown: str) -> int:
    """How many words a text has; of a link only the name counts, and a dash of a list is no word."""
    return len(_WORD.findall(_LINK.sub(r"\1", markdown)))
