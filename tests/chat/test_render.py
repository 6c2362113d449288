"""Messages as safe HTML."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.render import markdown_html, plain_html


def test_markdown_of_a_reply_is_rendered() -> None:
    html = markdown_html("Een **TLV** is nodig voor:\n- speciaal onderwijs\n- *praktijkonderwijs*")
    assert "<strong>TLV</strong>" in html
    assert "<li>speciaal onderwijs</li>" in html
    assert "<em>praktijkonderwijs</em>" in html


def test_a_single_line_break_stays_a_line_break() -> None:
    assert "<br>" in markdown_html("Basisschool De Vlieger\nStraat 1")


def test_links_open_in_a_new_tab_without_opener() -> None:
    html = markdown_html("Kijk op [de website](https://passendonderwijs-almere.nl).")
    assert 'href="https://passendonderwijs-almere.nl"' in html
    assert 'target="_blank"' in html
    assert "noopener" in html


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Website: https://example.org/school.", "https://example.org/school"),
        ("https://example.org/", "https://example.org/"),
        ("(https://example.org/a-b)", None),
    ],
)
def test_a_bare_address_becomes_a_link(text: str, link: str | None) -> None:
    assert re.findall(r'href="([^"]+)"', markdown_html(text)) == ([link] if link else [])


def test_a_link_in_markdown_is_not_linked_twice() -> None:
    html = markdown_html("[https://example.org](https://example.org) en <https://example.org>")
    assert html.count("<a ") == 2
    assert "&lt;" not in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[klik](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "![beeld](https://example.org/x.png)",
        "[x](data:text/html,<script>alert(1)</script>)",
        '<a href="https://example.org" onclick="alert(1)">x</a>',
    ],
)
def test_nothing_in_a_reply_can_run(text: str) -> None:
    html = markdown_html(text)
    assert "<script" not in html and "<img" not in html
    assert not re.search(r"<[^>]+(?:onerror|onclick|javascript:|data:)", html)


def test_a_parents_words_are_never_markup() -> None:
    assert plain_html("**vet** <b>&\nja") == "<p>**vet** &lt;b&gt;&amp;<br>ja</p>"


def test_a_token_is_shown_as_what_was_left_out() -> None:
    assert '<span class="masker">telefoonnummer</span>' in plain_html("Bel [telefoon#1]")
    assert '<span class="masker">burgerservicenummer</span>' in markdown_html("Ik zie [bsn].")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Bel **112**.", "112"),
        ("Bel **113** of 0800-0113.", "08000113"),
        ("Veilig Thuis, **0800-2000**", "08002000"),
        ("Telefoon: 036 1234567", "0361234567"),
        ("Telefoon: 036-1234567", "0361234567"),
        ("Of 06-12345678", "0612345678"),
        ("Of 0612345678", "0612345678"),
    ],
)
def test_a_phone_number_can_be_dialled_with_one_tap(text: str, number: str) -> None:
    assert f'href="tel:{number}"' in markdown_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "artikel 112",
        "in 2026-2027",
        "06-12",
        "Er zijn 0123456789012 mogelijkheden",
        "BWBR0044212",
        "[0800-2000](https://example.org/0800-2000)",
        "https://example.org/0612345678",
    ],
)
def test_what_is_no_phone_number_is_not_dialled(text: str) -> None:
    assert "tel:" not in markdown_html(text)


@given(st.text(max_size=300))
def test_no_text_ever_leaves_a_dangerous_tag(text: str) -> None:
    for html in (markdown_html(text), plain_html(text)):
        tags = set(re.findall(r"<\s*([a-zA-Z0-9]+)", html))
        assert tags <= {"p", "br", "strong", "em", "ul", "ol", "li", "a", "code", "blockquote", "hr", "span"}
