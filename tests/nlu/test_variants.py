"""The choice of an answer's variant."""

from datetime import date
from typing import Any

import pytest

from bot.nlu.variants import Expired, choose

TODAY = date(2026, 11, 21)


def variant(text: str, **metadata: Any) -> dict[str, Any]:
    return {"text": text, "metadata": metadata}


FIRST = variant("gewoon", eigenaar="Redactie", vervolg=["tlv/uitleg"])


def test_without_wishes_the_first_is_given() -> None:
    assert choose([FIRST, variant("vo", wanneer={"schoolsoort": "vo"})], {}, TODAY)["text"] == "gewoon"


def test_the_kind_of_school_chooses() -> None:
    variants = [
        FIRST,
        variant("po", wanneer={"schoolsoort": "po"}),
        variant("vo", wanneer={"schoolsoort": "vo"}),
    ]
    assert choose(variants, {"schoolsoort": "vo"}, TODAY)["text"] == "vo"


def test_the_plainer_version_wins_over_the_kind_of_school() -> None:
    variants = [
        FIRST,
        variant("vo", wanneer={"schoolsoort": "vo"}),
        variant("plain", wanneer={"vorm": "eenvoudig"}),
        variant("plain vo", wanneer={"vorm": "eenvoudig", "schoolsoort": "vo"}),
    ]
    assert choose(variants, {"schoolsoort": "vo", "vorm": "eenvoudig"}, TODAY)["text"] == "plain vo"
    assert choose(variants, {"schoolsoort": "po", "vorm": "eenvoudig"}, TODAY)["text"] == "plain"


def test_source_and_owner_of_the_first_hold_for_the_others() -> None:
    chosen = choose([FIRST, variant("vo", wanneer={"schoolsoort": "vo"})], {"schoolsoort": "vo"}, TODAY)
    assert chosen["metadata"]["eigenaar"] == "Redactie"
    assert chosen["metadata"]["vervolg"] == ["tlv/uitleg"]


def test_a_new_rule_replaces_the_old_one_on_its_day() -> None:
    variants = [variant("oud", geldig_tot="2026-12-31"), variant("nieuw", geldig_vanaf="2027-01-01")]
    assert choose(variants, {}, date(2026, 12, 31))["text"] == "oud"
    assert choose(variants, {}, date(2027, 1, 1))["text"] == "nieuw"


def test_a_variant_with_a_period_of_its_own_goes_before_an_undated_one() -> None:
    variants = [variant("gewoon"), variant("nieuw", geldig_vanaf="2026-08-01")]
    assert choose(variants, {}, TODAY)["text"] == "nieuw"
    assert choose(variants, {}, date(2026, 7, 31))["text"] == "gewoon"


def test_the_validity_of_the_first_holds_for_its_plainer_version() -> None:
    variants = [variant("oud", geldig_tot="2026-11-20"), variant("plain", wanneer={"vorm": "eenvoudig"})]
    with pytest.raises(Expired):
        choose(variants, {"vorm": "eenvoudig"}, TODAY)


def test_the_choice_is_the_same_every_time() -> None:
    variants = [FIRST, variant("tweede"), variant("derde")]
    assert {choose(variants, {}, TODAY)["text"] for _ in range(20)} == {"gewoon"}


def test_the_responses_themselves_are_not_changed() -> None:
    variants = [FIRST, variant("vo", wanneer={"schoolsoort": "vo"})]
    choose(variants, {"schoolsoort": "vo"}, TODAY)
    assert variants[1]["metadata"] == {"wanneer": {"schoolsoort": "vo"}}
