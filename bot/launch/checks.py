"""What is looked at before anything starts; each finding is one line that says what to do."""

import os
import socket
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.settings import Settings

PROCESSES = ("door", "assistant", "actions")


class NotReady(Exception):
    """The house cannot start; the message is the line for the operator."""


def check_all(settings: Settings, root: Path, processes: Iterable[str] = PROCESSES) -> None:
    """Ports of ``processes``, folders and data files.

    Raises:
        NotReady: with the first thing that is wrong.
    """
    check_ports(settings, processes)
    check_folders((settings.var_dir, settings.models_dir))
    check_yaml(root, settings.knowledge_dir)


def check_ports(settings: Settings, processes: Iterable[str] = PROCESSES) -> None:
    """Whether each process can listen where the settings say; all but the door do so on loopback."""
    for name in processes:
        host = settings.door_host if name == "door" else "127.0.0.1"
        _check_port(name, host, getattr(settings, f"{name}_port"))


def _check_port(name: str, host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As the servers do: a port that only waits for its last packets is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise NotReady(
                f"port {port} for the {name} cannot be used on {host} ({reason}): "
                f"stop what uses it, or choose another with OUDERCHAT_{name.upper()}_PORT"
            ) from error


def check_folders(folders: Iterable[Path]) -> None:
    """Whether each folder is there, or can be made, and can be written in."""
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else error
            raise NotReady(f"cannot write in {folder} ({reason}): give yourself the rights to it") from error


def check_yaml(root: Path, knowledge: Path) -> None:
    """Whether every YAML file that Rasa, the actions or the door will read can be parsed."""
    for path in _yaml_files(root, knowledge):
        try:
            _parse(path)
        except MarkedYAMLError as error:
            raise NotReady(f"{_shown(path, root)}{_place(error)}: {_problem(error)}") from error
        except (YAMLError, OSError, UnicodeDecodeError) as error:
            raise NotReady(f"{_shown(path, root)}{_line_of(error)}: {' '.join(str(error).split())}") from error


def _yaml_files(root: Path, knowledge: Path) -> Iterator[Path]:
    for name in ("config.yml", "domain.yml", "endpoints.yml"):
        yield root / name
    for folder in (root / "data", knowledge):
        yield from sorted(path for path in folder.rglob("*") if path.suffix in {".yml", ".yaml"})


def _parse(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    YAML(typ="safe").load(text)


def _place(error: MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    return f":{mark.line + 1}" if mark else ""


def _problem(error: MarkedYAMLError) -> str:
    # The explanation that follows the first line of a problem is for programmers of parsers.
    parts = [str(part).strip().splitlines()[0][:160] for part in (error.context, error.problem) if part]
    begun = error.context_mark
    if begun and error.problem_mark and begun.line != error.problem_mark.line:
        parts.append(f"begun on line {begun.line + 1}")
    return ", ".join(parts) or "cannot be read as YAML"


def _line_of(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f":{error.object[: error.start].count(10) + 1}"
    return ""


def _shown(path: Path, root: Path) -> str:
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
