"""Secrets of this installation: made at first start, kept in one file with mode 600 outside git."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet


class KeysError(Exception):
    """The file with secrets cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Keys:
    """Secrets of one installation.

    Attributes:
        vault: Fernet keys, newest first; all of them can decrypt.
        internal: shared by door, assistant and actions on loopback.
        signing: signs what the door hands out (receipt codes, CSRF tokens).
    """

    vault: tuple[str, ...]
    internal: str
    signing: str


def keep_private() -> None:
    """Make every file that this process writes from now on readable by its own user only."""
    os.umask(0o077)


def load_keys(var_dir: Path) -> Keys:
    """Read ``var_dir/geheimen.json``, making it first when it is not there.

    Raises:
        KeysError: the file is readable by others, or not the JSON that this function writes.
    """
    path = var_dir / "geheimen.json"
    if not path.exists():
        _create(path)
    if path.stat().st_mode & 0o077:
        raise KeysError(f"{path} can be read by others; run: chmod 600 {path}")
    try:
        raw = json.loads(path.read_text())
        return Keys(tuple(raw["vault"]), raw["internal"], raw["signing"])
    except (ValueError, KeyError, TypeError) as error:
        raise KeysError(f"{path} is damaged ({error}); put back a copy, without it stored contacts are lost") from error


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "vault": [Fernet.generate_key().decode()],
        "internal": secrets.token_urlsafe(32),
        "signing": secrets.token_urlsafe(32),
    }
    # A process that starts at the same moment must not overwrite the keys of another: write aside, then link.
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file, indent=2)
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
