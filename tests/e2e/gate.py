"""A gate in front of emulators: one address for several of them, a journal, and the faults that they cannot play."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one call: an answer of the gate's own, or none at all once the emulator has taken the call."""

    status: int = 0
    body: str = "{}"

    @property
    def loses_the_answer(self) -> bool:
        return self.status == 0


@dataclass(frozen=True, slots=True)
class Passage:
    """One call that came through, and its answer."""

    method: str
    path: str
    body: str
    status: int
    answer: str


@dataclass
class Gate:
    """`faults` are spent in order on the calls that create something (POST)."""

    url: str = ""
    passages: list[Passage] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def fail(self, *faults: Fault) -> None:
        with self.lock:
            self.faults.extend(faults)

    def next_fault(self, method: str) -> Fault | None:
        with self.lock:
            return self.faults.pop(0) if method == "POST" and self.faults else None

    def reset(self) -> None:
        with self.lock:
            self.passages.clear()
            self.faults.clear()


@contextmanager
def open_gate(routes: Mapping[str, str]) -> Iterator[Gate]:
    """`routes` maps the start of a path to the base address behind it, which is asked for the rest of the path."""
    gate = Gate()
    client = httpx.Client(timeout=30, trust_env=False)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            fault = gate.next_fault(self.command)
            if fault and not fault.loses_the_answer:
                self.give(fault.status, fault.body.encode())
                return
            start = next(start for start in routes if self.path.startswith(start))
            kept = {
                name: self.headers[name] for name in ("Content-Type", "Authorization", "Accept") if self.headers[name]
            }
            answer = client.request(
                self.command, routes[start] + self.path.removeprefix(start), content=body, headers=kept
            )
            gate.passages.append(Passage(self.command, self.path, body.decode(), answer.status_code, answer.text))
            if fault:
                self.close_connection = True
            else:
                self.give(answer.status_code, answer.content)

        def give(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_DELETE = pass_on

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    gate.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield gate
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        client.close()
