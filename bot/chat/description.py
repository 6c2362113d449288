"""The description of the chat API (OpenAPI 3), read once at start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from sanic import Blueprint, Request
from sanic.response import HTTPResponse, json

FILE = Path(__file__).with_name("openapi.yml")


def description() -> dict[str, Any]:
    """What ``openapi.yml`` says."""
    return dict(YAML(typ="safe").load(FILE.read_text(encoding="utf-8")))


def add_description(routes: Blueprint) -> None:
    """Add ``GET /openapi.json``."""
    described = description()

    @routes.get("/openapi.json")
    async def show(_request: Request) -> HTTPResponse:
        return json(described)
