"""A thousand messages that try to run a script: every trick, in every wrapping, in every disguise."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

RUN = "window.hacked=1"
TRICKS = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg/onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f"<iframe src=javascript:parent.{RUN}></iframe>",
    f"<details open ontoggle={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<body onload={RUN}>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>",
    f"<a href=javascript:{RUN}>klik</a>",
    f"[klik](javascript:{RUN})",
    f"[klik](JaVaScRiPt:{RUN})",
    f"[klik](data:text/html,<script>{RUN}</script>)",
    f"[klik](vbscript:{RUN})",
    f"[klik][1]\n\n[1]: javascript:{RUN}",
    f"![plaat](x\" onerror=\"{RUN})",
    f"<javascript:{RUN}>",
    f'[klik](https://example.org/"onmouseover="{RUN})',
    f"https://example.org/'onmouseover='{RUN}",
    f'<https://example.org/"onclick={RUN}>',
    f"<style>@import 'javascript:{RUN}'</style>",
    f'<meta http-equiv="refresh" content="0;url=javascript:{RUN}">',
    f"<form action=javascript:{RUN}><button>klik</button></form>",
    f"<object data=javascript:{RUN}></object>",
    f"<embed src=javascript:{RUN}>",
    f"<base href=javascript:{RUN}//>",
    f"{{{{constructor.constructor('{RUN}')()}}}}",
    f'[naam#1"><script>{RUN}</script>]',
    f"<noscript><p title=\"</noscript><img src=x onerror={RUN}>\">",
    f"<template><script>{RUN}</script></template>",
)  # fmt: skip
WRAPPINGS = ("{}", "**{}**", "- {}", "> {}", "`{}`", "</p></div>{}", '">{}', "<b>{}</b>", "tekst {} tekst")
DISGUISES = (
    str,
    lambda text: text.replace("script", "scr\x00ipt"),
    lambda text: text.replace("<", "<\n").replace("\n", "\t"),
    lambda text: text.replace("<", "&lt;").replace("&lt;", "&#60;"),
    lambda text: f"\u202e{text}\u200b",
    lambda text: text.swapcase().replace("WINDOW.HACKED", "window.hacked"),
)


def hostile(count: int) -> Iterator[str]:
    """So many different messages."""
    made = (disguise(wrapping.format(trick)) for disguise, wrapping, trick in product(DISGUISES, WRAPPINGS, TRICKS))
    return islice(dict.fromkeys(made), count)
