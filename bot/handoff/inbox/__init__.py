"""The inbox of the ouderadviseurs: pages in the browser behind a log-in, under ``/inbox``."""

from sanic import Blueprint

from bot.handoff.inbox.account_pages import add_account
from bot.handoff.inbox.case_pages import add_cases
from bot.handoff.inbox.gate import Gate
from bot.handoff.inbox.login_pages import add_login
from bot.handoff.inbox.pages import Pages, add_assets
from bot.handoff.inbox.services import InboxServices
from bot.handoff.inbox.task_pages import add_tasks

__all__ = ["InboxServices", "make_inbox"]


def make_inbox(services: InboxServices) -> Blueprint:
    """The routes of the inbox, to mount on the door.

    Every page sets its own security headers (no scripts, nothing from elsewhere) and is never cached.
    """
    routes = Blueprint("inbox", url_prefix="/inbox")
    gate = Gate(services, Pages(services))
    add_assets(routes)
    add_login(routes, gate)
    add_account(routes, gate)
    add_cases(routes, gate)
    add_tasks(routes, gate)
    return routes
