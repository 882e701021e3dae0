"""acompana rate: exchange rates to the US dollar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from bot.cli.common import DAY, actor, now, number, writing
from bot.cli.groups import rate
from storage import audit
from storage.exchange_rates import set_rate


@rate.command("set")
def enter_rate(
    currency: Annotated[str, typer.Argument(help="Three-letter code, e.g. JMD.", metavar="CURRENCY")],
    per_usd: Annotated[str, typer.Argument(help="Price of one US dollar in this currency.", metavar="PER_USD")],
    day: Annotated[datetime | None, typer.Option(help="Day the rate applies to. Default: today.", formats=DAY)] = None,
    source: Annotated[str, typer.Option(help="Source of the rate, e.g. the central bank.")] = "",
) -> None:
    """Set the exchange rate for a day. Figures reported from that day on are also exported in US dollars."""
    with writing() as db:
        on: date = (day or now()).date()
        row = set_rate(db, currency, on, number("per_usd", per_usd), source)
        audit.record(db, actor(), "rate.set", f"{row.currency} {row.day}", at=now(), per_usd=str(row.per_usd))
    typer.echo(f"{row.day}: 1 USD = {row.per_usd} {row.currency}")
