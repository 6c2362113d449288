"""Getting the pinned spaCy package: from its official release or a file, checked, unpacked aside, then put in place."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import queue
import shutil
import stat
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from packaging.specifiers import InvalidSpecifier, SpecifierSet

NAME = "nl_core_news_sm"
VERSION = "3.4.0"
RELEASE = (
    f"https://github.com/explosion/spacy-models/releases/download/{NAME}-{VERSION}/{NAME}-{VERSION}-py3-none-any.whl"
)
SOURCE_VARIABLE = "OUDERCHAT_SPACY_MODEL"
"""Environment variable with a local file, or the URL of a mirror, in place of the release."""

ANSWER_SECONDS = 8.0
"""How long the site may take until its answer begins, names and redirects included, and between two parts of it."""

_DAMAGES = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What zipfile and json raise on a file that was cut off or is something else."""

_MOST_BYTES = 400_000_000
"""Unpacked size above which a package is not this one: it has 13 MB packed."""

_HASH_FILE = ".sha256"

Progress = Callable[[int, int], None]


class LanguageModelError(Exception):
    """The language model cannot be used; the message says why and what to do."""


class Unreachable(LanguageModelError):
    """The package cannot be had from where it was sought."""


def folder(directory: Path) -> Path:
    """Where in ``directory`` the unpacked package is, or will be."""
    return directory / f"{NAME}-{VERSION}"


def install(directory: Path, source: str = "", progress: Progress = lambda received, total: None) -> None:
    """Put the package in ``directory``; does nothing when it is there and no other file is given.

    The SHA-256 of the first download is kept beside it and every later download must have the same. A local file is
    the operator's own choice: its content is checked, its hash is not compared.

    Args:
        directory: settings.language_models_dir.
        source: a file, or a URL; empty for the official release.
        progress: called with the bytes received and expected.

    Raises:
        Unreachable: one attempt, and no package within about ten seconds.
        LanguageModelError: it is not the package that was asked for; nothing was changed.
    """
    if folder(directory).exists() and not source:
        return
    with _aside(directory) as aside:
        package, origin = _fetch(source or RELEASE, aside / "package.whl", progress)
        record = {"name": NAME, "version": VERSION, "sha256": _sha256(package), "source": origin}
        if origin != "file":
            _compare(directory, record)
        if _installed(directory) == record["sha256"]:
            return
        unpacked = _unpack(package, aside)
        (unpacked / _HASH_FILE).write_text(record["sha256"])
        _put_in_place(unpacked, folder(directory), aside)
        if origin != "file":
            _record_path(directory).write_text(json.dumps(record, indent=2) + "\n")


@contextmanager
def _aside(directory: Path) -> Iterator[Path]:
    # In the same file system as the goal, so that a rename puts a whole package in place or none.
    directory.mkdir(parents=True, exist_ok=True)
    path = Path(tempfile.mkdtemp(prefix=".aside-", dir=directory))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _fetch(source: str, target: Path, progress: Progress) -> tuple[Path, str]:
    """The package as a file, and where it is from: a URL or ``file``."""
    if not source.startswith(("http://", "https://")):
        path = Path(source).expanduser()
        if not path.is_file():
            raise Unreachable(f"{path} is not a file; give the .whl file of {NAME} {VERSION} in {SOURCE_VARIABLE}")
        return path, "file"
    try:
        _download(source, target, progress)
    except http.client.IncompleteRead as error:
        raise LanguageModelError(f"the download from {source} stopped halfway: run this again") from error
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable(f"no answer from {source} ({getattr(error, 'reason', error)})") from error
    return target, source


def _download(url: str, target: Path, progress: Progress) -> None:
    with _open(url) as response, target.open("wb") as file:
        if response.headers.get_content_type() == "text/html":
            raise OSError("it answers with a web page")
        expected, received = int(response.headers.get("Content-Length", 0)), 0
        while part := response.read(1 << 18):
            file.write(part)
            received += len(part)
            progress(received, max(expected, received))
    if received < expected:
        raise http.client.IncompleteRead(b"", expected - received)


