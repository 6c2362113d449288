"""``make shell``: ``rasa shell`` with the actions beside it, so that look-ups and the hand-off work there too."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

from bot.launch.checks import NotReady, check_all
from bot.launch.child import Child, end_all, environment, module
from bot.launch.console import Console
from bot.launch.signals import Stop
from bot.launch.training import TrainingFailed, train_if_needed
from bot.nlu.language_package import LanguageModelError
from bot.settings import ROOT, Settings, get_settings

START_SECONDS = 60.0
_GRACE_SECONDS = 5.0


def run(
    settings: Settings,
    shell: Sequence[str] = (),
    actions: Sequence[str] = module("actions"),
    root: Path = ROOT,
    console: Console | None = None,
) -> int:
    """Train when needed, start the actions, give the terminal to the shell, and end the actions after it.

    Args:
        settings: ports and folders.
        shell: the command in the foreground; default ``rasa shell`` with the newest model.
        actions: the command of the actions.
        root: where data and configuration are.
        console: where to write.

    Returns:
        The exit status of the shell; 1 when it was not started.
    """
    console, stop = console or Console(), Stop()
    child = Child("actions", actions, settings.var_dir / "logs" / "actions.log", root)
    command = shell or module(
        "rasa", "shell", "--model", str(settings.models_dir), "--port", str(settings.assistant_port)
    )
    try:
        with stop.listening():
            check_all(settings, root, ("assistant", "actions"))
            train_if_needed(settings, console, stop, root)
            return _with_actions(child, settings.actions_port, command, root, stop)
    except (NotReady, TrainingFailed, LanguageModelError) as error:
        console.line(f"error: {error}")
        return 1


def _with_actions(child: Child, port: int, command: Sequence[str], root: Path, stop: Stop) -> int:
    child.rotate()
    child.start()
    try:
        _wait_for(child, port, stop)
        return 0 if stop.asked else _foreground(command, root, stop)
    finally:
        end_all([child])


def _wait_for(child: Child, port: int, stop: Stop) -> None:
    waited = 0.0
    while not stop.asked:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if not child.running() or waited > START_SECONDS:
            raise NotReady("\n".join([f"the actions do not start; the end of {child.log}:", *child.last_lines()]))
        stop.sleep(0.2)
        waited += 0.2


def _foreground(command: Sequence[str], root: Path, stop: Stop) -> int:
    # In our own process group: it reads the terminal and hears Ctrl-C itself.
    with subprocess.Popen(command, cwd=root, env=environment()) as shell:
        while shell.poll() is None and not stop.asked:
            stop.sleep(0.1)
        try:
            return shell.wait(_GRACE_SECONDS if stop.asked else None)
        except subprocess.TimeoutExpired:
            shell.terminate()
            return shell.wait()


if __name__ == "__main__":
    raise SystemExit(run(get_settings()))
