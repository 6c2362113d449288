"""An ouderadviseur in the conversation: joining, speaking, hearing and leaving, each in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection, Engine

from bot.chat.items import as_entry
from bot.chat.store import Entry, Message, append, by_client_id, lock
from bot.chat.tables import conversations
from bot.chat.takeover_rows import (
    CannotJoin,
    Live,
    as_live,
    claim,
    find_live,
    flag,
    lives,
    mark_answered,
    occupied,
    occupy,
    release,
)
from bot.chat.turn import help_lines
from bot.db import reading, writing
from bot.handoff import audit
from bot.handoff.accounts import Account
from bot.handoff.cases import case_lines, case_notes, cases
from bot.handoff.clock import utc_now
from bot.privacy.masking import mask
from bot.privacy.vault import Vault, case_scope, conversation_scope, tokens_in

__all__ = ["CannotJoin", "Live", "NotInConversation", "Takeover"]


class NotInConversation(Exception):
    """The ouderadviseur is not in this conversation (any more); nothing was said."""


class Takeover:
    """Keeps who speaks with the parent; the conversation, the case and the audit always agree.

    Args:
        engine: the database.
        vault: what is recognised in messages goes there, for the conversation and for the case apart.
        clock: naive UTC.
    """

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime] = utc_now) -> None:
        self._engine, self._vault, self._clock = engine, vault, clock

    def join(self, case_id: str, account: Account) -> Message:
        """Take over: from here on the bot says nothing.

        Returns:
            The message that tells the parent who has joined.

        Raises:
            CannotJoin: nothing was changed.
        """
        now = self._clock()
        with writing(self._engine) as connection:
            row = connection.execute(select(cases).filter_by(id=case_id)).first()
            if row is None:
                raise CannotJoin("gone")
            # This one statement decides between two who click in the same second.
            if not claim(connection, case_id, account.id, now):
                raise CannotJoin("closed" if row.state == "afgesloten" else "taken")
            occupy(connection, row.conversation_id)
            entry = Entry("systeem", _joined(account.first_name), {"meta": {"mens": account.first_name}})
            said = append(connection, row.conversation_id, entry, now)
            connection.execute(update(cases).where(cases.c.id == case_id).values(live_seq=said.seq))
            self._record(connection, "live_joined", case_id, account.id, now)
            return said

    def leave(self, case_id: str, account_id: int, *, dropped: bool = False) -> Message | None:
        """Give the conversation back to the bot.

        Args:
            case_id: the case.
            account_id: who is in it.
            dropped: the browser went away without a word.

        Returns:
            The message that tells the parent; None when somebody else or nobody is in it, or the parent wiped it.
        """
        now = self._clock()
        with writing(self._engine) as connection:
            live = find_live(connection, cases.c.id == case_id, cases.c.live_by == account_id)
            if live is None:
                return None
            release(connection, cases.c.id == case_id)
            free = update(conversations).where(conversations.c.id == live.conversation_id).values(human=False)
            self._record(connection, "live_dropped" if dropped else "live_left", case_id, account_id, now)
            if not connection.execute(free).rowcount:
                return None
            text = (_DROPPED if dropped else _LEFT).format(naam=live.first_name)
            return append(connection, live.conversation_id, Entry("systeem", text, {"meta": {"mens": None}}), now)

    def say(self, case_id: str, account: Account, client_id: str, text: str) -> Message:
        """Say something to the parent; the same id again gives what was said the first time.

        Raises:
            NotInConversation: another case, another ouderadviseur, or it was given back.
        """
        once = f"mens:{client_id}"
        with writing(self._engine) as connection:
            live = find_live(connection, cases.c.id == case_id, cases.c.live_by == account.id)
            if live is None:
                raise NotInConversation
            known = by_client_id(connection, live.conversation_id, once)
            if known:
                return known
            masked = self._masked(connection, conversation_scope(live.conversation_id), text)
            entry = Entry("mens", masked, {"meta": {"naam": account.first_name}}, once=once)
            said = append(connection, live.conversation_id, entry, self._clock())
            kept = self._masked(connection, case_scope(case_id), text)
            self._keep_line(connection, case_id, "mens", kept, said.at)
            return said

    def hear(self, message: Message) -> list[Message] | None:
        """Take in what the parent said to the ouderadviseur: it is answered by nobody else.

        Returns:
            What the door itself says to it: the help lines on danger, or that it came just too early. None when no
            ouderadviseur is in the conversation: then it is for the bot.
        """
        conversation_id = message.conversation_id
        with reading(self._engine) as connection:
            if not occupied(connection, conversation_id):
                return None
        with writing(self._engine) as connection:
            if not lock(connection, conversation_id).human:
                return None
            live = find_live(connection, cases.c.conversation_id == conversation_id)
            if not mark_answered(connection, message) or live is None:
                return []
            replies = self._replies(connection, message, live)
            return [append(connection, conversation_id, reply, self._clock()) for reply in replies]

    def of_conversation(self, conversation_id: str) -> Live | None:
        """Who is in a conversation now."""
        with reading(self._engine) as connection:
            return find_live(connection, cases.c.conversation_id == conversation_id)

    def of_case(self, case_id: str, connection: Connection) -> Live | None:
        """Who is in the conversation of a case now."""
        return find_live(connection, cases.c.id == case_id)

    def all(self) -> list[Live]:
        """Every conversation with an ouderadviseur in it; those that the parent wiped are ended first."""
        with reading(self._engine) as connection:
            exists = select(conversations.c.id)
            gone = connection.execute(
                select(cases.c.id).where(cases.c.live_by.is_not(None), cases.c.conversation_id.not_in(exists))
            ).all()
            found = [as_live(row) for row in connection.execute(lives())]
        if gone:
            with writing(self._engine) as connection:
                release(connection, cases.c.id.in_([row.id for row in gone]))
                for row in gone:
                    audit.record(connection, "live_left", self._clock(), case_id=row.id)
        lost = {row.id for row in gone}
        return [live for live in found if live.case_id not in lost]

    def reveal(self, message: Message) -> str:
        """What was said, in clear: only for who is in the conversation."""
        return self._vault.reveal(conversation_scope(message.conversation_id), message.text)

    def _replies(self, connection: Connection, message: Message, live: Live) -> Sequence[Entry]:
        """Danger shows the help lines here too, and the ouderadviseur sees the flag; in doubt only the help lines."""
        danger = bool(message.extra.get("gevaar"))
        # Without its button: who asks for a human has one here.
        replies = [as_entry(replace(help_lines(), buttons=()))] if danger or message.extra.get("twijfel") else []
        if message.seq < live.since:
            return [*replies, Entry("systeem", _TOO_EARLY.format(naam=live.first_name))]
        self._keep_line(
            connection, live.case_id, "ouder", self._for_case(connection, message, live.case_id), message.at
        )
        if danger:
            flag(connection, live.case_id)
            audit.record(connection, "case_danger", self._clock(), case_id=live.case_id)
        return replies

    def _for_case(self, connection: Connection, message: Message, case_id: str) -> str:
        """The text with tokens of the case in place of those of the conversation, which may go first."""
        text, scope = message.text, conversation_scope(message.conversation_id)
        for token in tokens_in(text):
            value = self._vault.get(scope, token, connection)
            if value is not None:
                kind = token[1:].partition("#")[0]
                text = text.replace(token, f"\0{self._vault.put(case_scope(case_id), kind, value, connection)[1:]}")
        return text.replace("\0", "[")

    def _masked(self, connection: Connection, scope: str, text: str) -> str:
        return mask(text, lambda kind, value: self._vault.put(scope, kind, value, connection)).text

    def _keep_line(self, connection: Connection, case_id: str, author: str, text: str, at: datetime) -> None:
        last = select(func.coalesce(func.max(case_lines.c.seq), 0)).filter_by(case_id=case_id)
        row = {"case_id": case_id, "author": author, "text": text, "at": at}
        connection.execute(insert(case_lines).values(seq=connection.execute(last).scalar() + 1, **row))

    def _record(
        self, connection: Connection, action: audit.Action, case_id: str, account_id: int, now: datetime
    ) -> None:
        audit.record(connection, action, now, account_id, case_id)
        row = {"case_id": case_id, "account_id": account_id, "kind": action, "text": "", "at": now}
        connection.execute(insert(case_notes).values(**row))


_LEFT = (
    "{naam} heeft het gesprek verlaten. U praat weer met de **chatbot**. Uw vraag blijft bij de ouderadviseurs liggen."
)
_DROPPED = (
    "{naam} is niet meer verbonden. U praat weer met de **chatbot**. Wat u schreef, is bewaard bij uw vraag. "
    "Die blijft bij de ouderadviseurs liggen."
)
_TOO_EARLY = (
    "Uw vorige bericht kwam binnen vlak voordat {naam} erbij kwam. {naam} ziet het niet. "
    "Wilt u het vragen? Typ het dan nog eens."
)


def _joined(first_name: str) -> str:
    return (
        f"**{first_name}**, ouderadviseur, is nu in dit gesprek. U praat met een mens. De chatbot zegt niets zolang "
        f"{first_name} er is. {first_name} leest wat u vanaf nu typt."
    )
