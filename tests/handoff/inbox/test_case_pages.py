import re
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from bot.handoff.accounts import Account
from bot.handoff.intake import Intake, Receipt
from bot.handoff.outbox import Outbox
from bot.handoff.parent_case import ParentCases
from bot.handoff.retention import Terms
from bot.privacy.vault import Vault
from tests.handoff.inbox.conftest import REQUEST, Browser, Clock, Person, actions


def sections(page: str) -> dict[str, str]:
    """The page by group of cases."""
    parts = re.split(r'<section aria-labelledby="groep-(\w+)">', page)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_an_empty_inbox_says_so(member: Browser) -> None:
    assert "Er zijn geen nieuwe zaken." in member.get("/inbox/").text


def test_new_cases_are_on_top_and_urgent_ones_above_them(member: Browser, case: Receipt, urgent_case: Receipt) -> None:
    page = member.get("/inbox/").text
    assert list(sections(page)) == ["nieuw", "mij", "wachten", "collega", "afgesloten"]
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


def test_a_case_goes_from_new_to_closed_and_back_and_tells_who_did_what(
    member: Browser, case: Receipt, clock: Clock
) -> None:
    path = f"/inbox/zaken/{case.case_id}"
    member.get(path)
    assert "Gelezen door Noor, vandaag 10:00" in member.post(f"{path}/gelezen").text
    assert case.code in sections(member.get("/inbox/").text)["nieuw"]
    assert "In behandeling bij u" in member.post(f"{path}/nemen").text
    assert case.code in sections(member.get("/inbox/").text)["mij"]
    clock.now += timedelta(minutes=1)
    waits = member.post(f"{path}/notitie", soort="gebeld", tekst="Geen gehoor op 06-12345678", wachten="ja").text
    assert "Wacht op de ouder sinds vandaag 10:01" in waits and "Geen gehoor op 06 12345678" in waits
    assert case.code in sections(member.get("/inbox/").text)["wachten"]
    closed = member.post(f"{path}/afsluiten", reden="niet_bereikt", tekst="Drie keer gebeld").text
    assert "Afgesloten door Noor, vandaag 10:01: Ouder niet bereikt" in closed and "Drie keer gebeld" in closed
    assert case.code in sections(member.get("/inbox/").text)["afgesloten"]
    assert "In behandeling bij u" in member.post(f"{path}/heropenen").text
    assert case.code in sections(member.get("/inbox/").text)["mij"]
    member.post(f"{path}/terugleggen", van="1")
    assert case.code in sections(member.get("/inbox/").text)["nieuw"]


def test_what_a_parent_adds_calls_whose_case_it_is_until_it_was_opened(
    member: Browser, person: Person, case: Receipt, engine: Engine, vault: Vault, clock: Clock
) -> None:
    rik, path = person("Rik", "ouderadviseur"), f"/inbox/zaken/{case.case_id}"
    parent = ParentCases(engine, vault, Terms(0, 365, 90), clock=clock)
    member.get(path)
    member.post(f"{path}/gelezen")
    clock.now += timedelta(minutes=5)
    parent.add_line(case.whole_code, "Ik kan vandaag niet.", None)
    for page in (browser.get("/inbox/").text for browser in (member, rik)):
        assert "Nieuw van de ouder" in sections(page)["nieuw"] and "schreef de ouder iets nieuws" in page
    member.get(path)
    member.post(f"{path}/nemen")
    member.post(f"{path}/wachten", wachten="ja")
    clock.now += timedelta(minutes=5)
    parent.add_line(case.whole_code, "Ik kan morgen.", None)
    rik.get(path)
    page = member.get("/inbox/").text
    assert "Nieuw van de ouder" in sections(page)["mij"] and "<title>(1) " in page
    assert "In 1 zaak schreef de ouder iets nieuws." in page
    assert "iets nieuws" not in rik.get("/inbox/").text
    opened = member.get(path).text
    assert "Ik kan morgen." in opened and "In behandeling bij u" in opened and "iets nieuws" not in opened
    assert "Nieuw van de ouder" not in member.get("/inbox/").text
    assert "Wacht op de ouder sinds" in member.post(f"{path}/wachten", wachten="ja").text


