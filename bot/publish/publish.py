"""Publishing: the check, the difference, a model, and a new assistant that takes over when all of it is good.

What can go on side by side does, each in a process of its own: Rasa's validation, asking the saved questions, and the
new assistant that starts beside the old one. Nothing changes for parents before all of them are done, and good.
"""

from __future__ import annotations

import getpass
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.content import check as checking
from bot.launch.child import module
from bot.launch.training import fingerprint
from bot.publish.beside import Clock, Say
from bot.publish.candidate import candidate
from bot.publish.difference import Difference
from bot.publish.model import Training, ready_model
from bot.publish.parts import Comparison, RasaCheck
from bot.publish.publications import Busy, Publication, Publications
from bot.publish.responses import changed_topics
from bot.publish.stopped import Stopped
from bot.settings import Settings


@dataclass(frozen=True)
class Order:
    """What to publish, and how.

    Attributes:
        root: the folder with the content.
        by: who publishes.
        note: what is different.
        agree: asked with the difference; False stops.
        compare: the command that writes the difference of a folder to a file; None leaves it out.
        train: the command that makes a model in the folder given behind it.
        rasa: the command that writes what Rasa's own validation says to a file; None leaves it out.
    """

    root: Path
    by: str = ""
    note: str = ""
    agree: Callable[[Difference], bool] = lambda found: True
    compare: tuple[str, ...] | None = module("bot.publish.comparing")
    train: tuple[str, ...] = module("bot.publish.train")
    rasa: tuple[str, ...] | None = module("bot.content.rasa_run")


def publish(order: Order, settings: Settings, say: Say) -> Publication:
    """Publish what is in a folder.

    Raises:
        Stopped: it was refused, or the new assistant was; what was in use stays in use.
    """
    with alone(Publications(settings)), ExitStack() as ending:
        return _Publishing(order, settings, Clock(say), ending).run()


def go_back(settings: Settings, number: int | None, say: Say) -> Publication:
    """Use an earlier publication; without a number the one before the one in use.

    Raises:
        Stopped: there is none, or it was refused.
    """
    publications = Publications(settings)
    with alone(publications):
        active, made = publications.active(), publications.all()
        earlier = [one for one in made if active and one.number < active.number and publications.was_used(one)]
        wanted = publications.get(number) if number is not None else earlier[-1] if earlier else None
        if wanted is None or (active and wanted.number == active.number):
            raise Stopped("Er is geen eerdere publicatie om naar terug te gaan.")
        clock = Clock(say)
        clock.say(f"Terug naar publicatie {wanted.shown()}")
        use(wanted, settings, clock)
        return wanted


def use(wanted: Publication, settings: Settings, clock: Clock) -> None:
    """Let a publication take over, in the service that runs or for its next start.

    Raises:
        Stopped: the new assistant was refused.
    """
    new = candidate(wanted, settings, clock.say)
    try:
        clock.wait([new])
        new.take_over()
    finally:
        new.end()


@contextmanager
def alone(publications: Publications) -> Iterator[None]:
    """One at a time; what an earlier attempt left is cleared away.

    Raises:
        Stopped: somebody else is publishing.
    """
    try:
        with publications.publishing():
            publications.clear_up()
            yield
    except Busy as error:
        raise Stopped("Iemand anders is nu aan het publiceren. Probeer het zo weer.") from error


class _Publishing:
    """One publication under way."""

    def __init__(self, order: Order, settings: Settings, clock: Clock, ending: ExitStack) -> None:
        self._order, self._settings, self._clock, self._ending = order, settings, clock, ending
        self._publications = Publications(settings)
        self._content = fingerprint(settings, order.root)

    def run(self) -> Publication:
        say = self._clock.say
        folder = Path(
            self._ending.enter_context(tempfile.TemporaryDirectory(dir=self._publications.folder, prefix=".train-"))
        )
        rasa, comparison = self._start(folder)
        say("1. Controle. Rasa leest intussen mee, en de opgeslagen vragen worden gesteld.")
        self._check()
        say("2. Het model")
        made = self._keep(self._model(folder, rasa, comparison))
        say("3. De nieuwe assistent")
        try:
            self._try(made, rasa, comparison)
        finally:
            self._publications.discard(made)
        return made

    def _start(self, folder: Path) -> tuple[RasaCheck | None, Comparison | None]:
        order, logs = self._order, self._settings.var_dir / "logs"
        rasa = compare = None
        if order.rasa:
            rasa = RasaCheck(order.rasa, order.root, folder, logs, self._clock.say)
            self._ending.callback(rasa.end)
        if order.compare:
            compare = Comparison(order.compare, order.root, folder, logs, self._clock.say)
            self._ending.callback(compare.end)
        return rasa, compare

    def _check(self) -> None:
        """Raises Stopped when there is something to mend."""
        root, say = self._order.root, self._clock.say
        changed = changed_topics(root, self._publications)
        found = checking.complaints_about(root)
        wrong = [one for one in found if not one.advice or (one.topic and one.topic in changed)]
        for one in wrong:
            say(f"  {replace(one, needed=one.advice).shown(root)}")
        if wrong:
            say(f"  {checking.in_points(len(wrong))} om te verbeteren.")
            raise Stopped("De controle vond iets om te verbeteren. Er is niets gepubliceerd.")
        advice = len(found) - len(wrong)
        others = f" ({advice} keer advies bij antwoorden die u niet veranderde: inhoud controleer)" if advice else ""
        say(f"  Antwoorden, berichten en kennis: goed{others}")

    def _model(self, folder: Path, rasa: RasaCheck | None, comparison: Comparison | None) -> Path:
        order, clock = self._order, self._clock
        ready = ready_model(order.root, self._settings, self._content, folder, clock)
        if ready is not None:
            return ready
        meanwhile = [comparison] if comparison else []
        if rasa is not None:
            clock.wait([rasa], meanwhile)  # what Rasa will not read, it cannot learn either
        training = Training(order.train, order.root, self._settings, folder)
        self._ending.callback(training.end)
        clock.say(f"  De assistent leert de berichten; dit duurt een of twee minuten. Het verloop: {training.log}")
        clock.wait([training], meanwhile)
        return training.model()

    def _keep(self, model: Path) -> Publication:
        order = self._order
        if fingerprint(self._settings, order.root) != self._content:
            raise Stopped("Er veranderde een bestand tijdens het publiceren. Begin opnieuw.")
        return self._publications.keep(order.root, model, self._content[:12], order.by or getpass.getuser(), order.note)

    def _try(self, made: Publication, rasa: RasaCheck | None, comparison: Comparison | None) -> None:
        """Raises Stopped when anything is not good; then it is ended, and nobody noticed."""
        clock = self._clock
        new = candidate(made, self._settings, clock.say)
        try:
            clock.wait([new, *([rasa] if rasa else []), *([comparison] if comparison else [])])
            clock.say("4. Het verschil met wat nu gepubliceerd is")
            if comparison is not None and not self._order.agree(comparison.found()):
                raise Stopped("Er is niets gepubliceerd.")
            clock.say("5. Overnemen")
            new.take_over()
            clock.say(f"  Klaar in {clock.seconds:.0f} seconden.")
        finally:
            new.end()
