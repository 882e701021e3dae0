"""A command line for tests: commands as an operator types them, and what came back."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from typer.testing import CliRunner

from storage.engine import Database
from storage.schema import Audit

CENTER = "center add LC 'Castries SBDC' --country LC"

TELEGRAM = {
    "ACOMPANA_TELEGRAM_TOKEN": "123456:ABC-DEF",
    "ACOMPANA_SECRET_KEY": "sixteen characters at least",
    "ACOMPANA_PUBLIC_URL": "https://chat.example.org",
    "ACOMPANA_SIMULATOR": "1",
}


@dataclass(frozen=True)
class Output:
    """`out` and `err` without the last line end."""

    out: str
    err: str
    code: int


@dataclass
class Shell:
    """Runs `acompana …` in `folder`, on the database at `url`."""

    folder: Path
    url: str
    environment: dict[str, str] = field(default_factory=dict)

    def __call__(self, line: str, given: str | bytes | None = None) -> Output:
        from bot.cli import app

        environment = {"ACOMPANA_DATABASE_URL": self.url, **self.environment}
        result = CliRunner().invoke(app, shlex.split(line), input=given, env=environment)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return Output(result.stdout.rstrip("\n"), result.stderr.rstrip("\n"), result.exit_code)

    def ok(self, line: str, given: str | bytes | None = None) -> str:
        """What a command that must succeed writes."""
        said = self(line, given)
        assert said.code == 0, said
        return said.out


def audited(sh: Shell) -> list[tuple[str, str, str]]:
    database = Database.open(sh.url)
    with database.read() as db:
        rows = [(row.actor, row.action, row.subject) for row in db.scalars(select(Audit).order_by(Audit.id))]
    database.close()
    return rows
