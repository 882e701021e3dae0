"""acompana rate: exchange rates, for figures in US dollars."""

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
    currency: Annotated[str, typer.Argument(help="Three letters, like JMD.", metavar="CURRENCY")],
    per_usd: Annotated[str, typer.Argument(help="What one US dollar costs.", metavar="PER_USD")],
    day: Annotated[datetime | None, typer.Option(help="The day it holds for; else today.", formats=DAY)] = None,
    source: Annotated[str, typer.Option(help="Where it comes from, like the central bank.")] = "",
) -> None:
    """Enter the exchange rate of a day. Figures told from then on are exported in US dollars too."""
    with writing() as db:
        on: date = (day or now()).date()
        made = set_rate(db, currency, on, number("per_usd", per_usd), source)
        audit.record(db, actor(), "rate.set", f"{made.currency} {made.day}", at=now(), per_usd=str(made.per_usd))
    typer.echo(f"{made.day}: 1 USD = {made.per_usd} {made.currency}")
