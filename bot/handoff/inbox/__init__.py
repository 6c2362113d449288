"""The inbox of the ouderadviseurs: pages in the browser behind a log-in, under ``/inbox``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint

from bot.handoff.inbox.account_pages import add_account
from bot.handoff.inbox.case_pages import add_cases
from bot.handoff.inbox.gate import Gate
from bot.handoff.inbox.live_pages import add_live
from bot.handoff.inbox.login_pages import add_login
from bot.handoff.inbox.pages import Pages, add_assets
from bot.handoff.inbox.services import InboxServices
from bot.handoff.inbox.task_pages import add_tasks
from bot.handoff.inbox.work_pages import add_work

if TYPE_CHECKING:
    from bot.chat.live import LiveDesk

__all__ = ["InboxServices", "make_inbox"]


def make_inbox(services: InboxServices, live: LiveDesk) -> Blueprint:
    """The routes of the inbox, to mount on the door.

    Every page sets its own security headers (scripts of the inbox itself, nothing from elsewhere) and is never cached.

    Args:
        services: what the pages work with.
        live: the conversations of the door that it is mounted on.
    """
    routes = Blueprint("inbox", url_prefix="/inbox")
    gate = Gate(services, Pages(services))
    add_assets(routes)
    add_login(routes, gate, live)
    add_account(routes, gate)
    add_cases(routes, gate, live)
    add_work(routes, gate)
    add_live(routes, gate, live)
    add_tasks(routes, gate)
    return routes
