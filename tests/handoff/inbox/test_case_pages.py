import re
from datetime import timedelta

from sqlalchemy.engine import Engine

from bot.handoff.accounts import Account
from bot.handoff.intake import Intake, Receipt
from bot.handoff.outbox import Outbox
from tests.handoff.inbox.conftest import REQUEST, Browser, Clock, Person, actions


def sections(page: str) -> dict[str, str]:
    """The page by group of cases."""
    parts = re.split(r'<section aria-labelledby="groep-(\w+)">', page)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_an_empty_inbox_says_so(member: Browser) -> None:
    assert "Er zijn geen nieuwe zaken." in member.get("/inbox/").text


def test_new_cases_are_on_top_and_urgent_ones_above_them(member: Browser, case: Receipt, urgent_case: Receipt) -> None:
    page = member.get("/inbox/").text
    assert list(sections(page)) == ["nieuw", "gelezen", "behandeling", "afgesloten"]
    assert page.index(urgent_case.code) < page.index(case.code)
    assert page.count('class="badge"') == 1
    assert "Hoe lang is een TLV geldig?" in page


def test_the_list_shows_no_contact_details(member: Browser, case: Receipt) -> None:
    page = member.get("/inbox/").text
    assert "Mijn zoon [naam] krijgt te weinig hulp. Wat nu?" in page
    assert not [value for value in ("Samira", "Daan", "12345678") if value in page]


def test_a_case_shows_what_the_parent_agreed_to(member: Browser, case: Receipt) -> None:
    page = member.get(f"/inbox/zaken/{case.case_id}").text
    for text in ("Mijn zoon Daan krijgt te weinig hulp.", "06 12345678", "Samira", "na vijven", "Arabisch", case.code):
        assert text in page
    assert 'href="tel:0612345678"' in page
    assert REQUEST.transcript[2].text not in page
    assert "Ik ga ermee akkoord" in page


def test_words_of_a_parent_are_text_and_those_of_the_bot_markdown(member: Browser, case: Receipt) -> None:
    page = member.get(f"/inbox/zaken/{case.case_id}").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<strong>chatbot</strong>" in page


def test_an_urgent_case_without_name_or_lines_is_shown_as_such(member: Browser, urgent_case: Receipt) -> None:
    page = member.get(f"/inbox/zaken/{urgent_case.case_id}").text
    assert "Liever niet gezegd" in page
    assert "een teken van gevaar" in page
    assert "gaf geen regels" in page
    assert 'href="mailto:ouder%40example.org"' in page


def test_reading_and_closing_a_case_moves_it_and_tells_who_did_it(member: Browser, case: Receipt, clock: Clock) -> None:
    path = f"/inbox/zaken/{case.case_id}"
    member.get(path)
    assert "Gelezen door Noor, vandaag 10:00" in member.post(f"{path}/gelezen").text
    assert case.code in sections(member.get("/inbox/").text)["gelezen"]
    clock.now += timedelta(minutes=1)
    closed = member.post(f"{path}/afgesloten").text
    assert "Afgesloten door Noor, vandaag 10:01" in closed
    assert "<button" not in closed.split("<main")[1]
    assert case.code in sections(member.get("/inbox/").text)["afgesloten"]


def test_closing_a_new_case_counts_as_reading_it(member: Browser, case: Receipt) -> None:
    member.get("/inbox/")
    page = member.post(f"/inbox/zaken/{case.case_id}/afgesloten").text
    assert "Gelezen door Noor" in page
    assert "Afgesloten door Noor" in page


def test_the_second_of_two_is_told_who_was_first(
    member: Browser, person: Person, engine: Engine, noor: Account, case: Receipt
) -> None:
    rik = person("Rik", "ouderadviseur")
    for browser in (member, rik):
        browser.get("/inbox/")
        page = browser.post(f"/inbox/zaken/{case.case_id}/gelezen").text
    assert "Gelezen door Noor" in page
    assert [action for action in actions(engine) if action[0] == "case_read"] == [("case_read", noor.id, case.case_id)]


def test_every_access_is_recorded(member: Browser, engine: Engine, noor: Account, case: Receipt) -> None:
    path = f"/inbox/zaken/{case.case_id}"
    member.get("/inbox/")
    member.get(path)
    member.post(f"{path}/gelezen")
    member.get("/inbox/zaken/" + "f" * 40)
    done = [(action, case_id) for action, account, case_id in actions(engine) if account == noor.id]
    assert done == [
        ("account_created", None),
        ("login", None),
        ("list_viewed", None),
        ("list_viewed", None),
        ("case_opened", case.case_id),
        ("case_read", case.case_id),
        ("case_opened", case.case_id),
        ("case_refused", "f" * 32),
    ]


def test_a_guessed_or_withdrawn_case_is_not_found(member: Browser, intake: Intake, case: Receipt) -> None:
    assert member.get("/inbox/zaken/guess").status_code == 404
    intake.withdraw(REQUEST.conversation_id)
    gone = member.get(f"/inbox/zaken/{case.case_id}")
    assert gone.status_code == 404
    assert "ingetrokken" in gone.text
    member.get("/inbox/")
    assert member.post(f"/inbox/zaken/{case.case_id}/gelezen").status_code == 404


def test_mail_that_does_not_leave_is_seen_in_the_inbox(
    member: Browser, engine: Engine, case: Receipt, clock: Clock
) -> None:
    assert "niet worden verstuurd" not in member.get("/inbox/").text
    Outbox(engine, {}).deliver_due(clock())
    assert "Eén mail kon" in member.get("/inbox/").text
