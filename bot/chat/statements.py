"""The statements of every message, built once: building them anew costs more than running them."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, case, false, func, insert, select, true, update

from bot.chat.tables import conversations, messages

_OF_CONVERSATION = messages.c.conversation_id == bindparam("conversation")
_OF_CLIENT = messages.c.client_id == bindparam("client")

FIND = select(conversations.c.id, conversations.c.human).where(conversations.c.token_hash == bindparam("token_hash"))
"""The conversation that a token opens."""

BY_CLIENT_ID = select(messages).where(_OF_CONVERSATION, _OF_CLIENT)
"""The message with the id that a client gave it."""

LOCK = select(conversations.c.human).where(conversations.c.id == bindparam("conversation")).with_for_update()
"""On SQLite the transaction itself is the lock; elsewhere the row keeps the numbers of messages in order."""

TOUCH = (
    update(conversations).where(conversations.c.id == bindparam("conversation")).values(last_active=bindparam("now"))
)
"""The parent wrote something; locks the conversation as well."""

LAST_AND_KNOWN = select(
    func.max(messages.c.seq).label("last"),
    func.max(case((_OF_CLIENT, messages.c.seq))).label("known"),
).where(_OF_CONVERSATION)
"""The number of the last message, and of the one with the id of the client when there is one."""

LAST = select(func.max(messages.c.seq)).where(_OF_CONVERSATION)

APPEND = insert(messages)

MARK_ANSWERED = (
    update(messages).where(and_(_OF_CONVERSATION, _OF_CLIENT, messages.c.answered == false())).values(answered=true())
)

UNANSWERED = select(messages).where(_OF_CONVERSATION, messages.c.answered == false()).order_by(messages.c.seq)
"""The messages of a parent that wait for a reply, in order."""

AFTER = select(messages).where(_OF_CONVERSATION, messages.c.seq > bindparam("seq")).order_by(messages.c.seq)

RECENT_REPLIES = (
    select(messages).where(_OF_CONVERSATION, messages.c.author == "bot").order_by(messages.c.seq.desc()).limit(20)
)
