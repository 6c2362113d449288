"""The vault keeps values encrypted, by scope and token, and leaves nothing behind when it is told so."""

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.db import reading, writing
from bot.keys import Keys
from bot.privacy.vault import TOKEN_KINDS, Vault, VaultError, case_scope, conversation_scope, tokens_in, vault_table

PHONE = "+31612345678"
SCOPE = conversation_scope("a" * 32)
CASE = case_scope(7)


@pytest.fixture
def vault(engine: Engine, keys: Keys) -> Vault:
    return Vault(engine, keys)


def raw_bytes(engine: Engine) -> bytes:
    """Everything that SQLite has on disk: the database, its log and what else stands beside it."""
    database = Path(str(engine.url.database))
    return b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))


def rows(engine: Engine) -> list[tuple[object, ...]]:
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(select(vault_table))]


def test_a_value_comes_back_under_its_token(vault: Vault) -> None:
    assert vault.put(SCOPE, "telefoon", PHONE) == "[telefoon#1]"
    assert vault.get(SCOPE, "[telefoon#1]") == PHONE


def test_equal_values_share_a_token_and_others_count_on(vault: Vault) -> None:
    given = [vault.put(SCOPE, "naam", name) for name in ("Samira", "Karim", "Samira")]
    assert given == ["[naam#1]", "[naam#2]", "[naam#1]"]
    assert vault.put(SCOPE, "email", "Samira") == "[email#1]"


def test_a_scope_does_not_see_another(vault: Vault) -> None:
    token = vault.put(SCOPE, "telefoon", PHONE)
    assert vault.get(CASE, token) is None
    assert vault.reveal(CASE, f"bel {token}") == f"bel {token}"


def test_fingerprints_do_not_link_scopes(vault: Vault, engine: Engine) -> None:
    vault.put(SCOPE, "telefoon", PHONE)
    vault.put(CASE, "telefoon", PHONE)
    with reading(engine) as connection:
        assert len(set(connection.execute(select(vault_table.c.fingerprint)).scalars())) == 2


@pytest.mark.parametrize(("kind", "value"), [("bsn", "111222333"), ("iban", "x"), ("telefoon", "")])
def test_only_what_the_hand_off_needs_is_kept(vault: Vault, kind: str, value: str) -> None:
    with pytest.raises(ValueError):
        vault.put(SCOPE, kind, value)


def test_reveal_fills_in_known_tokens_once(vault: Vault) -> None:
    vault.put(SCOPE, "telefoon", PHONE)
    vault.put(SCOPE, "naam", "[telefoon#1]")
    revealed = vault.reveal(SCOPE, "[naam#1] op [telefoon#1], niet [telefoon#2]")
    assert revealed == f"[telefoon#1] op {PHONE}, niet [telefoon#2]"


def test_tokens_in_a_text_are_found_once_and_in_order() -> None:
    text = "[naam#2] en [telefoon#1] en [naam#2], geen [bsn#1], [naam#0] of [bsn]"
    assert tokens_in(text) == ("[naam#2]", "[telefoon#1]")


def test_token_kinds_come_in_order_without_the_forgotten(vault: Vault) -> None:
    for kind, value in (("telefoon", PHONE), ("naam", "Samira"), ("email", "ouder@example.org")):
        vault.put(SCOPE, kind, value)
    vault.forget(SCOPE, ["[naam#1]"])
    assert list(vault.token_kinds(SCOPE).items()) == [("[telefoon#1]", "telefoon"), ("[email#1]", "email")]


def test_copy_encrypts_anew_and_outlives_the_first_scope(vault: Vault, engine: Engine) -> None:
    token = vault.put(SCOPE, "telefoon", PHONE)
    assert vault.copy(SCOPE, CASE, [token, "[naam#9]"]) == (token,)
    with reading(engine) as connection:
        assert len(set(connection.execute(select(vault_table.c.ciphertext)).scalars())) == 2
    vault.wipe(SCOPE)
    assert vault.get(CASE, token) == PHONE


def test_copying_again_changes_nothing(vault: Vault, engine: Engine) -> None:
    token = vault.put(SCOPE, "telefoon", PHONE)
    vault.copy(SCOPE, CASE, [token])
    before = rows(engine)
    assert vault.copy(SCOPE, CASE, [token]) == (token,)
    assert rows(engine) == before


def test_copy_never_gives_a_token_a_second_meaning(vault: Vault) -> None:
    vault.put(SCOPE, "naam", "Samira")
    vault.put(CASE, "naam", "Karim")
    with pytest.raises(VaultError):
        vault.copy(SCOPE, CASE, ["[naam#1]"])
    vault.forget(CASE, ["[naam#1]"])
    with pytest.raises(VaultError):
        vault.copy(SCOPE, CASE, ["[naam#1]"])


