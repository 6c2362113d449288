"""Publishing: check, difference, training, ten questions, and then the new assistant takes over."""

from __future__ import annotations

import asyncio
import getpass
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.content import check as checking
from bot.launch.child import Child, end_all, environment, module
from bot.launch.handover import Refused, Trial
from bot.launch.training import fingerprint, is_current
from bot.publish.difference import Difference
from bot.publish.mailbox import Mailbox
from bot.publish.publications import Publication, Publications
from bot.publish.responses import responses_of
from bot.settings import Settings
from bot.training import newest_model

Say = Callable[[str], None]
WAIT_SECONDS = 600.0


class Stopped(Exception):
    """Nothing was published; the message is Dutch and says why."""


@dataclass(frozen=True)
class Order:
    """What to publish, and how.

    Attributes:
        root: the folder with the content.
        by: who publishes.
        note: what is different.
        compare: gives the difference; None leaves it out.
        agree: asked with the difference; False stops.
        train: the command that makes a model in the folder given behind it.
        with_rasa: also Rasa's own validation.
    """

    root: Path
    by: str = ""
    note: str = ""
    compare: Callable[[], Difference] | None = None
    agree: Callable[[Difference], bool] = lambda found: True
    train: tuple[str, ...] = module("bot.publish.train")
    with_rasa: bool = True


def publish(order: Order, settings: Settings, say: Say) -> Publication:
    """Publish what is in a folder.

    Raises:
        Stopped: it was refused, or the new assistant was; what was in use stays in use.
    """
    publications = Publications(settings)
    publications.folder.mkdir(parents=True, exist_ok=True)
    content = fingerprint(settings, order.root)
    say("1. Controle")
    _check(order, publications, say)
    say("2. Verschil met wat nu gepubliceerd is")
    if order.compare is not None and not order.agree(order.compare()):
        raise Stopped("Er is niets gepubliceerd.")
    say("3. Trainen")
    with tempfile.TemporaryDirectory(dir=publications.folder, prefix=".train-") as folder:
        model = _model(order, settings, content, Path(folder), say)
        if fingerprint(settings, order.root) != content:
            raise Stopped("Er veranderde een bestand tijdens het publiceren. Begin opnieuw.")
        made = publications.keep(order.root, model, content[:12], order.by or getpass.getuser(), order.note)
    say("4. Tien vaste vragen, en overnemen")
    use(made, settings, say)
    return made


def go_back(settings: Settings, number: int | None, say: Say) -> Publication:
    """Use an earlier publication; without a number the one before the one in use.

    Raises:
        Stopped: there is none, or it was refused.
    """
    publications = Publications(settings)
    active, made = publications.active(), publications.all()
    earlier = [one for one in made if active is not None and one.number < active.number]
    wanted = publications.get(number) if number is not None else earlier[-1] if earlier else None
    if wanted is None or (active and wanted.number == active.number):
        raise Stopped("Er is geen eerdere publicatie om naar terug te gaan.")
    say(f"Terug naar publicatie {wanted.shown()}")
    use(wanted, settings, say)
    return wanted


def use(wanted: Publication, settings: Settings, say: Say) -> None:
    """Let a publication take over, in the service that runs or for its next start.

    Raises:
        Stopped: the new assistant was refused.
    """
    publications = Publications(settings)
    if publications.is_served():
        mailbox = Mailbox(publications.folder)
        report = mailbox.wait(mailbox.ask(wanted.number), WAIT_SECONDS, say)
        if not report.good:
            raise Stopped(report.lines[-1])
        return
    _try_out(wanted, settings, say)
    publications.activate(wanted)
    say(f"De dienst draait nu niet. Bij de volgende start is publicatie {wanted.number} in gebruik.")


def _try_out(wanted: Publication, settings: Settings, say: Say) -> None:
    """The ten questions, with an assistant and actions of their own that are ended afterwards."""
    from bot.launch.house import the_house

    house = the_house(settings)
    assert house.assistant is not None
    trial = Trial(settings, house.assistant, wanted, say)
    extra = {"OUDERCHAT_KNOWLEDGE_DIR": str(Publications(settings).path(wanted) / "knowledge")}
    actions = Child("actions", module("actions"), settings.var_dir / "logs" / "actions-proef.log", extra=extra)
    actions.rotate()
    actions.start()
    try:
        trial.run_to_end()
    except Refused as error:
        raise Stopped(str(error)) from error
    finally:
        end_all([child for child in (trial.child, actions) if child is not None])


def _check(order: Order, publications: Publications, say: Say) -> None:
    changed = changed_topics(order.root, publications)
    wrong = checking.check(order.root, say, with_rasa=order.with_rasa)
    strict = [
        complaint
        for complaint in checking.complaints_about(order.root)
        if complaint.advice and complaint.topic and complaint.topic in changed
    ]
    for complaint in strict:
        say(f"  Bij publiceren verplicht: {complaint.shown(order.root)}")
    if wrong or strict:
        raise Stopped("De controle vond iets om te verbeteren. Er is niets gepubliceerd.")


def changed_topics(root: Path, publications: Publications) -> set[str]:
    """The topics whose answer is another than the published one; none while nothing was published."""
    if publications.active() is None:
        return set()
    now, before = responses_of(root), responses_of(publications.link)
    return {name.removeprefix("utter_") for name, variants in now.items() if before.get(name) != variants}


def _model(order: Order, settings: Settings, content: str, folder: Path, say: Say) -> Path:
    newest = newest_model(settings.models_dir)
    if newest is not None and is_current(settings, content):
        say("  Het model is er al.")
        return newest
    log = settings.var_dir / "logs" / "train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    say(f"  Dit duurt een paar minuten; het verloop staat in {log}.")
    with log.open("wb") as output:
        command = [*order.train, str(folder)]
        ended = subprocess.run(command, cwd=order.root, env=environment(), stdout=output, stderr=output, check=False)
    model = newest_model(folder)
    if ended.returncode != 0 or model is None:
        raise Stopped(f"Het trainen mislukte; zie {log}. Er is niets gepubliceerd.")
    return model


def compared(root: Path, settings: Settings, say: Say) -> Difference:
    """The difference with what is published now; learns and asks in this process.

    Raises:
        Stopped: there is nothing to compare with.
    """
    from bot.chat.assistant import quiet_logging

    quiet_logging()
    from bot.publish.compare import NothingPublished, compare, published
    from bot.report.asked import asked_questions

    try:
        return asyncio.run(compare(root, published(settings, root), say, asked_questions(root, settings)))
    except NothingPublished as error:
        raise Stopped(str(error)) from error
