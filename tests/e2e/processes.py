"""Node programs for the time of a test run: installed once, started on loopback, awaited, stopped."""

from __future__ import annotations

import hashlib
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import httpx

HERE = Path(__file__).parent / "emulators"
INSTALLED = Path(sys.prefix) / "emulators"
"""Outside the sources, so that a checkout stays clean and another run installs nothing."""

STARTS_WITHIN = 60.0  # seconds; the OpenAPI documents are large


class NoNode(Exception):
    """Node is what these tests are for; without it they fail."""


def install() -> Path:
    """The folder with the emulators' packages, in the versions of package.json, without running their scripts."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise NoNode(f"{program} is missing; on Debian: sudo apt-get install nodejs npm (Node 20 or newer)")
    wanted = (HERE / "package.json").read_bytes()
    mark = INSTALLED / ".installed"
    if not mark.is_file() or mark.read_text() != hashlib.sha256(wanted).hexdigest():
        shutil.rmtree(INSTALLED, ignore_errors=True)
        INSTALLED.mkdir(parents=True)
        (INSTALLED / "package.json").write_bytes(wanted)
        options = ["--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"]
        done = subprocess.run(["npm", "install", *options], cwd=INSTALLED, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NoNode(f"npm install failed:\n{done.stderr}")
        mark.write_text(hashlib.sha256(wanted).hexdigest())
    return INSTALLED


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def node(*arguments: str, url: str | None = None) -> Iterator[str]:
    """Run `node arguments` and yield its address: the one it prints as "READY <url>", or `url` once that answers."""
    process = subprocess.Popen(
        ["node", *arguments], cwd=install(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    said: list[str] = []
    reader = threading.Thread(target=_listen, args=(process.stdout, said))
    reader.start()
    try:
        yield _await(process, said, url)
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        reader.join()
        process.stdout.close()


def _listen(stream: IO[str], said: list[str]) -> None:
    for line in stream:
        said.append(line.rstrip())


def _await(process: subprocess.Popen[str], said: list[str], url: str | None) -> str:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        if url and _answers(url):
            return url
        for line in said:
            if line.startswith("READY "):
                return line.removeprefix("READY ")
        time.sleep(0.05)
    raise RuntimeError("the emulator did not start:\n" + "\n".join(said[-20:]))


def _answers(url: str) -> bool:
    try:
        httpx.get(url, timeout=2, trust_env=False)
    except httpx.TransportError:
        return False
    return True
