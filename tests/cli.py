"""A command line for tests: commands as an operator types them, and what came back."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from pathlib import Path

from typer.testing import CliRunner


@dataclass(frozen=True)
class Said:
    """`out` and `err` without the last line end."""

    out: str
    err: str
    code: int


@dataclass
class Shell:
    """Runs `acompana …` in `folder`, on the store at `url`."""

    folder: Path
    url: str
    environment: dict[str, str] = field(default_factory=dict)

    def __call__(self, line: str, given: str | bytes | None = None) -> Said:
        from bot.cli import app

        environment = {"ACOMPANA_DATABASE_URL": self.url, **self.environment}
        result = CliRunner().invoke(app, shlex.split(line), input=given, env=environment)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return Said(result.stdout.rstrip("\n"), result.stderr.rstrip("\n"), result.exit_code)

    def ok(self, line: str, given: str | bytes | None = None) -> str:
        """What a command that must succeed writes."""
        said = self(line, given)
        assert said.code == 0, said
        return said.out
