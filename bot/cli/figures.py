"""Figures of a client as they stand, and correcting one."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

import typer

from bot.cli.commands import outcome
from bot.cli.edge import Problem, actor, now, opened_store, show_table, writing
from bot.cli.registers import number
from bot.service import outcomes as measures
from storage import audit, outcomes, registers
from storage.outcomes import ATTRIBUTION, FTE, ORDER, Figure

CORRECTABLE = (*(name for name in ORDER if name != FTE), ATTRIBUTION)


@outcome.command("show")
def show(client: Annotated[str, typer.Argument(help="The client's code or name.")]) -> None:
    """Each figure of a client: the baseline, the latest, and what the latest came from."""
    with opened_store() as database, database.write() as db:
        who = registers.find_client(db, client)
        lines = outcomes.of_one(db, who.id)
        audit.record(db, actor(), "client.view", who.code, at=now())
    if not lines:
        typer.echo(f"{who.code} has given no figure yet. Ask for some: acompana followup trigger {who.code}")
        return
    rows = [
        (line.indicator, _written(line.baseline), _written(line.latest), line.latest.wave if line.latest else "")
        for line in lines
    ]
    show_table(("indicator", "baseline", "latest", "wave"), rows)


@outcome.command("correct")
def correct(
    client: Annotated[str, typer.Argument(help="The client's code or name.")],
    indicator: Annotated[str, typer.Argument(help=", ".join(CORRECTABLE))],
    value: Annotated[str, typer.Argument(help="The right figure; for the attribution yes, partly or no.")],
    why: Annotated[str, typer.Option(help="The reason, which stays on record.")],
    wave: Annotated[str, typer.Option(help="baseline, 3m, 6m, 12m or asked.")] = "baseline",
) -> None:
    """Put a figure right. What the client told stays on record beside it, with who corrected it and why."""
    if indicator not in CORRECTABLE:
        raise Problem(f"{indicator}: choose one of {', '.join(CORRECTABLE)}")
    right: Decimal | str = value if indicator == ATTRIBUTION else number("VALUE", value.replace(",", ""))
    with writing() as db:
        who = registers.find_client(db, client)
        row = measures.told(db, who.id, indicator, wave)
        if row is None:
            raise Problem(
                f"{who.code} has told no {indicator} in the wave {wave}; see: acompana outcome show {who.code}"
            )
        before = measures.standing(db, row)
        old = before.text if before.value is None else _amount(before.value)
        try:
            measures.correct(db, row, right, actor(), why, now())
        except ValueError as error:
            raise Problem(f"{value}: {error}") from None
    typer.echo(f"{who.code}, {indicator}, {wave}: {value} instead of {old or 'nothing'}.")


def _written(figure: Figure | None) -> str:
    if figure is None:
        return ""
    if not isinstance(figure.value, Decimal):
        return str(figure.value or figure.outcome)
    return _amount(figure.value) + (f" {figure.currency}" if figure.currency else "")


def _amount(value: Decimal) -> str:
    return f"{value:,.2f}".removesuffix(".00")