def test_a_note_holds_no_number_in_the_open_and_goes_with_the_case(
    member: Browser, engine: Engine, intake: Intake, case: Receipt
) -> None:
    member.get("/inbox/")
    member.post(f"/inbox/zaken/{case.case_id}/notitie", soort="notitie", tekst="Bel moeder: 06-87654321")
    with engine.connect() as connection:
        assert "87654321" not in str(connection.exec_driver_sql("SELECT text FROM case_notes").all())
    intake.withdraw(REQUEST.conversation_id)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM case_notes").scalar() == 0


@pytest.mark.parametrize(
    ("step", "fields"),
    [
        ("notitie", {"soort": "notitie", "tekst": "  "}),
        ("afsluiten", {"reden": "geen_zin"}),
        ("overdragen", {"van": "1", "naar": "99"}),
        ("overdragen", {"van": "7", "naar": "1"}),
        ("terugleggen", {"van": "x"}),
        ("heropenen", {}),
        ("wachten", {"wachten": "nee"}),
        ("nemen", {}),
    ],
)
def test_a_step_that_cannot_be_taken_changes_nothing_and_says_so(
    member: Browser, engine: Engine, case: Receipt, step: str, fields: dict[str, str]
) -> None:
    path = f"/inbox/zaken/{case.case_id}"
    member.get(path)
    member.post(f"{path}/nemen")
    before = actions(engine)
    page = member.post(f"{path}/{step}", **fields)
    assert 'role="alert"' in page.text
    assert [action for action in actions(engine) if action not in before] == []


def test_a_case_is_given_to_a_colleague_who_reads_cases_and_nobody_else(
    member: Browser, person: Person, case: Receipt
) -> None:
    rik, path = person("Rik", "ouderadviseur"), f"/inbox/zaken/{case.case_id}"
    person("Roos", "redactie")
    member.get(path)
    page = member.post(f"{path}/nemen").text
    assert 'option value="2">Rik' in page and "Roos" not in page
    member.post(f"{path}/overdragen", van="1", naar="3")
    assert case.code in sections(member.get("/inbox/").text)["mij"]
    member.post(f"{path}/overdragen", van="1", naar="2")
    assert case.code in sections(member.get("/inbox/").text)["collega"]
    assert case.code in sections(rik.get("/inbox/").text)["mij"]
    assert "Aan Rik" in rik.get(path).text
    assert "Overgenomen van Rik" in member.post(f"{path}/overdragen", van="2", naar="1").text


def test_two_who_take_a_case_at_once_have_one_winner(
    member: Browser, person: Person, case: Receipt, engine: Engine
) -> None:
    from concurrent.futures import ThreadPoolExecutor

    browsers = [member, person("Rik", "ouderadviseur")]
    for browser in browsers:
        browser.get(f"/inbox/zaken/{case.case_id}")
    with ThreadPoolExecutor(2) as pool:
        pages = list(pool.map(lambda one: one.post(f"/inbox/zaken/{case.case_id}/nemen").text, browsers))
    assert sum("In behandeling bij u" in page for page in pages) == 1
    assert sum("Een collega was u net voor" in page for page in pages) == 1
    assert len([action for action in actions(engine) if action[0] == "case_assigned"]) == 1


@pytest.mark.parametrize("words", ["samira", "06-12345678", "0612345678", "daan hulp", "arabisch", "chatbot"])
def test_searching_finds_ones_own_case_by_what_is_in_it(member: Browser, case: Receipt, words: str) -> None:
    member.get("/inbox/")
    assert "Niets gevonden" in member.get(f"/inbox/?zoek={words}").text
    member.post(f"/inbox/zaken/{case.case_id}/nemen")
    assert case.code in member.get(f"/inbox/?zoek={words}").text
    assert "Niets gevonden" in member.get(f"/inbox/?zoek={words} fiets").text


def test_the_unread_alarm_is_on_every_page_and_in_the_title(
    member: Browser, case: Receipt, urgent_case: Receipt
) -> None:
    for path in ("/inbox/", f"/inbox/zaken/{case.case_id}", "/inbox/account"):
        page = member.get(path).text
        assert "<title>(2) " in page
        assert re.search(r"2 zaken zijn nog niet gelezen, 1\s+met spoed\.", page), page
    for one in (case, urgent_case):
        member.post(f"/inbox/zaken/{one.case_id}/gelezen")
    page = member.get("/inbox/").text
    assert "<title>(" not in page and "nog niet gelezen." not in page


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
