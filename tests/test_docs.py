"""The handbooks say what is so: links, pictures, commands, settings, quoted sentences, and code to copy."""

from __future__ import annotations

import getpass
import importlib.util
import json
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.__main__ import app
from bot.chat.store import utc_now
from bot.db import make_engine, metadata, reading
from bot.handoff.cases import Line, cases
from bot.handoff.hours import Hours
from bot.handoff.intake import CONSENT_TEXT, Intake, Receipt, Request
from bot.keys import load_keys
from bot.nlu.language_package import SOURCE_VARIABLE
from bot.privacy.vault import Vault
from bot.settings import ROOT, Settings, get_settings

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
OPERATORS = ROOT / "docs" / "beheer.md"
MOST_BYTES = 200_000
"""Of a picture: they are in git, and each of them is loaded with its page."""

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]+`")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_SNIPPET = re.compile(r"python -c '\n(.*?)'\n", re.DOTALL)
_PATH = re.compile(r"`((?:data|knowledge|bot|tests|docs|actions|scripts)/[\w./-]*)`")

pages = pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])


def code_in(page: Path) -> list[str]:
    """Everything that is shown as code."""
    text = page.read_text(encoding="utf-8")
    return _FENCE.findall(text) + _CODE.findall(_FENCE.sub("", text))


def prose_of(page: Path) -> str:
    """Everything that is not shown as code."""
    return _CODE.sub("", _FENCE.sub("", page.read_text(encoding="utf-8")))


def found_in_code(page: Path, pattern: str) -> Iterator[tuple[str, ...]]:
    for code in code_in(page):
        for match in re.finditer(pattern, code):
            yield match.groups()


def anchors(page: Path) -> set[str]:
    """The anchors that a page with these headings has."""
    titles = _HEADING.findall(_FENCE.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pages
def test_a_relative_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for address in _LINK.findall(prose_of(page)):
        name, _, anchor = address.partition("#")
        if ":" in name:
            continue
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), f"{page.name}: {address}"
        assert not anchor or anchor in anchors(target), f"{page.name}: {address}"


@pytest.mark.parametrize("picture", sorted((ROOT / "docs" / "beeld").glob("*")), ids=lambda path: path.name)
def test_a_picture_is_used_and_small(picture: Path) -> None:
    assert picture.stat().st_size < MOST_BYTES
    assert any(f"beeld/{picture.name}" in page.read_text(encoding="utf-8") for page in PAGES)


@pages
def test_a_command_of_the_product_exists_with_its_options(page: Path) -> None:
    for name, rest in found_in_code(page, r"python -m bot ([a-z]+)([^\n`|<>]*)"):
        commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
        assert name in commands, f"{page.name}: python -m bot {name}"
        if hasattr(commands[name], "commands"):
            commands, name = commands[name].commands, rest.split()[0]
            assert name in commands, f"{page.name}: python -m bot ... {name}"
        options = [option for field in commands[name].params for option in field.opts + field.secondary_opts]
        for option in re.findall(r"(?<!\S)--[a-z-]+", re.sub(r'"[^"]*"', "", rest)):
            assert option in options, f"{page.name}: python -m bot {name} {option}"


@pages
def test_a_module_that_is_run_exists(page: Path) -> None:
    for (name,) in found_in_code(page, r"python -m ((?:bot|actions)[\w.]*)"):
        assert importlib.util.find_spec(name), f"{page.name}: python -m {name}"


@pages
def test_a_make_target_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for (target,) in found_in_code(page, r"(?<![\w-])make ([a-z][a-z-]*)"):
        assert target in targets, f"{page.name}: make {target}"


@pages
def test_a_path_in_the_project_exists(page: Path) -> None:
    for name in _PATH.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        assert (ROOT / name).exists(), f"{page.name}: {name}"


