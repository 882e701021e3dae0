"""acompana growth: how much all businesses of a country grew, for reports net of the economy."""

from __future__ import annotations

import typer

from bot.cli.common import CsvFile, actor, imported, now, writing
from bot.cli.groups import growth
from bot.service import rates


@growth.command("import")
def take_in(file: CsvFile) -> None:
    """Import growth from a CSV file. Columns: country, year, percent, source. A row for a country and year that has one
    already replaces it. If any row is invalid, nothing is imported."""
    with file.open("rb") as table, writing() as db:
        done = rates.import_growth(db, table, by=actor(), now=now())
    result = imported(file.name, done)
    typer.echo(f"Growth: {result.new} new, {result.changed} changed, {result.same} on record already.")
