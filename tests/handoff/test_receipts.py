import pytest
from sqlalchemy.engine import Engine

from bot.handoff.receipts import read_code, receipt_code, receipt_hash, reference_of
from bot.keys import Keys
from bot.privacy.vault import Vault

CODE = "K7QX-M3PD-W9TC-XH4N"


def test_a_code_begins_with_its_reference_and_is_always_the_same(engine: Engine, keys: Keys) -> None:
    vault = Vault(engine, keys)
    first = receipt_code(vault, "K7QX-M3PD", "case-1")
    assert first == receipt_code(vault, "K7QX-M3PD", "case-1")
    assert first.startswith("K7QX-M3PD-")
    assert reference_of(first) == "K7QX-M3PD"
    assert read_code(first) == first


def test_who_has_the_reference_and_the_case_cannot_make_the_code(engine: Engine, keys: Keys) -> None:
    other = Keys(keys.vault, keys.internal, signing="another installation")
    codes = {receipt_code(Vault(engine, made), "K7QX-M3PD", "case-1") for made in (keys, other)}
    codes.add(receipt_code(Vault(engine, keys), "K7QX-M3PD", "case-2"))
    assert len(codes) == 3
    assert len({receipt_hash(code) for code in codes}) == 3


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), "k7qx m3pd w9tc xh4n", "K7QXM3PDW9TCXH4N", f" {CODE}. "])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == CODE


@pytest.mark.parametrize("typed", ["", "K7QX-M3PD", f"{CODE}2", "K7QX-M3PD-W9TC-XH4A", "' or 1=1 --"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None
