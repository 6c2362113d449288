"""Text of a message as safe HTML: Markdown for replies, plain text for parents."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

import nh3
from markdown_it import MarkdownIt

LEFT_OUT = {
    "telefoon": "telefoonnummer",
    "email": "e-mailadres",
    "naam": "naam",
    "bsn": "burgerservicenummer",
    "iban": "rekeningnummer",
    "geboortedatum": "geboortedatum",
    "adres": "adres",
}
"""What a parent reads in place of a token such as ``[telefoon#1]``."""

_TOKEN = re.compile(rf"\[({'|'.join(LEFT_OUT)})(?:#\d{{1,6}})?\]")
_BARE_LINK = re.compile(r"""(?<![\w(<\[\]"'/=])(https?://[^\s<>()\[\]"'`*\\|]*[\w/])""")
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "code", "blockquote", "hr"}
_SCHEMES = {"https", "http", "mailto", "tel"}

# Headings and images have no place in a chat bubble; raw HTML is shown as text.
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["heading", "lheading", "image"])


@lru_cache(maxsize=1024)
def markdown_html(text: str) -> str:
    """Markdown of a reply as HTML that can be shown: links open in a new tab and tell nothing of this page."""
    html = _markdown.render(_BARE_LINK.sub(r"<\1>", text))
    return _show_tokens(_sanitised(html))


def plain_html(text: str) -> str:
    """A parent's own words as HTML: nothing in them is markup."""
    return "<p>" + _show_tokens(escape(text)).replace("\n", "<br>") + "</p>"


def _sanitised(html: str) -> str:
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    ).strip()


def _show_tokens(html: str) -> str:
    return _TOKEN.sub(lambda match: f'<span class="masker">{LEFT_OUT[match[1]]}</span>', html)
