"""Which browser a session belongs to, in words that its owner recognises."""

import re

_BROWSERS = (
    ("Edge", r"Edg\w*/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/"),
    ("Safari", r"Safari/"),
)
_SYSTEMS = (
    ("iPhone of iPad", r"iPhone|iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("Mac", r"Mac OS X"),
    ("Linux", r"Linux"),
)


def device_of(user_agent: str) -> str:
    """Browser and system, such as ``Firefox op Windows``: enough to recognise a session, and no more."""
    browser = next((name for name, sign in _BROWSERS if re.search(sign, user_agent)), "Een browser")
    system = next((name for name, sign in _SYSTEMS if re.search(sign, user_agent)), "")
    return f"{browser} op {system}" if system else browser
