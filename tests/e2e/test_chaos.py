"""The proof with real processes, small: kills, a restart of PostgreSQL, a rolling restart and a fail-over lose nothing.

Most of its two or three minutes go by waiting for the leases of what a killed process had in hand.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]


@pytest.mark.e2e
def test_a_small_campaign_survives() -> None:
    options = ["--campaign", "100", "--answering", "0.3", "--kill-every", "4", "--minutes", "10"]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "chaos", *options],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
