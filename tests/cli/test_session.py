"""acompana session: sessions from a table."""

from __future__ import annotations

from tests.cli import CENTER, Shell, audited


def test_sessions_come_from_a_table(sh: Shell) -> None:
    sh.ok(CENTER)
    (sh.folder / "clients.csv").write_text("code,name,phone\nLC-AAAA,Marie,4550102\n")
    sh.ok("client import clients.csv --center LC")
    (sh.folder / "sessions.csv").write_text("client,day,area,hours\nLC-AAAA,2024-01-15,finance,2.5\n")
    assert sh.ok("session import sessions.csv --center LC") == "Imported 1 session, no follow-up to plan."
    assert audited(sh)[-1] == ("cli:ana", "session.import", "LC")
    assert sh.ok("session import sessions.csv --center LC") == "Skipped 1 row on record already."
    assert "sessions:         1 (2.5 hours)" in sh.ok("client show marie")
    (sh.folder / "broken.csv").write_text("client,day,area,hours\nLC-AAAA,2024-01-15,finance,2h\n")
    said = sh("session import broken.csv --center LC")
    assert said.err.splitlines() == [
        "line 2: hours: '2h' is not a number; write it like 1234.50",
        "Nothing was imported: 1 row is broken, 0 are good. Fix the rows and import the file again.",
    ]