def settings_table() -> dict[str, str]:
    """The settings that operators read about, each with what it is without being set."""
    rows = re.findall(r"^\| `(OUDERCHAT_\w+)` \| ([^|]*) \|", OPERATORS.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(rows)


def variable(field: str) -> str:
    return f"{Settings.Config.env_prefix}{field.upper()}"


def test_the_table_of_settings_names_each_setting_and_no_other() -> None:
    assert sorted(settings_table()) == sorted(variable(field) for field in Settings.__fields__)


def test_the_table_of_settings_gives_the_defaults() -> None:
    table = settings_table()
    for name, field in Settings.__fields__.items():
        default = field.default
        if isinstance(default, Path) or default == "":
            continue
        shown = json.dumps(default) if isinstance(default, bool) else str(default)
        assert f"`{shown}`" in table[variable(name)], f"{variable(name)}: {shown}"


@pages
def test_a_setting_that_is_named_exists(page: Path) -> None:
    known = {variable(field) for field in Settings.__fields__} | {SOURCE_VARIABLE}
    assert set(re.findall(r"OUDERCHAT_[A-Z_]*[A-Z]", page.read_text(encoding="utf-8"))) <= known


def test_ouderadviseurs_read_what_parents_agree_to() -> None:
    text = " ".join((ROOT / "docs" / "ouderadviseurs.md").read_text(encoding="utf-8").split())
    assert CONSENT_TEXT in text


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An installation as the code in the handbook finds it: through the environment."""
    monkeypatch.setenv("OUDERCHAT_VAR_DIR", str(tmp_path))
    get_settings.cache_clear()
    engine = make_engine(get_settings().db_url)
    metadata.create_all(engine)
    yield engine
    engine.dispose()
    get_settings.cache_clear()


def run_snippet(named: str, monkeypatch: pytest.MonkeyPatch, *typed: str, password: str = "") -> None:
    """Run the one piece of Python in the handbook that has this word in it, as an operator would type to it."""
    codes = [textwrap.dedent(code) for code in _SNIPPET.findall(OPERATORS.read_text(encoding="utf-8"))]
    (code,) = [code for code in codes if named in code]
    answers = iter(typed)
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    monkeypatch.setattr(getpass, "getpass", lambda _question: password)
    exec(compile(code, "docs/beheer.md", "exec"), {})


def hand_over(engine: Engine) -> Receipt:
    vault, now = Vault(engine, load_keys(get_settings().var_dir)), utc_now()
    request = Request(
        conversation_id="0" * 32,
        consent_message_id="bericht-1",
        about="De TLV",
        contact="06-12345678",
        name="Noor",
        transcript=[Line(1, "ouder", "wie vraagt een tlv aan", now)],
        struck=frozenset(),
        topic="tlv/aanvragen",
        urgent=False,
    )
    return Intake(engine, vault, Hours(get_settings().knowledge_dir)).submit(request)


def test_the_code_that_deletes_a_case_leaves_nothing_of_it(
    installation: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = hand_over(installation)
    run_snippet("delete_case", monkeypatch, f" {receipt.code.lower()} ")
    with reading(installation) as connection:
        assert connection.execute(select(cases)).first() is None
    vault = Vault(installation, load_keys(get_settings().var_dir))
    assert vault.token_kinds(f"zaak:{receipt.case_id}") == {}


def test_the_code_for_a_new_key_leaves_values_that_the_new_key_alone_can_read(
    installation: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from cryptography.fernet import Fernet

    receipt, file = hand_over(installation), get_settings().var_dir / "geheimen.json"
    secrets = json.loads(file.read_text())
    new = Fernet.generate_key().decode()
    file.write_text(json.dumps({**secrets, "vault": [new, *secrets["vault"]]}))
    run_snippet("rotate", monkeypatch)
    file.write_text(json.dumps({**secrets, "vault": [new]}))
    vault = Vault(installation, load_keys(get_settings().var_dir))
    assert vault.get(f"zaak:{receipt.case_id}", "[telefoon#1]") == "+31612345678"
    assert "waarden" in capsys.readouterr().out
