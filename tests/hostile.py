"""Messages that try to run a script where they are shown, made from parts: the same ones at every run."""

from __future__ import annotations

import random
from collections.abc import Iterator

CALL = "pwned()"
"""What a script of theirs would call; a test defines it and sees whether it was."""

_PAYLOADS = (
    f"<script>{CALL}</script>",
    f"<img src=x onerror={CALL}>",
    f"<svg/onload={CALL}>",
    f'<a href="javascript:{CALL}">klik</a>',
    f"[klik](javascript:{CALL})",
    f"[klik](JaVaScRiPt:{CALL})",
    f"[klik](java\tscript:{CALL})",
    f"[klik](data:text/html,<script>{CALL}</script>)",
    f"[klik](vbscript:{CALL} 'titel')",
    f"![x](x' onerror='{CALL})",
    f"<javascript:{CALL}>",
    f'https://example.org/"onmouseover={CALL}//',
    f"**vet<img/src='x'/onerror={CALL}>**",
    f"`<script>{CALL}</script>`",
    f"<iframe srcdoc='<script>parent.{CALL}</script>'></iframe>",
    f"<details open ontoggle={CALL}>x</details>",
    f"<input autofocus onfocus={CALL}>",
    f"<style>@import 'javascript:{CALL}'</style>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={CALL}>",
    f"<noscript><p title='</noscript><img src=x onerror={CALL}>'>",
    f"&lt;img src=x onerror={CALL}&gt;",
    f"&#60;script&#62;{CALL}&#60;/script&#62;",
    f"{{{{constructor.constructor('{CALL}')()}}}}",
    f"${{{CALL}}}",
    f"[a]: javascript:{CALL}\n\n[a]",
    f"<base href='javascript:{CALL}//'>",
    f"<form action=javascript:{CALL}><button>TLV</button></form>",
    f"<object data=javascript:{CALL}></object>",
    f"[telefoon#1<img src=x onerror={CALL}>]",
    f'TLV" onfocus="{CALL}" autofocus x="',
    f"036-1234567<img src=x onerror={CALL}>",
    f"<template><img src=x onerror={CALL}></template>",
)
_BEFORE = (
    "",
    "Hallo ",
    '">',
    "'>",
    "-->",
    "]]>",
    "</p></div>",
    "</textarea>",
    "</title>",
    "</script>",
    "- ",
    "> ",
    "1. ",
    "**",
    "\u202e",
)
_AFTER = ("", " TLV", "\n\n- OPP", "\u0000", "<!--", '"', "'", "`", "**", "\n---\n", " https://example.org/?a=<b>&c='")


def hostile(number: int = 1000) -> Iterator[str]:
    """So many different messages, every payload among them."""
    choice = random.Random(5)
    for count in range(number):
        first, other = _PAYLOADS[count % len(_PAYLOADS)], choice.choice(_PAYLOADS)
        yield f"{count} {choice.choice(_BEFORE)}{first}{choice.choice(_AFTER)}{other if count % 3 == 0 else ''}"
