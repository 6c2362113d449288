"""Recognisable personal data is masked, and ordinary questions stay as they are."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.keys import Keys
from bot.privacy.masking import Masked, find, mask
from bot.privacy.vault import TOKEN_KINDS, Vault
from tests.privacy.tokens import Tokens, masked

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("masking_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_the_cases_shared_with_the_browser(case: dict[str, Any]) -> None:
    result = masked(case["text"])
    assert (result.text, list(result.kinds)) == (case["masked"], case["kinds"])
    assert masked(result.text) == Masked(result.text, ())


def test_there_are_enough_cases_on_both_sides() -> None:
    assert len(CASES) >= 150
    assert sum(not case["kinds"] for case in CASES) >= 60
    assert {kind for case in CASES for kind in case["kinds"]} == {*TOKEN_KINDS, "bsn", "iban", "geboortedatum", "adres"}


def test_findings_are_in_order_without_overlap_and_show_no_value() -> None:
    text = "Ik ben Samira, 0612345678, ouder@example.org, geboren op 12-3-1985, 1312 JZ 7"
    findings = find(text)
    assert [finding.kind for finding in findings] == ["naam", "telefoon", "email", "geboortedatum", "adres"]
    assert all(one.end <= two.start for one, two in pairwise(findings))
    assert text[findings[0].start : findings[0].end] == "Samira"
    assert "Samira" not in repr(findings)


def test_what_is_kept_goes_to_the_vault_and_comes_back(engine: Engine, keys: Keys) -> None:
    vault = Vault(engine, keys)
    result = mask("ik heet samira, 06 12345678", lambda kind, value: vault.put("gesprek:1", kind, value))
    assert result == Masked("ik heet [naam#1], [telefoon#1]", ("naam", "telefoon"))
    assert vault.reveal("gesprek:1", result.text) == "ik heet Samira, +31612345678"


def test_what_is_dropped_is_never_handed_over() -> None:
    tokens = Tokens()
    mask("bsn 111222333, NL91 ABNA 0417 1643 00, geboren op 12-3-2015, 1312 JZ 7", tokens)
    assert tokens.values == {}
