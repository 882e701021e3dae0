"""What all commands share: an error is a line, and each command explains itself."""

from __future__ import annotations

import pytest

from tests.cli import CENTER, Shell


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("center add LC Again --country LC", "code: center LC already exists; choose another code"),
        ("center add XX Name --country XX", "country: 'XX' is not one of AG, AR,"),
        (
            "center add DM Roseau --country DM --cadence often",
            "cadence: 'often' is not a list of months; write it like 3,6,12",
        ),
        ("staff add Bo", "center: is required for a counselor"),
        ("staff add Bo --center BB", "center: there is no center 'BB'; centers: LC"),
        ("staff link bo", "staff: there is no staff member 'bo'; see: acompana staff list"),
        ("client show Zoe", "client: there is no client 'Zoe'"),
        ("client import missing.csv --center LC", "missing.csv: No such file or directory"),
        ("rate set XCD 2.7", "currency: XCD is pegged at 2.70 to the US dollar and needs no rate"),
        ("rate set JMD cheap", "per_usd: 'cheap' is not a number; write it like 1.5"),
        (
            "training add T --center LC --start '2026-12-03 14:00' --place Hall --area cooking",
            "area: 'cooking' is not one of finance, technology, standards, cooperatives, value_chains",
        ),
    ],
)
def test_what_cannot_be_is_told_in_one_line(sh: Shell, line: str, told: str) -> None:
    sh.ok(CENTER)
    said = sh(line)
    assert (said.out, said.code) == ("", 1)
    assert said.err.startswith(told)
    assert "\n" not in said.err


@pytest.mark.slow
def test_a_wrong_setting_is_named_in_a_line(sh: Shell) -> None:
    sh.environment = {"ACOMPANA_SIMULATR": "1", "ACOMPANA_NUDGE_DAYS": "soon"}
    said = sh("center list")
    assert said.code == 2
    assert said.err.splitlines() == [
        "ACOMPANA_SIMULATR: unknown setting; did you mean ACOMPANA_SIMULATOR?",
        "ACOMPANA_NUDGE_DAYS: 'soon' is not a list of days; write it like 1,3, or off",
    ]
    assert "✗ settings: ACOMPANA_SIMULATR: unknown setting" in sh("doctor").out


def test_no_traceback_reaches_the_operator(sh: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("private")

    monkeypatch.setattr("storage.registers.list_centers", broken)
    said = sh("center list")
    assert said.code == 1
    assert said.err == ("unexpected error (ZeroDivisionError); set ACOMPANA_LOG_LEVEL=debug to see where it occurred")


@pytest.mark.parametrize(
    "command", ["", "center", "staff", "client", "training", "export", "read", "doctor", "rate", "texts", "telegram"]
)
def test_every_command_explains_itself(sh: Shell, command: str) -> None:
    said = sh.ok(f"{command} --help")
    assert "Usage:" in said
