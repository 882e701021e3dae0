"""A provider's end of the wire: keeps what we sent and answers as a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

HANG_UP = 0
"""A status that stands for: take the request and close the line without an answer."""


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    path: str
    query: dict[str, str]
    fields: dict[str, Any]


@dataclass(slots=True)
class Wire:
    """`answers` maps the end of a path to the answers that it gives, the last one for ever."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    answers: dict[str, list[tuple[int, object]]] = field(default_factory=dict)

    def answer(self, path: str, body: object, status: int = 200) -> None:
        self.answers.setdefault(path, []).append((status, body))

    def to(self, path: str) -> list[Call]:
        return [call for call in self.calls if call.path.endswith(path)]

    def next_answer(self, method: str, path: str) -> tuple[int, object]:
        for end, answers in self.answers.items():
            wanted, _space, end_of_path = end.rpartition(" ")
            if path.endswith(end_of_path) and wanted in ("", method):
                return answers.pop(0) if len(answers) > 1 else answers[0]
        return 404, {"ok": False, "description": "Not Found", "code": 20404, "message": "not found"}


@contextmanager
def open_wire() -> Iterator[Wire]:
    wire = Wire()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            asked = urlsplit(self.path)
            is_json = self.headers.get("Content-Type", "").startswith("application/json")
            fields = json.loads(body) if is_json else dict(parse_qsl(body, keep_blank_values=True))
            wire.calls.append(Call(self.command, asked.path, dict(parse_qsl(asked.query)), fields))
            status, answer = wire.next_answer(self.command, asked.path)
            if status == HANG_UP:
                self.close_connection = True
                return
            payload = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        do_GET = do_POST = handle_any

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    wire.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield wire
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
