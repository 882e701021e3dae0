"""A gate in front of emulators: one address for several of them, a journal, and the faults that they cannot play."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

from tests.e2e.content import Contents

HELD = 60.0  # seconds that a held call waits at most


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one call: an answer of the gate's own, or none at all once the emulator has taken the call.

    `held`: until the gate is released the caller hears nothing.
    """

    status: int = 0
    body: str = "{}"
    held: bool = False

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
    """`faults` are spent in order on the calls that create something (POST), not on what a phone does; `holding` is set
    while one is held."""

    url: str = ""
    passages: list[Passage] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    holding: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)

    def fail(self, *faults: Fault) -> None:
        with self.lock:
            self.faults.extend(faults)

    def next_fault(self, method: str, path: str) -> Fault | None:
        with self.lock:
            by_the_program = method == "POST" and not path.startswith("/_")
            return self.faults.pop(0) if by_the_program and self.faults else None

    def hold(self, fault: Fault) -> None:
        if fault.held:
            self.holding.set()
            self.released.wait(HELD)

    def reset(self) -> None:
        with self.lock:
            self.passages.clear()
            self.faults.clear()


@contextmanager
def open_gate(routes: Mapping[str, str], contents: Contents | None = None) -> Iterator[Gate]:
    """`routes` maps the start of a path to the base address behind it, which is asked for the rest of the path;
    `contents` stands in for the Content API where that base has none."""
    gate = Gate()
    client = httpx.Client(timeout=30, trust_env=False)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            fault = gate.next_fault(self.command, self.path)
            if fault and not fault.loses_the_answer:
                gate.hold(fault)
                self.give(fault.status, fault.body.encode())
                return
            if contents and self.path.startswith("/content/"):
                self.give(*contents.answer(self.command, body))
                return
            if contents and self.command == "POST" and self.path.endswith("/Messages.json"):
                body = contents.spoken(body)
            start = next(start for start in routes if self.path.startswith(start))
            kept = {
                name: self.headers[name] for name in ("Content-Type", "Authorization", "Accept") if self.headers[name]
            }
            answer = client.request(
                self.command, routes[start] + self.path.removeprefix(start), content=body, headers=kept
            )
            gate.passages.append(Passage(self.command, self.path, body.decode(), answer.status_code, answer.text))
            if fault:
                gate.hold(fault)
                self.close_connection = True
            else:
                self.give(answer.status_code, answer.content)

        def give(self, status: int, body: bytes) -> None:
            """The caller may be gone by then: a held call outlives the program that made it."""
            with suppress(ConnectionError):
                self.write(status, body)

        def write(self, status: int, body: bytes) -> None:
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
        gate.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
        client.close()
