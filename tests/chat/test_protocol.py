"""Clients that are slow on purpose, or send what is no request."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from bot.chat import protocol
from bot.chat.hub import Event
from bot.chat.services import Services
from tests.chat.fakes import Client, RunningDoor, running


@pytest.fixture
def door(services: Services, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningDoor]:
    monkeypatch.setitem(_config(), "REQUEST_TIMEOUT", 0.3)
    monkeypatch.setitem(_config(), "RESPONSE_TIMEOUT", 0.6)
    with running(services) as started:
        yield started


def _config() -> dict[str, object]:
    from bot.chat import door

    return door._CONFIG


async def connect(door: RunningDoor) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    host, port = door.socket.getsockname()
    return await asyncio.open_connection(host, port)


async def drip(writer: asyncio.StreamWriter, text: bytes) -> None:
    """A byte now and then, as long as it is taken."""
    try:
        for byte in text:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0.05)
    except ConnectionError:
        pass


async def until_the_end(reader: asyncio.StreamReader) -> bytes:
    """What is said before the connection ends, be it by a reset: bytes that nobody reads any more cause one."""
    said = b""
    try:
        while piece := await reader.read(4096):
            said += piece
    except ConnectionError:
        pass
    return said


async def dripped(door: RunningDoor, at_once: bytes, slowly: bytes) -> bytes:
    """What a client reads that sends its request a byte at a time."""
    reader, writer = await connect(door)
    writer.write(at_once)
    dripping = asyncio.create_task(drip(writer, slowly))
    try:
        return await asyncio.wait_for(until_the_end(reader), 3)
    finally:
        dripping.cancel()
        writer.close()


async def test_a_request_that_never_ends_is_broken_off(door: RunningDoor) -> None:
    said = await dripped(door, b"GET /health HTTP/1.1\r\n", b"X-Waiting: " + b"x" * 200)
    assert said.startswith(b"HTTP/1.1 408")


async def test_a_body_that_never_ends_is_broken_off(door: RunningDoor) -> None:
    head = b"POST /api/gesprekken HTTP/1.1\r\nContent-Length: 200\r\n\r\n"
    said = await dripped(door, head, b"x" * 200)
    assert said.startswith(b"HTTP/1.1 503")


async def test_a_reader_that_does_not_read_is_let_go_and_nothing_piles_up(client: Client, door: RunningDoor) -> None:
    reader, writer = await connect(door)
    writer.write(f"GET /api/stroom HTTP/1.1\r\nAuthorization: Bearer {client.token}\r\n\r\n".encode())
    await reader.readuntil(b"retry: 1000")
    context = door.app.ctx.door
    conversation = context.store.find(client.token)
    reader._transport.pause_reading()  # type: ignore[attr-defined]
    large = Event("bericht", {"tekst": "x" * 200_000})
    for _ in range(100):
        door.in_loop(lambda: context.hub.publish(conversation.id, large))
    for _ in range(150):
        if context.hub.listeners() == 0:
            break
        await asyncio.sleep(0.02)
    assert context.hub.listeners() == 0
    writer.close()


@pytest.mark.parametrize(
    "request_line",
    [
        b"onzin\r\n\r\n",
        b"POST /api/gesprekken HTTP/1.1\r\nContent-Length: veel\r\n\r\n",
        b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\n\r\n",
        b"GET /%ff%fe HTTP/1.1\r\n\r\n",
    ],
)
async def test_what_is_no_request_is_refused_and_is_no_fault_of_ours(door: RunningDoor, request_line: bytes) -> None:
    reader, writer = await connect(door)
    writer.write(request_line)
    assert (await asyncio.wait_for(reader.readline(), 3)).startswith(b"HTTP/1.1 4")
    writer.close()


async def test_connections_have_a_limit(door: RunningDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "MOST_CONNECTIONS", 1)
    (_, first), (refused, second) = await connect(door), await connect(door)
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await asyncio.wait_for(refused.readexactly(1), 3)
    first.close()
    second.close()


def test_as_many_files_as_the_system_allows_may_be_open() -> None:
    protocol.allow_many_files()
    assert protocol.most_connections() >= 128
