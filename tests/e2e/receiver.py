"""A web server that has one channel verify and parse what the emulators post, and keeps what it was told."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bot.channels.base import Channel, Forged, Request
from bot.model import Inbound, Status


@dataclass
class Receiver:
    url: str = ""
    channel: Channel | None = None
    told: list[Inbound | Status] = field(default_factory=list)
    forged: int = 0

    def wait_for(self, count: int, within: float = 10.0) -> list[Inbound | Status]:
        """What was told, once there are `count` of them."""
        end = time.monotonic() + within
        while len(self.told) < count and time.monotonic() < end:
            time.sleep(0.02)
        assert len(self.told) == count, f"told {len(self.told)}, not {count}"
        return self.told


@contextmanager
def open_receiver() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            request = Request("POST", receiver.url + self.path, dict(self.headers), body)
            assert receiver.channel is not None
            try:
                receiver.channel.verify(request)
            except Forged:
                receiver.forged += 1
                self.send_response(403)
            else:
                receiver.told.extend(receiver.channel.parse(request))
                self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
