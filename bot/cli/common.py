"""What the commands share: settings, database, clock, actor, error lines, tables and common options."""

from __future__ import annotations

import errno
import getpass
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from typer.core import TyperGroup

from bot.config.settings import PREFIX, Settings, SettingsError, load
from bot.service.results import Done, Refused
from storage.checks import RegisterError
from storage.engine import Database
from storage.health import DatabaseProblem, check, explain

if TYPE_CHECKING:
    from bot.app import App

T = TypeVar("T")

DAY = ["%Y-%m-%d"]

CenterCode = Annotated[str, typer.Option("--center", help="Center code, e.g. LC.", metavar="CODE")]
CsvFile = Annotated[
    Path, typer.Argument(help="CSV file in UTF-8, separated by commas, semicolons or tabs.", metavar="FILE")
]
OneCenter = Annotated[str | None, typer.Option("--center", help="Only this center.", metavar="CODE")]


class Problem(Exception):
    """Something the operator can fix. The message is what to print, one line per problem."""


class Commands(TyperGroup):
    """The commands. An error is printed as one line instead of a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            tell(*error.problems)
            raise typer.Exit(2) from None
        except (RegisterError, DatabaseProblem, Problem) as error:
            tell(*str(error).splitlines())
        except IntegrityError:
            tell("someone else entered the same at the same moment; check the list and try again")
        except DBAPIError as error:
            tell(explain(error, settings().database_url))
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            tell(f"{error.filename or 'a file'}: {error.strerror or error}")
        except (typer.TyperException, typer.Exit, typer.Abort, KeyboardInterrupt, EOFError):
            raise
        except Exception as error:
            if os.environ.get(f"{PREFIX}LOG_LEVEL", "").lower() == "debug":
                raise
            tell(f"unexpected error ({type(error).__name__}); set {PREFIX}LOG_LEVEL=debug to see where it occurred")
        raise typer.Exit(1)


def tell(*lines: str) -> None:
    """Print lines on standard error, which keeps the output clean."""
    for line in lines:
        typer.echo(line, err=True)


def counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def settings() -> Settings:
    """Raises SettingsError."""
    return load()


def now() -> datetime:
    return datetime.now(UTC)


def actor() -> str:
    """The operator, for the audit log."""
    try:
        return f"cli:{getpass.getuser()}"
    except (OSError, KeyError):
        return f"cli:{os.getuid()}"


@contextmanager
def opened_database() -> Iterator[Database]:
    """The database, checked. Raises DatabaseProblem."""
    url = settings().database_url
    check(url)
    database = Database.open(url)
    try:
        yield database
    finally:
        database.close()


def opened_app() -> App:
    """The program on its database, checked. Raises SettingsError and DatabaseProblem."""
    from bot.app import App  # half of a command's start-up time

    config = settings()
    check(config.database_url)
    return App.build(config)


@contextmanager
def writing() -> Iterator[Session]:
    """One transaction on the database, committed unless an error is raised."""
    with opened_database() as database, database.write() as db:
        yield db


def show_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table: aligned on a terminal, tab-separated in a pipe."""
    if not sys.stdout.isatty():
        typer.echo("\t".join(columns))
        for row in rows:
            typer.echo("\t".join(_cell(cell).replace("\t", " ").replace("\n", " ") for cell in row))
        return
    table = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*map(_cell, row))
    Console(markup=False, highlight=False).print(table)


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%MZ")
    return "" if value is None else str(value)


def number(field: str, text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise Problem(f"{field}: {text!r} is not a number; write it like 1.5") from None


def imported(file: str, done: Done[T] | Refused, advice: str = "Fix the rows and import the file again.") -> T:
    """What an import of `file` brought. Raises Problem after listing the broken rows."""
    if isinstance(done, Done):
        return done.result
    if not done.details:
        raise Problem(f"{file}: {done.reason}" if done.field == "file" else f"{done.field}: {done.reason}")
    tell(*done.details)
    raise Problem(f"Nothing was imported: {done.reason}. {advice}")


def one_of(option: str, given: str, allowed: tuple[str, ...]) -> None:
    if given not in allowed:
        raise Problem(f"{option} {given}: choose one of {', '.join(allowed)}")


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, updated with (done, total). Hidden if standard error is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
