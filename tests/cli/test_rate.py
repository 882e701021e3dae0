"""acompana rate: a rate and its day."""

from __future__ import annotations

from tests.cli import Shell, audited


def test_a_rate_is_entered_with_its_day(sh: Shell) -> None:
    assert sh.ok("rate set JMD 156.25 --day 2026-01-31 --source BOJ") == "2026-01-31: 1 USD = 156.25 JMD"
    assert audited(sh) == [("cli:ana", "rate.set", "JMD 2026-01-31")]
