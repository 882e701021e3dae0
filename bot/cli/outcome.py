"""acompana outcome: a client's current figures and their corrections."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from bot.cli.common import (
    DAY,
    CenterCode,
    CsvFile,
    Problem,
    actor,
    counted,
    imported,
    now,
    number,
    opened_database,
    progress_bar,
    show_table,
    writing,
)
from bot.cli.groups import outcome
from bot.indicators import CORRECTABLE
from bot.outcomes.figures import Review
from bot.service import casework, confirmations, imports, reviews
from bot.service import outcomes as measures
from bot.service.results import Refused
from storage import audit, increments, outcomes, registers
from storage.imports.outcome_table import COLUMNS, FLOWS, LEVELS
from storage.outcomes import ATTRIBUTION, Figure
from storage.reviews import standing_of
from storage.schema import Client, OutcomeRow


@outcome.command("show")
def show(client: Annotated[str, typer.Argument(help="Client code or name.")]) -> None:
    """Show a client's figures: the baseline, the latest, and the survey the latest came from. What staff made of a figure
    (verified, queried, rejected) stands behind it."""
    with opened_database() as database, database.write() as db:
        who = registers.find_client(db, client)
        lines = outcomes.of_one(db, who.id)
        states = {(figure.indicator, figure.wave, figure.survey): figure.review for figure in standing_of(db, who.id)}
        audit.record(db, actor(), "client.view", who.code, at=now())
    if not lines:
        typer.echo(f"{who.code} has reported no figures yet. To ask for some: acompana followup trigger {who.code}")
        return
    rows = [
        (
            line.indicator,
            _reviewed(line.baseline, states),
            _reviewed(line.latest, states),
            line.latest.wave if line.latest else "",
        )
        for line in lines
    ]
    show_table(("indicator", "baseline", "latest", "wave"), rows)


IMPORT_HELP = f"""Import figures of earlier surveys from a CSV file. Columns: {", ".join(COLUMNS)}.

**client, wave, day, indicator** and **value** are required. Waves are baseline, 3m, 6m, 12m …; a day is written
2026-05-18. Indicators: {", ".join((*LEVELS, *FLOWS))}. **outcome** is value (the default), refused, unknown, or unanswered
for a survey without any answer, whose indicator is empty. **attribution** (yes, partly, no) is what the client wrote about
the center's part, on one row of a survey or on all. **review** is verified, queried, rejected, or empty. **kind** of
financing: loan, grant, equity. Without **currency**, money is in the center's; without **source**, the file is named.

