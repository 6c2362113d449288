"""The vault: what the hand-off needs (name, phone, e-mail), encrypted.

Everything else sees tokens such as ``[telefoon#1]``.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import Column, DateTime, String, Table, Text, delete, insert, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.row import Row

from bot.db import metadata, reading, writing
from bot.keys import Keys

TOKEN_KINDS = ("telefoon", "email", "naam")
"""Kinds that are kept under a token. BSN, IBAN, birth date and address are never stored."""

_TOKEN = re.compile(rf"\[({'|'.join(TOKEN_KINDS)})#([1-9][0-9]{{0,5}})\]")

vault_table = Table(
    "vault",
    metadata,
    Column("scope", String(80), primary_key=True),
    Column("token", String(32), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("fingerprint", String(64), nullable=True),
    Column("ciphertext", Text, nullable=True),
    Column("created", DateTime, nullable=False),
)
"""One row per token. A forgotten token keeps its row without value, so that its number never gets a second meaning."""


class VaultError(Exception):
    """A stored value cannot be used: no key of this installation fits it, or a token would get a second meaning."""


def conversation_scope(conversation_id: str) -> str:
    """The scope of a conversation."""
    return f"gesprek:{conversation_id}"


def case_scope(case_id: object) -> str:
    """The scope of a case; it outlives the conversation from which it was copied."""
    return f"zaak:{case_id}"


def tokens_in(text: str) -> tuple[str, ...]:
    """The tokens that stand in ``text``, each once, in order."""
    return tuple(dict.fromkeys(match.group() for match in _TOKEN.finditer(text)))


class Vault:
    """Encrypted values by scope and token.

    Every method takes an optional ``connection``: with it the work joins the transaction of the caller (opened with
    :func:`bot.db.writing`), without it the method opens its own. Inside a writing transaction always pass it on: a
    second transaction of the same thread waits for the first in vain.

    Args:
        engine: the database.
        keys: the first key of ``keys.vault`` encrypts, all of them decrypt; ``keys.signing`` makes the fingerprints.
    """

    def __init__(self, engine: Engine, keys: Keys) -> None:
        self._engine = engine
        self._fernet = MultiFernet([Fernet(key) for key in keys.vault])
        self._signing = keys.signing.encode()

    def put(self, scope: str, kind: str, value: str, connection: Connection | None = None) -> str:
        """Keep ``value`` and return its token; the same value in the same scope has the same token.

        Raises:
            ValueError: ``kind`` is not one of :data:`TOKEN_KINDS`, or the value is empty.
        """
        if kind not in TOKEN_KINDS or not value:
            raise ValueError(f"the vault keeps {', '.join(TOKEN_KINDS)}, not an empty value or {kind!r}")
        fingerprint = self._fingerprint(scope, kind, value)
        with self._write(connection) as tx:
            known = select(vault_table.c.token).filter_by(scope=scope, fingerprint=fingerprint)
            token: str | None = tx.execute(known).scalar()
            if token is None:
                token = f"[{kind}#{_next_number(tx, scope, kind)}]"
                self._insert(tx, scope, token, kind, value)
        return token

    def get(self, scope: str, token: str, connection: Connection | None = None) -> str | None:
        """The value of a token, or None when the scope does not hold it.

        Raises:
            VaultError: no key fits.
        """
        with self._read(connection) as tx:
            query = select(vault_table.c.ciphertext).filter_by(scope=scope, token=token)
            ciphertext: str | None = tx.execute(query).scalar()
        return None if ciphertext is None else self._decrypt(ciphertext)

    def reveal(self, scope: str, text: str, connection: Connection | None = None) -> str:
        """``text`` with the tokens of the scope replaced by their values; unknown tokens stay as they are.

        Raises:
            VaultError: no key fits.
        """
        tokens = tokens_in(text)
        if not tokens:
            return text
        with self._read(connection) as tx:
            values = {row.token: self._decrypt(row.ciphertext) for row in _rows(tx, scope, tokens) if row.ciphertext}
        # One pass: a value that looks like a token is not looked up again.
        return _TOKEN.sub(lambda match: values.get(match.group(), match.group()), text)

    def sign(self, message: str) -> bytes:
        """A value that only this installation can make of ``message``; it tells nothing about its secrets."""
        return hmac.new(self._signing, f"sign\x00{message}".encode(), hashlib.sha256).digest()

    def token_kinds(self, scope: str, connection: Connection | None = None) -> dict[str, str]:
        """The tokens of a scope with their kinds, in the order in which they came; nothing is decrypted."""
        query = select(vault_table.c.token, vault_table.c.kind).filter_by(scope=scope)
        query = query.where(vault_table.c.ciphertext.is_not(None)).order_by(vault_table.c.created, vault_table.c.token)
        with self._read(connection) as tx:
            return {row.token: row.kind for row in tx.execute(query)}

    def copy(
        self, from_scope: str, to_scope: str, tokens: Iterable[str], connection: Connection | None = None
    ) -> tuple[str, ...]:
        """Copy values to another scope under the same tokens, encrypted anew; repeating it changes nothing.

        Returns:
            The tokens that ``to_scope`` holds afterwards. One that ``from_scope`` does not hold (a parent can type
            the text of a token) is left out.

        Raises:
            VaultError: in ``to_scope`` one of the tokens holds another value or was forgotten, or no key fits.
        """
        wanted = tuple(tokens)
        with self._write(connection) as tx:
            held = {row.token: row for row in _rows(tx, to_scope, wanted)}
            rows = [row for row in _rows(tx, from_scope, wanted) if row.ciphertext is not None]
            for row in rows:
                self._copy_row(tx, row, to_scope, held.get(row.token))
        return tuple(row.token for row in rows)

    def keep(self, scope: str, name: str, value: str, connection: Connection | None = None) -> None:
        """Keep a secret of the house itself under a name; :meth:`get` reads it. It is no token and never in a text."""
        with self._write(connection) as tx:
            self.drop(scope, name, tx)
            self._insert(tx, scope, name, name, value)

    def drop(self, scope: str, name: str, connection: Connection | None = None) -> None:
        """Remove what :meth:`keep` kept."""
        with self._write(connection) as tx:
            tx.execute(delete(vault_table).where(vault_table.c.scope == scope, vault_table.c.token == name))

    def forget(self, scope: str, tokens: Iterable[str], connection: Connection | None = None) -> None:
        """Remove the values of single tokens; their numbers are not given out again in this scope."""
        with self._write(connection) as tx:
            chosen = (vault_table.c.scope == scope) & vault_table.c.token.in_(tuple(tokens))
            tx.execute(update(vault_table).where(chosen).values(fingerprint=None, ciphertext=None))

    def wipe(self, scope: str, connection: Connection | None = None) -> None:
        """Remove everything of a scope."""
        with self._write(connection) as tx:
            tx.execute(delete(vault_table).where(vault_table.c.scope == scope))

    def rotate(self, connection: Connection | None = None) -> int:
        """Encrypt every value with the first key, so that older keys can be thrown away.

        Returns:
            The number of values.

        Raises:
            VaultError: no key fits one of them; nothing has changed then.
        """
        with self._write(connection) as tx:
            rows = tx.execute(select(vault_table).where(vault_table.c.ciphertext.is_not(None))).all()
            for row in rows:
                value = self._decrypt(row.ciphertext)
                place = (vault_table.c.scope == row.scope) & (vault_table.c.token == row.token)
                tx.execute(update(vault_table).where(place).values(**self._sealed(row.scope, row.kind, value)))
        return len(rows)

    def _copy_row(self, tx: Connection, row: Row, to_scope: str, held: Row | None) -> None:
        value = self._decrypt(row.ciphertext)
        if held is None:
            self._insert(tx, to_scope, row.token, row.kind, value)
        elif held.ciphertext is None or self._decrypt(held.ciphertext) != value:
            raise VaultError(f"{row.token} has another meaning in {to_scope}")

    def _insert(self, tx: Connection, scope: str, token: str, kind: str, value: str) -> None:
        created = datetime.now(timezone.utc).replace(tzinfo=None)
        sealed = self._sealed(scope, kind, value)
        tx.execute(insert(vault_table).values(scope=scope, token=token, kind=kind, created=created, **sealed))

    def _sealed(self, scope: str, kind: str, value: str) -> dict[str, str]:
        ciphertext = self._fernet.encrypt(value.encode()).decode()
        return {"ciphertext": ciphertext, "fingerprint": self._fingerprint(scope, kind, value)}

    def _fingerprint(self, scope: str, kind: str, value: str) -> str:
        # With the scope in it, fingerprints do not tell that two conversations come from the same person.
        message = f"vault\x00{scope}\x00{kind}\x00{value}"
        return hmac.new(self._signing, message.encode(), hashlib.sha256).hexdigest()

    def _decrypt(self, ciphertext: str) -> str:
        try:
            return self._fernet.decrypt(ciphertext.encode()).decode()
        except InvalidToken:
            # Without the cause: nothing of the value may reach a log.
            raise VaultError("a stored value fits none of the vault keys; put back the file with secrets") from None

    @contextmanager
    def _write(self, connection: Connection | None) -> Iterator[Connection]:
        if connection is not None:
            yield connection
        else:
            with writing(self._engine) as own:
                yield own

    @contextmanager
    def _read(self, connection: Connection | None) -> Iterator[Connection]:
        if connection is not None:
            yield connection
        else:
            with reading(self._engine) as own:
                yield own


def _rows(tx: Connection, scope: str, tokens: tuple[str, ...]) -> list[Row]:
    chosen = (vault_table.c.scope == scope) & vault_table.c.token.in_(tokens)
    return list(tx.execute(select(vault_table).where(chosen)))


def _next_number(tx: Connection, scope: str, kind: str) -> int:
    given = tx.execute(select(vault_table.c.token).filter_by(scope=scope, kind=kind)).scalars()
    matches = (_TOKEN.fullmatch(token) for token in given)
    return 1 + max((int(match.group(2)) for match in matches if match), default=0)
