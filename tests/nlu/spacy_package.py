"""Builds a spaCy package of the same shape as nl_core_news_sm, small enough for a test, and serves it."""

import json
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.lookups import Lookups

INSIDE = "nl_core_news_sm/nl_core_news_sm-3.4.0"


def pipeline() -> Language:
    """A lemmatizer with one word of its own, between two pipes that nobody needs, under the names of the real ones."""
    lookups = Lookups()
    lookups.add_table("lemma_lookup", {"kinderen": "kind"})
    nlp = spacy.blank("nl")
    nlp.add_pipe("sentencizer", name="parser")
    lemmatizer: Any = nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    lemmatizer.initialize(lambda: [], lookups=lookups)
    nlp.add_pipe("entity_ruler", name="ner")
    return nlp


def build(target: Path, nlp: Language) -> Path:
    """Write ``nlp`` to ``target`` as the wheel that spaCy publishes."""
    folder = target.with_suffix(".pipeline")
    nlp.to_disk(folder)
    meta = {**json.loads((folder / "meta.json").read_text()), "name": "core_news_sm", "version": "3.4.0"}
    (folder / "meta.json").write_text(json.dumps({**meta, "spacy_version": ">=3.4.0,<3.5.0"}))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("nl_core_news_sm/__init__.py", "")
        archive.write(folder / "meta.json", "nl_core_news_sm/meta.json")
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            archive.write(path, f"{INSIDE}/{path.relative_to(folder)}")
        archive.writestr("nl_core_news_sm-3.4.0.dist-info/METADATA", "Name: nl_core_news_sm")
    return target


def with_meta(wheel: Path, target: Path, **changes: str) -> Path:
    """A copy of ``wheel`` that says something else in its meta.json, under the folder names that belong to it."""
    with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(target, "w") as archive:
        meta = {**json.loads(source.read(f"{INSIDE}/meta.json")), **changes}
        name = f"{meta['lang']}_{meta['name']}"
        for path in source.namelist():
            content = json.dumps(meta).encode() if path.endswith("meta.json") else source.read(path)
            archive.writestr(path.replace(INSIDE, f"{name}/{name}-{meta['version']}"), content)
    return target


@contextmanager
def serving(
    body: bytes, status: int = 200, promised: int | None = None, kind: str = ""
) -> Iterator[tuple[str, list[str]]]:
    """A site on loopback that answers every request with ``body``; gives its address and the paths asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind or "application/octet-stream")
            self.send_header("Content-Length", str(len(body) if promised is None else promised))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/nl_core_news_sm.whl", asked
    finally:
        server.shutdown()
        server.server_close()