Rows that say what is on record already are skipped. If any row is invalid, all invalid rows are listed and nothing is
imported."""


@outcome.command("import", help=IMPORT_HELP)
def take_in(file: CsvFile, center_code: CenterCode) -> None:
    with file.open("rb") as table, progress_bar("Importing") as bar, writing() as db:
        home = registers.find_center(db, center_code)
        done = imports.import_outcomes(db, table, home, source=file.name, by=actor(), now=now(), progress=bar)
    result = imported(file.name, done)
    if result.clients:
        what = f"{counted(result.figures, 'figure')} and {counted(result.surveys, 'survey')}"
        typer.echo(f"Imported {what} of {counted(result.clients, 'client')}, {counted(result.reviews, 'review')}.")
    if result.same:
        typer.echo(f"Skipped {counted(result.same, 'row')} on record already.")
    if not (result.clients or result.same):
        typer.echo("The file contains no figures.")


@outcome.command("correct")
def correct(
    client: Annotated[str, typer.Argument(help="Client code or name.")],
    indicator: Annotated[str, typer.Argument(help=", ".join(CORRECTABLE))],
    value: Annotated[str, typer.Argument(help="The correct figure; for attribution: yes, partly or no.")],
    why: Annotated[str, typer.Option(help="The reason; kept on record.")],
    wave: Annotated[
        str | None, typer.Option(help="baseline, 3m, 6m, 12m or asked. Default: asks if there are several.")
    ] = None,
) -> None:
    """Correct a figure. The figure that the client reported is kept, with who corrected it and why."""
    if indicator not in CORRECTABLE:
        raise Problem(f"{indicator}: choose one of {', '.join(CORRECTABLE)}")
    right: Decimal | str = value if indicator == ATTRIBUTION else number("VALUE", value.replace(",", ""))
    with opened_database() as database, database.read() as db:
        given = _figures(db, registers.find_client(db, client), indicator)
    chosen = _chosen_wave(indicator, given, wave)
    with writing() as db:
        who = registers.find_client(db, client)
        done = casework.correct_figure(db, who, indicator, chosen, right, why, by=actor(), now=now())
        if isinstance(done, Refused):
            raise Problem(f"{value}: {done.reason}")
        before, after = _now(done.result.before), _now(done.result.after)
    typer.echo(f"{who.code}, {indicator}, {chosen}: corrected from {before} to {after}.")


@outcome.command("review")
def review(
    client: Annotated[str, typer.Argument(help="Client code or name.")],
    wave: Annotated[str, typer.Option(help="baseline, 3m, 6m, 12m … or asked.")],
    state: Annotated[str, typer.Option(help=", ".join(reviews.STATES))],
    why: Annotated[str, typer.Option(help="The reason; kept on record.")],
    day: Annotated[
        datetime | None, typer.Option(help="Day of the survey, if the wave has several.", formats=DAY)
    ] = None,
    indicator: Annotated[str | None, typer.Option(help="Only this figure. Default: all of the survey.")] = None,
    evidence: Annotated[str | None, typer.Option(help=", ".join(reviews.EVIDENCE))] = None,
    words: Annotated[
        str, typer.Option(help="Of a query: why it is asked for, as the client reads it, in their language.")
    ] = "",
) -> None:
    """Review the figures of a survey: verified, queried or rejected. A later correction makes a figure unreviewed again.

    A query asks the client in the chat whether the figure is right. What they answer corrects it; the figure stays queried
    until it is verified or rejected. Where the center asks for two reviewers, a figure is verified by the second one.
    """
    with writing() as db:
        who = registers.find_client(db, client)
        done = reviews.review(
            db,
            who,
            wave,
            state,
            why,
            day=day.date() if day else None,
            indicator=indicator,
            evidence=evidence,
            words=words,
            by=actor(),
            now=now(),
        )
        if isinstance(done, Refused):
            raise Problem(f"--{done.field}: {done.reason}" if done.field else done.reason)
    result = done.result
    survey = f"{who.code}, {wave}, {result.day}"
    if result.indicators:
        typer.echo(f"{survey}: {state}: {', '.join(result.indicators)}.")
    if result.same:
        typer.echo(f"{survey}: {state} already: {', '.join(result.same)}.")
    if result.waiting:
        typer.echo(f"{survey}: a second member of staff is still to verify: {', '.join(result.waiting)}.")
    if result.asked:
        typer.echo(f"The client is asked in the chat: {counted(result.asked, 'question')}.")
    if result.not_asked:
        typer.echo(f"The client is not asked: {result.not_asked}.")


@outcome.command("paper")
def paper(
    client: Annotated[str, typer.Argument(help="Client code or name.")],
    wave: Annotated[str, typer.Option(help="3m, 6m, 12m … or asked.")],
    note: Annotated[str, typer.Option(help="Where the paper is; kept on record.")],
    day: Annotated[
        datetime | None, typer.Option(help="Day of the survey, if the wave has several.", formats=DAY)
    ] = None,
) -> None:
    """Record that a paper is on file on which the client wrote what they had said of the center's part.

    What a client says on the phone or in a visit counts in no attributed tier before they confirm it in the chat, or a
    paper is on file.
    """
    with writing() as db:
        who = registers.find_client(db, client)
        done = confirmations.put_on_file(db, who, wave, note, day=day.date() if day else None, by=actor(), now=now())
        if isinstance(done, Refused):
            raise Problem(f"--{done.field}: {done.reason}" if done.field else done.reason)
    typer.echo(f"{who.code}, {wave}: on file that the center helped: {done.result.answer}.")


@outcome.command("rebuild")
def rebuild() -> None:
    """Derive all changes, flows and amounts in US dollars anew from the figures. Needed only if a report seems wrong."""
    with progress_bar("Deriving") as bar, writing() as db:
        businesses = increments.rebuild(db, bar)
        audit.record(db, actor(), "outcome.rebuild", at=now(), businesses=businesses)
    typer.echo(f"Derived the changes of {businesses} business{'' if businesses == 1 else 'es'} anew.")


def _figures(db: Session, client: Client, indicator: str) -> dict[str, str]:
    """The current figure of each wave, oldest first, in words. Raises Problem if there is none."""
    rows = measures.latest_by_wave(db, client.id, indicator)
    if not rows:
        raise Problem(f"{client.code} has reported no {indicator}; see: acompana outcome show {client.code}")
    return {row.wave: _now(measures.standing(db, row)) for row in rows}


def _chosen_wave(indicator: str, given: dict[str, str], wave: str | None) -> str:
    """The wave to correct. If there are several, asks for it on a terminal and requires --wave in a pipe."""
    if wave is not None:
        if wave not in given:
            raise Problem(f"no {indicator} in wave {wave}; choose one of {', '.join(given)}")
        return wave
    if len(given) == 1:
        return next(iter(given))
    listed = ", ".join(f"{name} ({figure})" for name, figure in given.items())
    if not _on_a_terminal():
        raise Problem(
            f"{indicator} was reported in several waves: {listed}. Choose the one to correct, e.g. --wave {[*given][-1]}"
        )
    typer.echo(f"{indicator} was reported in several waves: {listed}.")
    return _chosen_wave(indicator, given, str(typer.prompt("Which wave", default=[*given][-1])))


def _on_a_terminal() -> bool:
    return sys.stdin.isatty()


def _now(row: OutcomeRow) -> str:
    if row.value is None:
        return row.text or "not given"
    return _amount(row.value) + (f" {row.currency}" if row.currency else "")


def _reviewed(figure: Figure | None, states: Mapping[tuple[str, str, int | None], Review]) -> str:
    if figure is None:
        return ""
    state = states.get((figure.indicator, figure.wave, figure.survey), Review.UNREVIEWED)
    return _written(figure) + ("" if state is Review.UNREVIEWED else f" ({state})")


def _written(figure: Figure) -> str:
    if not isinstance(figure.value, Decimal):
        return str(figure.value or figure.outcome)
    return _amount(figure.value) + (f" {figure.currency}" if figure.currency else "")


def _amount(value: Decimal) -> str:
    return f"{value:,.2f}".removesuffix(".00")
