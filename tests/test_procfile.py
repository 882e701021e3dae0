"""The processes that a platform starts: commands that exist, and a web that can be reached from outside."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from typer.testing import CliRunner

from bot.cli import run
from bot.cli.groups import app
from bot.config.settings import Settings

PROCESSES = {
    name: shlex.split(command)
    for name, command in (
        line.split(": ", 1) for line in (Path(__file__).parents[1] / "Procfile").read_text().splitlines()
    )
}


class Program:
    """Stands for the program, which needs a database."""

    settings = Settings(simulator=True)

    def asgi(self, *, work: bool) -> str:
        return f"work={work}"


def test_the_web_listens_where_the_platform_can_reach_it(monkeypatch: pytest.MonkeyPatch) -> None:
    served: dict[str, Any] = {}
    monkeypatch.setattr(run, "opened_app", Program)
    monkeypatch.setattr("bot.config.logs.set_up_logs", lambda _settings: None)
    monkeypatch.setattr(run, "_freeze_garbage_collector", lambda: None)
    monkeypatch.setattr(uvicorn, "run", lambda api, **options: served.update(options, api=api))
    program, *arguments = PROCESSES["web"]
    done = CliRunner().invoke(app, [argument.replace("$PORT", "5000") for argument in arguments])
    assert (program, done.exit_code) == ("acompana", 0), done.output
    assert (served["host"], served["port"], served["api"]) == ("0.0.0.0", 5000, "work=False")


def test_every_process_is_a_command() -> None:
    known = {command.name or (command.callback and command.callback.__name__) for command in app.registered_commands}
    assert {command[1] for command in PROCESSES.values()} <= known
