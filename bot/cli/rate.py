"""acompana rate: exchange rates to the US dollar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from bot.cli.common import (
    DAY,
    CsvFile,
    Problem,
    actor,
    imported,
    now,
    number,
    opened_database,
    progress_bar,
    show_table,
    tell,
    writing,
)
from bot.cli.groups import rate
from bot.countries import PEG_SOURCES, PEGS
from bot.service import rates
from bot.service.results import Refused
from storage.checks import a_currency
from storage.exchange_rates import dated_rates


@rate.command("set")
def enter_rate(
    currency: Annotated[str, typer.Argument(help="Three-letter code, e.g. JMD.", metavar="CURRENCY")],
    per_usd: Annotated[str, typer.Argument(help="Price of one US dollar in this currency.", metavar="PER_USD")],
    day: Annotated[datetime | None, typer.Option(help="Day the rate applies to. Default: today.", formats=DAY)] = None,
    source: Annotated[str, typer.Option(help="Source of the rate, e.g. the central bank.")] = "",
) -> None:
    """Set the exchange rate for a day. Figures reported from that day on are also exported in US dollars."""
    on: date = (day or now()).date()
    price = number("per_usd", per_usd)
    with progress_bar("Converting") as bar, writing() as db:
        done = rates.set_rate(db, currency, on, price, source, by=actor(), now=now(), progress=bar)
        if isinstance(done, Refused):
            raise Problem(f"{done.field}: {done.reason}")
    entered = done.result
    typer.echo(f"{entered.rate.day}: 1 USD = {entered.rate.per_usd} {entered.rate.currency}")
    _tell_converted(entered.businesses)


@rate.command("import")
def take_in(file: CsvFile) -> None:
    """Import dated rates from a CSV file. Columns: currency, day, per_usd, source. A rate for a day that has one already
    replaces it. Figures are converted anew at once. If any row is invalid, nothing is imported."""
    with file.open("rb") as table, progress_bar("Converting") as bar, writing() as db:
        done = rates.import_rates(db, table, by=actor(), now=now(), progress=bar)
    result = imported(file.name, done)
    typer.echo(f"Rates: {result.new} new, {result.changed} changed, {result.same} on record already.")
    _tell_converted(result.businesses)


@rate.command("list")
def list_rates(
    currency: Annotated[str | None, typer.Option(help="Only this currency, e.g. DOP.", metavar="CURRENCY")] = None,
) -> None:
    """List the rates: those that are fixed by law, then the dated ones."""
    wanted = a_currency(currency) if currency else None
    with opened_database() as database, database.read() as db:
        dated = [(rate.currency, rate.day, rate.per_usd, rate.source) for rate in dated_rates(db, wanted)]
    fixed = [(code, "fixed", per_usd, PEG_SOURCES[code]) for code, per_usd in PEGS.items() if wanted in (None, code)]
    show_table(("currency", "day", "per USD", "source"), [*fixed, *dated])
    if wanted and not fixed and not dated:
        tell(f"No rate of {wanted} is known; enter one: acompana rate set {wanted} PER_USD")


def _tell_converted(businesses: int) -> None:
    if businesses:
        typer.echo(f"Converted the figures of {businesses} business{'' if businesses == 1 else 'es'} anew.")
