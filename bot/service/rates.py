"""Exchange rates and the growth of economies: entered one by one or as tables. Amounts in US dollars follow at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from bot.service.results import Done, Refused, broken
from storage import audit, exchange_rates, schema
from storage.checks import RegisterError
from storage.imports import rates
from storage.increments import rebuild
from storage.turns import Db

Progress = Callable[[int, int], None]
"""Called with what is done of how much."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A rate, and the businesses whose amounts in US dollars were written anew."""

    rate: schema.Rate
    businesses: int


def set_rate(
    db: Db,
    currency: str,
    day: date,
    per_usd: Decimal,
    source: str,
    *,
    by: str,
    now: datetime,
    progress: Progress = lambda done, of: None,
) -> Done[Entered] | Refused:
    """Enter a rate; a second one for the same day replaces the first."""
    if day > now.date():
        return Refused(f"{day} is still to come; enter a rate on its day or later", "day")
    try:
        rate = exchange_rates.set_rate(db, currency, day, per_usd, source, by)
    except RegisterError as error:
        return Refused(error.problem, error.field)
    audit.record(db, by, "rate.set", f"{rate.currency} {rate.day}", at=now, per_usd=str(rate.per_usd))
    return Done(Entered(rate, rebuild(db, progress, currencies=[rate.currency])))


@dataclass(frozen=True, slots=True)
class ImportedTable:
    """What an import of rates or of growth brought, in rows."""

    new: int
    changed: int
    same: int
    #: Businesses whose amounts in US dollars were written anew.
    businesses: int = 0


def import_rates(
    db: Db, file: BinaryIO, *, by: str, now: datetime, progress: Progress = lambda done, of: None
) -> Done[ImportedTable] | Refused:
    """Import the rates of a CSV file; one for a day that has one already replaces it."""
    try:
        imported = rates.import_rates(db, file, today=now.date(), by=by)
    except RegisterError as error:
        return Refused(error.problem, error.field)
    if imported.problems:
        return broken(imported.problems, imported.good)
    businesses = rebuild(db, progress, currencies=imported.touched) if imported.touched else 0
    if imported.new or imported.changed:
        audit.record(db, by, "rate.import", at=now, new=imported.new, changed=imported.changed)
    return Done(ImportedTable(imported.new, imported.changed, imported.same, businesses))


def import_growth(db: Db, file: BinaryIO, *, by: str, now: datetime) -> Done[ImportedTable] | Refused:
    """Import the growth of economies from a CSV file; a row for a country and year that has one already replaces it."""
    try:
        imported = rates.import_growth(db, file, this_year=now.year)
    except RegisterError as error:
        return Refused(error.problem, error.field)
    if imported.problems:
        return broken(imported.problems, imported.good)
    if imported.new or imported.changed:
        audit.record(db, by, "growth.import", at=now, new=imported.new, changed=imported.changed)
    return Done(ImportedTable(imported.new, imported.changed, imported.same))
