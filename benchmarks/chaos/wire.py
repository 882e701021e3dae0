"""Just enough HTTP on both ends: a server that can hang up without an answer, and a call that returns the status."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

PATIENCE = 15.0
"""Seconds that a provider waits for the answer to a webhook."""


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    path: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    body: bytes


Answer = tuple[int, Any] | None
"""Status and JSON; None: hang up without a word."""
Handler = Callable[[Call], Awaitable[Answer]]


async def serve(handle: Handler) -> tuple[asyncio.Server, int]:
    """A server on a free port of the loopback, and that port."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while (answer := await handle(await _read(reader))) is not None:
                status, content = answer
                body = json.dumps(content).encode()
                head = f"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
                writer.write(head.encode() + body)
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, backlog=512)
    return server, int(server.sockets[0].getsockname()[1])


async def _read(reader: asyncio.StreamReader) -> Call:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")
    method, target, _version = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    parts = urlsplit(target)
    is_form = "urlencoded" in headers.get("content-type", "")
    form = dict(parse_qsl(body.decode(), keep_blank_values=True)) if is_form else {}
    return Call(method, parts.path, dict(parse_qsl(parts.query)), form, body)


async def post(port: int, path: str, headers: Mapping[str, str], body: bytes) -> int:
    """The status of the answer; 0 where there was none."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"POST {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n{lines}Content-Length: {len(body)}\r\n\r\n"
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(head.encode() + body)
                return int((await reader.readuntil(b"\r\n")).split(b" ")[1])
            finally:
                writer.close()
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        return 0