def test_a_forgotten_value_is_gone_and_its_number_is_not_given_out_again(vault: Vault) -> None:
    token = vault.put(SCOPE, "telefoon", PHONE)
    vault.forget(SCOPE, [token])
    assert vault.get(SCOPE, token) is None
    assert vault.reveal(SCOPE, token) == token
    assert vault.put(SCOPE, "telefoon", PHONE) == "[telefoon#2]"


def test_the_work_joins_the_transaction_of_the_caller(vault: Vault, engine: Engine) -> None:
    with pytest.raises(RuntimeError), writing(engine) as connection:
        token = vault.put(SCOPE, "telefoon", PHONE, connection)
        vault.copy(SCOPE, CASE, [token], connection)
        assert vault.get(CASE, token, connection) == PHONE
        raise RuntimeError
    assert rows(engine) == []


def test_wipe_in_the_transaction_of_the_caller_is_undone_with_it(vault: Vault, engine: Engine) -> None:
    token = vault.put(SCOPE, "telefoon", PHONE)
    with pytest.raises(RuntimeError), writing(engine) as connection:
        vault.wipe(SCOPE, connection)
        raise RuntimeError
    assert vault.get(SCOPE, token) == PHONE


def test_wipe_leaves_no_row_of_the_scope_and_keeps_the_others(vault: Vault, engine: Engine) -> None:
    vault.put(SCOPE, "telefoon", PHONE)
    vault.forget(SCOPE, ["[telefoon#1]"])
    vault.put(CASE, "naam", "Samira")
    vault.wipe(SCOPE)
    assert [row[0] for row in rows(engine)] == [CASE]


@pytest.mark.parametrize("how", ["wipe", "forget"])
def test_nothing_stays_in_the_file(vault: Vault, engine: Engine, how: str) -> None:
    for number in range(50):
        vault.put(SCOPE, "naam", f"Naam{number}")
    with reading(engine) as connection:
        found = connection.execute(select(vault_table.c.ciphertext, vault_table.c.fingerprint)).all()
    sealed = [text.encode() for row in found for text in row]
    checkpoint(engine)
    assert all(text in raw_bytes(engine) for text in sealed)
    vault.wipe(SCOPE) if how == "wipe" else vault.forget(SCOPE, vault.token_kinds(SCOPE))
    checkpoint(engine)
    assert not any(text in raw_bytes(engine) for text in sealed)


def test_no_value_stands_readable_in_the_file(vault: Vault, engine: Engine) -> None:
    vault.put(SCOPE, "telefoon", PHONE)
    assert PHONE.encode() not in raw_bytes(engine)


def checkpoint(engine: Engine) -> None:
    """Write the log into the database file and empty it, as SQLite does by itself sooner or later."""
    with engine.connect() as connection:
        raw = connection.connection
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def test_older_keys_still_decrypt_and_rotation_makes_them_superfluous(engine: Engine, keys: Keys) -> None:
    Vault(engine, keys).put(SCOPE, "telefoon", PHONE)
    newest = Fernet.generate_key().decode()
    both = Vault(engine, replace(keys, vault=(newest, *keys.vault)))
    assert both.get(SCOPE, "[telefoon#1]") == PHONE
    assert both.put(SCOPE, "telefoon", PHONE) == "[telefoon#1]"
    assert both.rotate() == 1
    assert Vault(engine, replace(keys, vault=(newest,))).get(SCOPE, "[telefoon#1]") == PHONE


def test_rotation_renews_the_fingerprints(engine: Engine, keys: Keys) -> None:
    Vault(engine, keys).put(SCOPE, "telefoon", PHONE)
    other = Vault(engine, replace(keys, signing="another"))
    other.rotate()
    assert other.put(SCOPE, "telefoon", PHONE) == "[telefoon#1]"


def test_without_the_key_it_says_so_and_shows_nothing(engine: Engine, keys: Keys) -> None:
    Vault(engine, keys).put(SCOPE, "telefoon", PHONE)
    stranger = Vault(engine, replace(keys, vault=(Fernet.generate_key().decode(),)))
    with pytest.raises(VaultError) as caught:
        stranger.get(SCOPE, "[telefoon#1]")
    assert PHONE not in str(caught.value)
    with pytest.raises(VaultError):
        stranger.rotate()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(TOKEN_KINDS), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))))
def test_any_value_round_trips(vault: Vault, entries: list[tuple[str, str]]) -> None:
    vault.wipe(SCOPE)
    tokens = {(kind, value): vault.put(SCOPE, kind, value) for kind, value in entries}
    assert len(set(tokens.values())) == len(tokens)
    assert {entry: vault.get(SCOPE, token) for entry, token in tokens.items()} == {entry: entry[1] for entry in tokens}
    assert vault.reveal(SCOPE, " ".join(tokens.values())) == " ".join(value for _, value in tokens)