def _open(url: str) -> Any:
    """The response, or TimeoutError: a timeout of the socket would not count name servers nor several addresses."""
    answer: queue.Queue[Any] = queue.Queue()

    def ask() -> None:
        try:
            answer.put(urlopen(url, timeout=ANSWER_SECONDS))
        except HTTPError as error:
            error.close()
            answer.put(error)
        except Exception as error:  # handed to the caller, who raises it
            answer.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        result = answer.get(timeout=ANSWER_SECONDS)
    except queue.Empty:
        raise TimeoutError(f"not within {ANSWER_SECONDS:.0f} seconds") from None
    if isinstance(result, Exception):
        raise result
    return result


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()


def _installed(directory: Path) -> str:
    """The SHA-256 of the package that is unpacked here; empty when none is."""
    path = folder(directory) / _HASH_FILE
    return path.read_text() if path.exists() else ""


def _record_path(directory: Path) -> Path:
    return directory / f"{NAME}-{VERSION}.json"


def _compare(directory: Path, record: dict[str, str]) -> None:
    path = _record_path(directory)
    if not path.exists():
        return
    try:
        known = json.loads(path.read_text())["sha256"]
    except (ValueError, KeyError, TypeError) as error:
        raise LanguageModelError(f"{path} is damaged: put it back, or remove it to trust the next download") from error
    if known != record["sha256"]:
        raise LanguageModelError(
            f"{record['source']} is not the file of the first download (SHA-256 {record['sha256'][:12]}…, "
            f"recorded {known[:12]}…): find out why; to trust the new one, remove {path}"
        )


def _unpack(package: Path, aside: Path) -> Path:
    """The pipeline in ``package``, checked and unpacked in ``aside``."""
    try:
        with zipfile.ZipFile(package) as archive:
            entries = _entries(archive)
            _check_meta(archive)
            for entry in entries:
                archive.extract(entry, aside / "unpacked")
    except _DAMAGES as error:
        raise LanguageModelError(f"{package.name} is damaged ({error}): get it again") from error
    return aside / "unpacked" / _inside()


def _inside() -> PurePosixPath:
    """Where a spaCy package keeps its pipeline."""
    return PurePosixPath(NAME, f"{NAME}-{VERSION}")


def _entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of the pipeline; an archive with any name or link that leads outside is refused as a whole."""
    if sum(entry.file_size for entry in archive.infolist()) > _MOST_BYTES:
        raise ValueError("far larger than this package is")
    for entry in archive.infolist():
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in entry.filename or stat.S_ISLNK(entry.external_attr >> 16):
            raise ValueError(f"it would write outside its folder: {entry.filename}")
    return [entry for entry in archive.infolist() if _inside() in PurePosixPath(entry.filename).parents]


def _check_meta(archive: zipfile.ZipFile) -> None:
    """Name, version and spaCy range, as the package itself tells them in its ``meta.json``."""
    metas = [name for name in archive.namelist() if PurePosixPath(name).name == "meta.json"]
    if not metas:
        raise ValueError("no meta.json in it")
    chosen = str(_inside() / "meta.json")
    meta = json.loads(archive.read(chosen if chosen in metas else metas[0]))
    if not isinstance(meta, dict):
        raise ValueError("its meta.json is not an object")
    found = f"{meta.get('lang')}_{meta.get('name')} {meta.get('version')}"
    if found != f"{NAME} {VERSION}":
        raise LanguageModelError(f"the package is {found}; needed is {NAME} {VERSION}")
    if chosen not in metas or str(_inside() / "config.cfg") not in archive.namelist():
        raise ValueError(f"no pipeline in {_inside()}")
    _check_range(str(meta.get("spacy_version", "")))


def _check_range(needs: str) -> None:
    try:
        fits = needs != "" and SpecifierSet(needs).contains(version("spacy"), prereleases=True)
    except InvalidSpecifier:
        fits = False
    if not fits:
        raise LanguageModelError(f"the package is for spaCy {needs or '(not said)'}; here is spaCy {version('spacy')}")


def _put_in_place(unpacked: Path, goal: Path, aside: Path) -> None:
    if goal.exists():
        os.rename(goal, aside / "previous")
    os.rename(unpacked, goal)
