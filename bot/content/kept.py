"""What was worked out before, in ``.cache/inhoud``: files whose name changes with all that they depend on."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

CACHE = Path(".cache") / "inhoud"
_MOST = 4
"""Of each kind: what is published, and the last attempts."""


def digest(*parts: str | bytes) -> str:
    """Sixteen signs that stand for these parts, in this order."""
    found = hashlib.sha256()
    for part in parts:
        found.update(part if isinstance(part, bytes) else part.encode())
        found.update(b"\0")
    return found.hexdigest()[:16]


def kept_file(root: Path, kind: str, depends_on: str, end: str = ".json") -> Path:
    """The file for something of a kind."""
    return root / CACHE / f"{kind}-{depends_on}{end}"


def keep(file: Path, content: bytes) -> None:
    """Write a file, whole or not at all, and forget the oldest of its kind."""
    aside = file.with_suffix(f".{os.getpid()}")
    file.parent.mkdir(parents=True, exist_ok=True)
    aside.write_bytes(content)
    put(aside, file)


def put(aside: Path, file: Path) -> None:
    """The same for a file that was written beside it."""
    aside.replace(file)
    kind = file.name.split("-")[0]
    files = sorted(file.parent.glob(f"{kind}-*"), key=lambda path: path.stat().st_mtime)
    for old in files[:-_MOST]:
        old.unlink(missing_ok=True)
