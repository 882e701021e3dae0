"""Six clients at two centers, a baseline and two follow-ups each: the figures by which the method is tested, from tables in
tests/data/golden. DO-D has a correction, LC-C unverified figures, DO-E refuses one question, DO-F never answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from bot.service import casework, imports, rates, reviews
from bot.service.results import Done, Refused
from bot.service.rules import Rules
from storage import registers
from storage.engine import Database

TABLES = Path(__file__).parent / "data" / "golden"
CENTERS = {"LC": "Castries SBDC", "DO": "Santo Domingo SBDC"}
CLIENTS = ("LC-A", "LC-B", "LC-C", "DO-D", "DO-E", "DO-F")
IMPORTED_AT = datetime(2026, 11, 25, 15, tzinfo=UTC)
CORRECTED_AT = datetime(2026, 6, 10, 15, tzinfo=UTC)
BY = "cli:ana"


def build(database: Database) -> None:
    """Put the case into an empty, migrated database, through the use cases that the commands call."""
    with database.write() as db:
        for code, name in CENTERS.items():
            registers.add_center(db, code, name, code, at=IMPORTED_AT)
    with database.write() as db, table("rates") as file:
        _done(rates.import_rates(db, file, by=BY, now=IMPORTED_AT))
    with database.write() as db, table("growth") as file:
        _done(rates.import_growth(db, file, by=BY, now=IMPORTED_AT))
    for code in CENTERS:
        with database.write() as db:
            center = registers.find_center(db, code)
            with table(f"clients-{code.lower()}") as file:
                _done(imports.import_clients(db, file, center, by=BY, now=IMPORTED_AT))
            with table(f"sessions-{code.lower()}") as file:
                _done(imports.import_sessions(db, file, center, rules=Rules(), by=BY, now=IMPORTED_AT))
            with table(f"outcomes-{code.lower()}") as file:
                _done(imports.import_outcomes(db, file, center, source="files", by=BY, now=IMPORTED_AT))
    with database.write() as db:
        who = registers.find_client(db, "DO-D")
        why = "one zero too many; read from the books"
        _done(casework.correct_figure(db, who, "sales_month", "6m", Decimal(72200), why, by=BY, now=CORRECTED_AT))
    with database.write() as db:
        who = registers.find_client(db, "DO-D")
        day = date(2026, 5, 18)
        verified = reviews.review(
            db,
            who,
            "6m",
            "verified",
            "seen in the books",
            day=day,
            indicator="sales_month",
            evidence="books",
            by=BY,
            now=IMPORTED_AT,
        )
        _done(verified)


@contextmanager
def table(name: str) -> Iterator[BinaryIO]:
    with (TABLES / f"{name}.csv").open("rb") as file:
        yield file


def _done(result: Done[Any] | Refused) -> None:
    assert isinstance(result, Done), result
