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
# Dutch numbers as they are written in answers; a short one only where it stands out, such as **112**.
_PHONE = re.compile(r"(?<![\w/.-])0\d{1,3}[ -]?\d(?:[ -]?\d){2,7}(?![\w/-])|(?<=<strong>)11[2-6](?=</strong>)")
_LINKED = re.compile(r"(<a\b.*?</a>)", re.DOTALL)
_SHORT_SERVICE, _ORDINARY = range(7, 9), 10
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "code", "blockquote", "hr"}
_SCHEMES = {"https", "http", "mailto", "tel"}

# Headings and images have no place in a chat bubble; raw HTML is shown as text.
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["heading", "lheading", "image"])


@lru_cache(maxsize=1024)
def markdown_html(text: str) -> str:
    """Markdown of a reply as HTML that can be shown: links open in a new tab and tell nothing of this page."""
    html = _markdown.render(_BARE_LINK.sub(r"<\1>", text))
    return _show_tokens(_with_phone_links(_sanitised(html)))


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


def _with_phone_links(html: str) -> str:
    """Numbers that can be dialled with one tap; what is a link already stays as it is."""
    parts = _LINKED.split(html)
    parts[::2] = [_PHONE.sub(_phone_link, part) for part in parts[::2]]
    return "".join(parts)


def _phone_link(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match[0])
    service = digits.startswith(("0800", "0900")) and len(digits) in _SHORT_SERVICE
    if len(digits) != 3 and len(digits) != _ORDINARY and not service:
        return match[0]
    return f'<a href="tel:{digits}">{match[0]}</a>'


def _show_tokens(html: str) -> str:
    return _TOKEN.sub(lambda match: f'<span class="masker">{LEFT_OUT[match[1]]}</span>', html)
