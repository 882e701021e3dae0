"""What each client of the golden case adds to both chains, by half-years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.engine import Database
from storage.schema import Client, CounselingSession, Followup, IncrementRow
from tests import golden

HALVES = {"H1": (date(2026, 1, 1), date(2026, 6, 30)), "H2": (date(2026, 7, 1), date(2026, 12, 31))}

TOLD = """
client half sales sales_usd exports exports_usd full part retained start new_exporter financing financing_usd
LC-A   H1   1080        400     540         200    0    1        0     0            1         0             0
LC-A   H2   1080        400     270         100    1    0        0     0            0     13500          5000
LC-B   H1   1350        500       0           0    1    0        0     0            0         0             0
LC-B   H2   1350        500       0           0    0    1        0     0            0     27000         10000
LC-C   H1   1350        500       0           0    0    1        0     1            0         0             0
LC-C   H2   1350        500       0           0    1    0        0     0            0      5000       1851.85
DO-D   H1  12200        200       0           0    0    1        1     0            0    122000          2000
DO-D   H2  12500        200   12500         200    1    0        0     0            1         0             0
DO-E   H1 -18300       -300   -6100        -100   -1    0        0     0            0         0             0
DO-E   H2   6250        100   18750         300    0    1        3     0            0         0             0
DO-F   H1      0          0       0           0    0    0        0     0            0         0             0
DO-F   H2      0          0       0           0    0    0        0     0            0         0             0
"""
UNVERIFIED = {("LC-C", "H2")}
"""Of which nothing is in the chain of verified figures."""


@pytest.fixture
def built(database: Database) -> Iterator[Session]:
    golden.build(database)
    with database.read() as db:
        yield db


def sums(db: Session, chain: str, code: str, half: str) -> dict[str, Decimal]:
    since, until = HALVES[half]
    query = (
        select(IncrementRow.indicator, func.sum(IncrementRow.value), func.sum(IncrementRow.usd))
        .join(Client, Client.id == IncrementRow.client_id)
        .where(Client.code == code, IncrementRow.chain == chain, IncrementRow.day.between(since, until))
        .group_by(IncrementRow.indicator)
    )
    found: dict[str, Decimal] = {}
    for indicator, value, usd in db.execute(query):
        found |= {indicator: value or Decimal(0), f"{indicator}_usd": usd or Decimal(0)}
    names = {
        "sales": "sales_month",
        "sales_usd": "sales_month_usd",
        "exports": "exports_month",
        "exports_usd": "exports_month_usd",
        "full": "employees_full",
        "part": "employees_part",
    }
    _client, _half, *columns = TOLD.split("\n")[1].split()
    return {name: found.get(names.get(name, name), Decimal(0)) for name in columns}


def rows() -> Iterator[tuple[str, str, dict[str, Decimal]]]:
    header, *lines = [line.split() for line in TOLD.strip().splitlines()]
    for code, half, *numbers in lines:
        yield code, half, {name: Decimal(number) for name, number in zip(header[2:], numbers, strict=True)}


def test_what_each_client_told(built: Session) -> None:
    assert {(code, half): sums(built, "told", code, half) for code, half, _ in rows()} == {
        (code, half): expected for code, half, expected in rows()
    }


def test_what_of_it_is_verified(built: Session) -> None:
    """LC-B denies any help and stays a link of the chain, unverified or not; it is in no attributed tier."""
    assert {(code, half): sums(built, "verified", code, half) for code, half, _ in rows()} == {
        (code, half): dict.fromkeys(expected, Decimal(0)) if (code, half) in UNVERIFIED else expected
        for code, half, expected in rows()
    }


def test_whose_words_it_counts_by(built: Session) -> None:
    query = (
        select(Client.code, IncrementRow.day, IncrementRow.attribution)
        .join(Client, Client.id == IncrementRow.client_id)
        .where(IncrementRow.baseline.is_(False))
        .distinct()
    )
    said = {(code, "H1" if day.month < 7 else "H2"): attribution for code, day, attribution in built.execute(query)}
    assert said == {
        **{("LC-A", half): "yes" for half in HALVES},
        **{("LC-B", half): "no" for half in HALVES},
        **{("LC-C", half): "yes" for half in HALVES},
        **{("DO-E", half): "partly" for half in HALVES},
        ("DO-D", "H1"): "partly",
        ("DO-D", "H2"): "yes",
    }


def test_surveys_and_hours(built: Session) -> None:
    surveys = built.execute(select(Followup.status, func.count()).group_by(Followup.status)).all()
    assert sorted(tuple(row) for row in surveys) == [("completed", 10), ("unanswered", 2)]
    assert built.scalar(select(func.sum(CounselingSession.hours))) == 47
