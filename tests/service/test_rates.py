"""Rates and growth from tables, and the amounts in US dollars that follow."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.service import rates
from bot.service.rates import ImportedTable
from bot.service.results import Done, Refused
from storage.engine import Database
from storage.increments import rebuild
from storage.schema import Audit, Client, Growth, IncrementRow, OutcomeRow, Rate
from tests import golden

NOW = datetime(2026, 11, 26, 15, tzinfo=UTC)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def take_in(db: Session, *rows: str) -> Done[ImportedTable] | Refused:
    file = BytesIO(("currency,day,per_usd,source\n" + "".join(f"{row}\n" for row in rows)).encode())
    return rates.import_rates(db, file, by="cli:ana", now=NOW)


def grow(db: Session, *rows: str) -> Done[ImportedTable] | Refused:
    file = BytesIO(("country,year,percent,source\n" + "".join(f"{row}\n" for row in rows)).encode())
    return rates.import_growth(db, file, by="cli:ana", now=NOW)


def test_rates_come_from_a_table(db: Session) -> None:
    first = take_in(db, "dop,2026-05-15,61.00,BCRD", "JMD,2026-05-15,160,", "JMD,2026-05-15,160.0,")
    assert first == Done(ImportedTable(new=2, changed=0, same=1))
    again = take_in(db, "DOP,2026-05-15,62,BCRD", "JMD,2026-05-15,160,")
    assert again == Done(ImportedTable(new=0, changed=1, same=1))
    known = db.execute(select(Rate.currency, Rate.day, Rate.per_usd, Rate.source).order_by(Rate.currency)).all()
    assert [tuple(row) for row in known] == [
        ("DOP", "2026-05-15", Decimal(62), "BCRD"),
        ("JMD", "2026-05-15", Decimal(160), ""),
    ]
    assert db.scalars(select(Audit.action)).all() == ["rate.import"] * 2


@on_sqlite
@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("XYZ,2026-05-15,61,", "currency: 'XYZ' is not a currency; write its three letters, like XCD"),
        ("XCD,2026-05-15,2.7,", "currency: XCD is pegged at 2.70 to the US dollar and needs no rate"),
        ("DOP,2026-11-27,61,", "day: 2026-11-27 is not a past date"),
        ("DOP,2026-05-15,0,", "per_usd: 0 is not a rate; write how many DOP one US dollar costs"),
        ("DOP,2026-05-15,,", "per_usd: is missing"),
        ("JMD,2026-05-15,161,", "per_usd: says something else than line 2"),
    ],
)
def test_a_broken_rate_is_named_by_its_line(db: Session, row: str, says: str) -> None:
    refused = take_in(db, "JMD,2026-05-15,160,", row)
    assert isinstance(refused, Refused)
    assert refused.details == (f"line 3: {says}",)
    assert db.scalar(select(func.count()).select_from(Rate)) == 0


def test_growth_comes_from_a_table(db: Session) -> None:
    assert grow(db, "do,2025,4.5%,BCRD", "LC,2025,-1,") == Done(ImportedTable(2, 0, 0))
    assert grow(db, "DO,2025,5,IMF", "LC,2025,-1,") == Done(ImportedTable(0, 1, 1))
    known = db.execute(select(Growth.country, Growth.year, Growth.percent, Growth.source).order_by(Growth.country))
    assert [tuple(row) for row in known] == [("DO", 2025, Decimal(5), "IMF"), ("LC", 2025, Decimal(-1), "")]


@on_sqlite
@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("XX,2025,1,", "country: 'XX' is not one of AG, "),
        ("DO,2027,1,", "year: '2027' is not a year from 1990 to 2026"),
        ("DO,25,1,", "year: '25' is not a year from 1990 to 2026"),
        ("DO,2025,much,", "percent: 'much' is not a number"),
        ("DO,2025,-100,", "percent: -100 is not a growth; write 2.5 for two and a half percent"),
        ("LC,2025,2,", "percent: says something else than line 2"),
    ],
)
def test_a_broken_growth_is_named_by_its_line(db: Session, row: str, says: str) -> None:
    refused = grow(db, "LC,2025,1,", row)
    assert isinstance(refused, Refused)
    assert refused.details[0].startswith(f"line 3: {says}")
    assert db.scalar(select(func.count()).select_from(Growth)) == 0


def dollars(db: Session) -> dict[str, Decimal | None]:
    """Change of sales in the first half of 2026, told, by client."""
    query = select(Client.code, IncrementRow.usd).join(Client, Client.id == IncrementRow.client_id)
    told = (IncrementRow.chain == "told", IncrementRow.indicator == "sales_month")
    until = IncrementRow.day <= date(2026, 6, 30)
    return dict(db.execute(query.where(*told, IncrementRow.baseline.is_(False), until)).all())


def stored(db: Session) -> tuple[Decimal | None, Decimal | None, str | None]:
    """What DO-D told to sell in the survey 6m, as corrected, in US dollars: amount, rate and its day."""
    query = select(OutcomeRow.usd, OutcomeRow.per_usd, OutcomeRow.rate_day).where(OutcomeRow.value == Decimal(72200))
    usd, per_usd, day = db.execute(query).one()
    return usd, per_usd, day


def test_new_rates_convert_the_figures_anew(database: Database) -> None:
    golden.build(database)
    with database.write() as db:
        assert {"DO-D": Decimal(200), "LC-A": Decimal(400)}.items() <= dollars(db).items()
        seen: list[tuple[int, int]] = []
        done = rates.set_rate(
            db,
            "DOP",
            date(2026, 5, 15),
            Decimal(122),
            "BCRD",
            by="cli:ana",
            now=NOW,
            progress=lambda step, of: seen.append((step, of)),
        )
        assert isinstance(done, Done)
        assert (done.result.businesses, seen) == (3, [(3, 3)])
        assert {"DO-D": Decimal(100), "LC-A": Decimal(400)}.items() <= dollars(db).items()
        assert stored(db) == (Decimal("591.8"), Decimal(122), "2026-05-15")
        assert take_in(db, "DOP,2026-05-15,61,BCRD") == Done(ImportedTable(0, 1, 0, businesses=3))
        assert dollars(db)["DO-D"] == 200
        assert stored(db) == (Decimal("1183.61"), Decimal(61), "2026-05-15")
        assert take_in(db, "DOP,2026-05-15,61,BCRD") == Done(ImportedTable(0, 0, 1, businesses=0))


def test_a_rebuild_changes_nothing_that_was_right(database: Database) -> None:
    golden.build(database)
    with database.write() as db:
        before = dollars(db)
        db.query(IncrementRow).delete()
        assert rebuild(db) == 6
        assert dollars(db) == before


@on_sqlite
@pytest.mark.parametrize(
    ("currency", "day", "per_usd", "refused"),
    [
        (
            "DOP",
            date(2026, 11, 27),
            Decimal(60),
            Refused("2026-11-27 is still to come; enter a rate on its day or later", "day"),
        ),
        (
            "DOP",
            date(2026, 1, 1),
            Decimal(0),
            Refused("0 is not a rate; write how many DOP one US dollar costs", "per_usd"),
        ),
        (
            "BBD",
            date(2026, 1, 1),
            Decimal(2),
            Refused("BBD is pegged at 2.00 to the US dollar and needs no rate", "currency"),
        ),
    ],
)
def test_what_is_no_rate(db: Session, currency: str, day: date, per_usd: Decimal, refused: Refused) -> None:
    assert rates.set_rate(db, currency, day, per_usd, "", by="cli:ana", now=NOW) == refused
    assert db.scalar(select(func.count()).select_from(Rate)) == 0
