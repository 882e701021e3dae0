"""The worker as a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.cli import Shell

PATIENCE = 60.0


@pytest.mark.slow
def test_a_worker_tells_what_it_has_sent(sh: Shell) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    worker = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "work", "--metrics-port", str(port)],
        cwd=sh.folder,
        env={**os.environ, "ACOMPANA_DATABASE_URL": sh.url, "PYTHONPATH": str(Path(__file__).parents[2])},
        stderr=subprocess.DEVNULL,
    )
    try:
        told = asked(f"http://127.0.0.1:{port}/metrics", worker)
    finally:
        worker.terminate()
        worker.wait(PATIENCE)
    for name in ("acompana_sent_total", "acompana_send_seconds", "acompana_timers_total", "acompana_circuit_open"):
        assert f"# HELP {name}" in told


def asked(url: str, worker: subprocess.Popen[bytes]) -> str:
    """What is there as soon as it answers."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and worker.poll() is None:
        try:
            answer = httpx.get(url, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return answer.text
    raise AssertionError("the worker does not answer")


def test_a_port_that_is_taken_is_told(sh: Shell) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = sh(f"work --metrics-port {port}")
    assert (said.code, said.err) == (1, f"--metrics-port {port}: Address already in use; choose another port")
