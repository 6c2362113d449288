"""What goes on beside the rest of publishing: Rasa's own validation, and asking the saved questions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from yaml import YAMLError

from bot.content.kept import keep, kept_file
from bot.content.rasa_validation import check_settings, what_rasa_said
from bot.content.reading import read_content
from bot.publish.beside import Beside, Say
from bot.publish.difference import Difference, difference_from_json
from bot.publish.learning import validated_digest
from bot.publish.stopped import Stopped


class RasaCheck:
    """``rasa data validate`` on a folder."""

    name = "de controle door Rasa"

    def __init__(self, command: Sequence[str], root: Path, folder: Path, logs: Path, say: Say) -> None:
        """Starts it.

        Args:
            command: writes what Rasa says to the file behind it.
            root: the folder with the content; the command runs in it.
            folder: for that file.
            logs: for what the command tells.
            say: takes the lines for staff.
        """
        self._root, self._result, self._say, self._done = root, folder / "rasa.json", say, False
        self._good = _good_before(root)
        self._work: Beside | None = None
        if self._good is None or not self._good.exists():
            self._work = Beside(self.name, (*command, str(self._result)), logs / "controle.log", root)

    def look(self) -> bool:
        """See :class:`bot.publish.beside.Part`."""
        if not self._done and self._work is None:
            self._say("  Controle door Rasa: goed; sinds de vorige keer veranderden er alleen teksten")
            self._done = True
        elif not self._done and self._work is not None:
            code = self._work.ended()
            self._done = code is not None
            if code is not None:
                self._judge(self._work, code)
        return self._done

    def _judge(self, work: Beside, code: int) -> None:
        """Raises Stopped when Rasa does not agree."""
        content, _ = read_content(self._root)
        log = work.log.read_text(encoding="utf-8", errors="replace")
        found = check_settings(content) or sorted(what_rasa_said(content, code, log, self._result))
        for complaint in found:
            self._say(f"  {complaint.shown(self._root)}")
        if found:
            raise Stopped("Rasa vond iets om te verbeteren. Er is niets gepubliceerd.")
        self._say("  Controle door Rasa: goed")
        # Only when the files are still those that Rasa read.
        if self._good is not None and self._good == _good_before(self._root):
            keep(self._good, b"goed")

    def end(self) -> None:
        """End it, if it still runs."""
        if self._work is not None:
            self._work.end()


def _good_before(root: Path) -> Path | None:
    """The file that is there when Rasa agreed with all that it looks at; None when the files cannot be read."""
    try:
        return kept_file(root, "rasa", validated_digest(root))
    except (OSError, YAMLError):
        return None


class Comparison:
    """The saved questions, to the published assistant and to the changed one."""

    name = "de opgeslagen vragen"

    def __init__(self, command: Sequence[str], root: Path, folder: Path, logs: Path, say: Say) -> None:
        """Starts it; see :class:`RasaCheck`. The command gets the folder with the content, and the file."""
        self._result, self._say = folder / "verschil.json", say
        self._work = Beside(self.name, (*command, str(root), str(self._result)), logs / "verschil.log", root)

    def look(self) -> bool:
        """See :class:`bot.publish.beside.Part`."""
        code = self._work.ended()
        self._work.tell(lambda line: self._say(f"  Verschil: {line.strip()}"))
        if code is not None and code != 0:
            raise Stopped(f"Het verschil kon niet worden gemaakt; zie {self._work.log}. Er is niets gepubliceerd.")
        return code == 0

    def found(self) -> Difference:
        """What came of it."""
        return difference_from_json(self._result.read_text(encoding="utf-8"))

    def end(self) -> None:
        """End it, if it still runs."""
        self._work.end()
