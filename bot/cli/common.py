"""What the commands share: settings, store, clock, who is there, how a problem is told, and options that several have."""

from __future__ import annotations

import errno
import getpass
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from typer.core import TyperGroup

from bot.config.settings import PREFIX, Settings, SettingsError, load
from storage.checks import RegisterError
from storage.engine import Database
from storage.health import StoreProblem, check, explain

if TYPE_CHECKING:
    from bot.app import App

DAY = ["%Y-%m-%d"]

CenterCode = Annotated[str, typer.Option("--center", help="The center's code, like LC.", metavar="CODE")]
OneCenter = Annotated[str | None, typer.Option("--center", help="Only this center.", metavar="CODE")]


class Problem(Exception):
    """Something that the operator can mend. The message is what to show, a line per problem."""


class Commands(TyperGroup):
    """The commands, with every problem told in a line instead of a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            tell(*error.problems)
            raise typer.Exit(2) from None
        except (RegisterError, StoreProblem, Problem) as error:
            tell(*str(error).splitlines())
        except IntegrityError:
            tell("somebody else entered the same at this moment; look at the list and try again")
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
            tell(f"this should not have happened ({type(error).__name__}); {PREFIX}LOG_LEVEL=debug shows where it did")
        raise typer.Exit(1)


def tell(*lines: str) -> None:
    """Say something on standard error, beside the output."""
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
    """Who is at the keyboard, for the audit log."""
    try:
        return f"cli:{getpass.getuser()}"
    except (OSError, KeyError):
        return f"cli:{os.getuid()}"


@contextmanager
def opened_store() -> Iterator[Database]:
    """The store, checked. Raises StoreProblem."""
    url = settings().database_url
    check(url)
    database = Database.open(url)
    try:
        yield database
    finally:
        database.close()


def opened_app() -> App:
    """The program on its store, checked. Raises SettingsError and StoreProblem."""
    from bot.app import App  # half of the time that a command takes to start

    known = settings()
    check(known.database_url)
    return App.build(known)


@contextmanager
def writing() -> Iterator[Session]:
    """One transaction on the store, kept when all went well."""
    with opened_store() as database, database.write() as db:
        yield db


def show_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table for eyes; tab-separated lines for a pipe."""
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


def one_of(option: str, given: str, allowed: tuple[str, ...]) -> None:
    if given not in allowed:
        raise Problem(f"{option} {given}: choose one of {', '.join(allowed)}")


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error, moved by (done, total); nothing where that is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
