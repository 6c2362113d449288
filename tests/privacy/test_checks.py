"""The checks decide what a candidate is, where it ends and what its normalised value is."""

import pytest

from bot.privacy.checks import CHECKS, Found
from bot.privacy.rules import load


def check(name: str, text: str) -> Found:
    return CHECKS[name](load().checks, text, 0, len(text))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("06-12345678", "+31612345678"),
        ("0031 (0)6 12 34 56 78", "+31612345678"),
        ("+31 (0)36-1234567", "+31361234567"),
        ("088 123 45 67", "+31881234567"),
        ("+32 470 12 34 56", "+32470123456"),
    ],
)
def test_a_telephone_number_becomes_e164(written: str, value: str) -> None:
    assert check("phone", written) == (len(written), value)


@pytest.mark.parametrize("written", ["0800-2000123", "0900-1234567", "+31 800 1234567", "03-11-2025 12", "0000000000"])
def test_free_numbers_and_dates_are_no_telephone_number(written: str) -> None:
    assert check("phone", written) is None


def test_digits_after_a_telephone_number_do_not_belong_to_it() -> None:
    assert check("phone", "+31 6 12345678 12") == (14, "+31612345678")


def test_an_impossible_number_after_a_plus_sign_is_kept_as_it_was_dialled() -> None:
    assert check("phone", "+31 6 1234567890") == (16, "+3161234567890")


@pytest.mark.parametrize(
    ("written", "value"),
    [("O6-12345678", "+31612345678"), ("06-1234567", "061234567"), ("31612345678", "+31612345678")],
)
def test_an_odd_mobile_number_is_kept(written: str, value: str) -> None:
    assert check("phone_odd", written) == (len(written), value)


def test_a_spoken_number_ends_before_the_next_number_word() -> None:
    said = "nul zes een twee drie vier vijf zes zeven acht"
    assert check("phone_spoken", f"{said} een") == (len(said), "+31612345678")
    assert check("phone_spoken", "nul een twee drie vier vijf zes zeven acht negen") is None
    assert check("phone_spoken", "06 12 34 56 78") is None


@pytest.mark.parametrize("written", ["112 113 0", "12-11-2025", "2025-2026", "116 111 1"])
def test_help_lines_and_dates_are_no_local_number(written: str) -> None:
    assert check("phone_local", written) is None


@pytest.mark.parametrize("bsn", ["111222333", "123456782", "1234.56.782", "123 456 782"])
def test_the_elfproef_recognises_a_bsn(bsn: str) -> None:
    assert check("elfproef", bsn) == (len(bsn), bsn.replace(".", "").replace(" ", ""))


@pytest.mark.parametrize("number", ["123456789", "000000000", "111222334"])
def test_other_numbers_fail_the_elfproef(number: str) -> None:
    assert check("elfproef", number) is None


def test_a_bsn_is_believed_when_the_word_is_near() -> None:
    checks = load().checks
    near = "Het bsn is 12345678"
    assert CHECKS["bsn_said"](checks, near, 11, 19) == (19, "12345678")
    far = "Het bsn. " + "x" * 80 + " 12345678"
    assert CHECKS["bsn_said"](checks, far, len(far) - 8, len(far)) is None
    dated = "bsn aangevraagd op 12-11-2025"
    assert CHECKS["bsn_said"](checks, dated, 19, 29) is None


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NL91 ABNA 0417 1643 00", "NL91ABNA0417164300"),
        ("nl00bank0123456789", "NL00BANK0123456789"),
        ("BE71 0961 2345 6769", "BE71096123456769"),
    ],
)
def test_an_account_number_is_recognised(written: str, value: str) -> None:
    assert check("iban", written) == (len(written), value)


def test_an_account_number_ends_where_its_country_says() -> None:
    assert check("iban", "NL91 ABNA 0417 1643 00 op naam") == (22, "NL91ABNA0417164300")


@pytest.mark.parametrize(
    "written", ["BE72096123456769", "de 12 november 2025 is", "XX91ABNA0417164300", "NL91\u017fBNA0417164300"]
)
def test_what_only_looks_like_an_account_number_is_left(written: str) -> None:
    assert check("iban", written) is None


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Ouder@Example.ORG", "Ouder@example.org"),
        ("ouder@gmail.com.bel", "ouder@gmail.com"),
        ("ouder@example.nl.Bel", "ouder@example.nl"),
        ("ouder@example.nl.3", "ouder@example.nl"),
        ("ouder@mail.example.co.uk", "ouder@mail.example.co.uk"),
    ],
)
def test_an_address_ends_with_its_domain(written: str, value: str) -> None:
    found = check("email", written)
    assert found is not None and found[1] == value


def test_an_address_needs_a_domain() -> None:
    assert check("email", "a@1.2") is None


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("naam apenstaart gmail punt com", "naam@gmail.com"),
        ("jan punt jansen (at) example (punt) org", "jan.jansen@example.org"),
        ("jan underscore x at gmail punt com", "jan_x@gmail.com"),
        ("naam @ gmail , com", "naam@gmail.com"),
    ],
)
def test_an_address_in_words_is_written_out(written: str, value: str) -> None:
    assert check("email_words", written) == (len(written), value)


@pytest.mark.parametrize("written", ["1312 JZ 7", "1312jz 7", "1312 EN 7", "2025EX 7", "Lierstraat 7, 1312 JZ"])
def test_a_postcode_with_a_number_is_an_address(written: str) -> None:
    assert check("address", written) is not None


@pytest.mark.parametrize("written", ["2025 op 3", "2025 OP 3", "1312 en 7", "groep 7, 1312 JZ", "Vanaf 2025, 1312 JZ"])
def test_numbers_before_short_words_are_no_address(written: str) -> None:
    assert check("address", written) is None
