"""acompana read: how a reply would be read, without a conversation."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, BinaryIO

import typer

from bot.answers.rows import ASKS, read_row
from bot.cli.common import Problem, now, tell
from bot.cli.groups import CARE, app


@app.command("read", rich_help_panel=CARE, context_settings={"ignore_unknown_options": True})
def read(
    text: Annotated[str | None, typer.Argument(help="The client's reply.", metavar="TEXT")] = None,
    ask: Annotated[str | None, typer.Option(help=f"The question: {', '.join(ASKS)}.", metavar="KIND")] = None,
    lang: Annotated[str | None, typer.Option(help="The client's language, e.g. es.")] = None,
    country: Annotated[str | None, typer.Option(help="The client's country, e.g. DO.")] = None,
    today: Annotated[str | None, typer.Option(help="Date of the reply, e.g. 2026-03-14.")] = None,
    asked: Annotated[str | None, typer.Option(help="Date of the question, if it is not that of the reply.")] = None,
    last: Annotated[str | None, typer.Option(help="The client's previous figure.")] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read JSON rows from standard input and write one for each.")
    ] = False,
) -> None:
    """Show how a reply would be read, as JSON.

    With --jsonl, each line of standard input is a row {"text", "ask", "lang", "country", "today"} with an optional
    "asked", "last" and "id", which is returned; the options are defaults for what a row leaves out. A row that cannot be read is reported
    on standard error with its line number, and the exit code is 1.
    """
    options = {"ask": ask, "lang": lang, "country": country, "today": today, "asked": asked, "last": last}
    given = {name: value for name, value in options.items() if value is not None}
    if jsonl:
        if text is not None:
            raise Problem("TEXT: comes from standard input with --jsonl; leave it out")
        if _read_rows(sys.stdin.buffer, given):
            raise typer.Exit(1)
        return
    if text is None or ask is None:
        raise Problem(
            f"{'TEXT' if text is None else '--ask'}: is missing, e.g.: acompana read --ask amount 'about 2000'"
        )
    try:
        _write(read_row({"today": now().date().isoformat(), **given, "text": text}))
    except ValueError as error:
        raise Problem(f"--{error}") from None


def _read_rows(lines: BinaryIO, defaults: Mapping[str, str]) -> int:
    """Answer row by row. Returns how many rows could not be read."""
    broken = 0
    for number, row in _rows(lines):
        try:
            if isinstance(row, Exception):
                raise row
            if not isinstance(row, dict):
                raise ValueError('a row must be an object, like {"text": "2 mil", "ask": "amount"}')
            _write(read_row({**defaults, **row}))
        except (ValueError, RecursionError) as error:
            broken += 1
            tell(f"line {number}: {error}")
    return broken


def _rows(lines: BinaryIO) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line.strip().decode("utf-8-sig" if number == 1 else "utf-8"))
        except UnicodeDecodeError:
            yield number, ValueError("is not UTF-8")
        except json.JSONDecodeError as error:
            yield number, ValueError(f"is not JSON ({error.msg} at character {error.colno})")
        except (ValueError, RecursionError) as error:
            yield number, ValueError(f"is not readable JSON ({error})")


def _write(answer: Mapping[str, Any]) -> None:
    line = json.dumps(answer, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        line = json.dumps(answer)
    typer.echo(line)
