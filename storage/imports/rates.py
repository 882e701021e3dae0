"""Import of exchange rates and of growth from CSV files: rows are checked one by one and imported all or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.countries import COUNTRIES
from storage.checks import RegisterError, a_line
from storage.exchange_rates import a_rate, a_rated_currency
from storage.imports import csv_table
from storage.imports.csv_table import Checked, Problem, a_number, a_past_day
from storage.schema import Growth, Rate

RATES = ("currency", "day", "per_usd", "source")
GROWTH = ("country", "year", "percent", "source")
FIRST_YEAR = 1990
MOST_PERCENT = 1000

Key = tuple[str, str] | tuple[str, int]
"""Currency and ISO day, or country and year."""


@dataclass(slots=True)
class Changes:
    """What a table says otherwise than the database, in rows."""

    good: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    #: Currencies, or countries, of which something changed.
    touched: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class _Said:
    """The rows of a table by their keys."""

    values: dict[Key, tuple[Decimal, str]] = field(default_factory=dict)
    lines: dict[Key, int] = field(default_factory=dict)

    def add(self, row: Checked, key: Key, value: Decimal, source: str, column: str) -> None:
        line = self.lines.setdefault(key, row.line)
        if self.values.setdefault(key, (value, source))[0] != value:
            row.problems.append(Problem(row.line, column, f"says something else than line {line}"))


Reader = Callable[[Checked, Mapping[str, str], _Said], None]
"""Checks a row, and adds it to what the table says where nothing is wrong."""


def import_rates(db: Session, file: BinaryIO, *, today: date, by: str | None = None) -> Changes:
    """Import rates from a CSV file with the columns of RATES. Raises RegisterError if the file cannot be read."""

    def there() -> dict[Key, _Kept]:
        return {(rate.currency, rate.day): _Kept(rate, "per_usd") for rate in db.scalars(select(Rate))}

    def added(key: Key, per_usd: Decimal, source: str) -> Rate:
        return Rate(currency=str(key[0]), day=str(key[1]), per_usd=per_usd, source=source, by=by)

    read = partial(_read_rate, today=today)
    return _import(db, csv_table.rows(file, RATES, RATES[:3]), read, there, added, by)


def import_growth(db: Session, file: BinaryIO, *, this_year: int) -> Changes:
    """Import growth from a CSV file with the columns of GROWTH. Raises RegisterError if the file cannot be read."""

    def there() -> dict[Key, _Kept]:
        return {(one.country, one.year): _Kept(one, "percent") for one in db.scalars(select(Growth))}

    def added(key: Key, percent: Decimal, source: str) -> Growth:
        return Growth(country=str(key[0]), year=int(key[1]), percent=percent, source=source)

    read = partial(_read_growth, this_year=this_year)
    return _import(db, csv_table.rows(file, GROWTH, GROWTH[:3]), read, there, added)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A row of the database, with its number in the attribute `value`."""

    row: Rate | Growth
    value: str

    def says(self) -> tuple[Decimal, str]:
        return getattr(self.row, self.value), self.row.source

    def replace(self, value: Decimal, source: str, by: str | None) -> None:
        setattr(self.row, self.value, value)
        self.row.source = source
        if isinstance(self.row, Rate):
            self.row.by = by


def _import(
    db: Session,
    rows: Iterable[tuple[int, Mapping[str, str]]],
    read: Reader,
    known: Callable[[], dict[Key, _Kept]],
    added: Callable[[Key, Decimal, str], Rate | Growth],
    by: str | None = None,
) -> Changes:
    changes, said = Changes(), _Said()
    for line, values in rows:
        row = Checked(line)
        read(row, values, said)
        changes.problems += row.problems
        changes.good += not row.problems
    if changes.problems:
        return changes
    there = known()
    for key, (value, source) in said.values.items():
        kept = there.get(key)
        if kept is None:
            db.add(added(key, value, source))
            changes.new += 1
        elif kept.says() != (value, source):
            kept.replace(value, source, by)
            changes.changed += 1
        else:
            continue
        changes.touched.add(str(key[0]))
    changes.same = changes.good - changes.new - changes.changed
    db.flush()
    return changes


def _read_rate(row: Checked, values: Mapping[str, str], said: _Said, *, today: date) -> None:
    row.run(lambda: csv_table.no_surplus(values))
    currency = row.run(lambda: a_rated_currency(values.get("currency", "")))
    day = row.run(lambda: a_past_day("day", values.get("day", ""), today))
    per_usd = row.run(
        lambda: a_rate(values.get("currency", "").upper(), a_number("per_usd", values.get("per_usd", "")))
    )
    source = row.run(lambda: _source(values))
    if currency is not None and day is not None and per_usd is not None and not row.problems:
        said.add(row, (currency, day.isoformat()), per_usd, source or "", "per_usd")


def _read_growth(row: Checked, values: Mapping[str, str], said: _Said, *, this_year: int) -> None:
    row.run(lambda: csv_table.no_surplus(values))
    country = row.run(lambda: _country(values.get("country", "")))
    year = row.run(lambda: _year(values.get("year", ""), this_year))
    percent = row.run(lambda: _percent(values.get("percent", "")))
    source = row.run(lambda: _source(values))
    if country is not None and year is not None and percent is not None and not row.problems:
        said.add(row, (country, year), percent, source or "", "percent")


def _source(values: Mapping[str, str]) -> str:
    return a_line("source", values.get("source", "")) if values.get("source") else ""


def _country(text: str) -> str:
    if text.upper() not in COUNTRIES:
        raise RegisterError("country", f"{text!r} is not one of {', '.join(COUNTRIES)}" if text else "is missing")
    return text.upper()


def _year(text: str, this_year: int) -> int:
    if not (text.isdecimal() and FIRST_YEAR <= int(text) <= this_year):
        raise RegisterError("year", f"{text!r} is not a year from {FIRST_YEAR} to {this_year}")
    return int(text)


def _percent(text: str) -> Decimal:
    percent = a_number("percent", text.removesuffix("%").strip())
    if not -100 < percent <= MOST_PERCENT:
        raise RegisterError("percent", f"{text} is not a growth; write 2.5 for two and a half percent")
    return percent
