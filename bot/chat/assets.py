"""The files of the widget, read once at start: scripts, styles and templates."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sanic import Request
from sanic.response import HTTPResponse, empty, raw
from zopfli.gzip import compress

from bot.chat.bundle import bundle, without_comments
from bot.privacy.browser import browser_rules

WIDGET_DIR = Path(__file__).resolve().parent.parent / "widget"

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
_STYLES = ("base", "chat", "messages", "dialogs", "modes")
"""The styles of the frame, in this order."""
_FOREVER = "public, max-age=31536000, immutable"
_CHECK_FIRST = "no-cache"


@dataclass(frozen=True)
class Asset:
    """One file as it is sent."""

    body: bytes
    packed: bytes
    content_type: str
    etag: str

    def answer(self, request: Request, cache: str) -> HTTPResponse:
        """The file, packed when the browser can unpack it; or that it did not change."""
        headers = {"Cache-Control": cache, "ETag": self.etag, "Vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == self.etag:
            return empty(status=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            return raw(self.packed, content_type=self.content_type, headers={**headers, "Content-Encoding": "gzip"})
        return raw(self.body, content_type=self.content_type, headers=headers)


class Assets:
    """Every script and style of a folder by name; the version changes when any of them does."""

    def __init__(self, folder: Path = WIDGET_DIR / "static") -> None:
        self._assets = {name: _packed(name, body) for name, body in _files(folder).items()}
        digest = hashlib.sha256("".join(asset.etag for asset in self._assets.values()).encode())
        self.version = digest.hexdigest()[:12]

    def __getitem__(self, name: str) -> Asset:
        return self._assets[name]

    def answer(self, request: Request, version: str, name: str) -> HTTPResponse | None:
        """The file under an address with its version, which may be kept for good; None when there is none."""
        asset = self._assets.get(name)
        return asset.answer(request, _FOREVER if version == self.version else _CHECK_FIRST) if asset else None

    def packed_size(self) -> Mapping[str, int]:
        """Bytes over the line, by file."""
        return {name: len(asset.packed) for name, asset in self._assets.items()}


def templates(folder: Path = WIDGET_DIR / "templates") -> Environment:
    """The pages; everything filled in is escaped."""
    loader = FileSystemLoader(folder)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _files(folder: Path) -> dict[str, bytes]:
    """What is sent, by name: each file, those of the frame as one script and one style, and the rules of masking."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if path.suffix in _TYPES}
    scripts = {Path(name).stem: text for name, text in texts.items() if name.endswith(".js")}
    texts["frame.js"] = bundle(scripts, "main")
    texts["frame.css"] = "".join(texts[f"{name}.css"] for name in _STYLES)
    files = {name: without_comments(name, text).encode() for name, text in texts.items()}
    return {**files, "masking.json": browser_rules()}


def _packed(name: str, body: bytes) -> Asset:
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    return Asset(body, _smallest(body), _TYPES[Path(name).suffix], etag)


@lru_cache(maxsize=64)
def _smallest(body: bytes) -> bytes:
    # A twentieth smaller than zlib at its best, for a second of work at the start.
    return bytes(compress(body))
