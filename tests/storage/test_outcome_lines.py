"""The lines of outcomes: from the baseline to the latest figure of each client."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.exchange_rates import set_rate
from storage.outcomes import lines
from storage.periods import Period
from storage.schema import Center, Inbox, OutcomeRow
from tests.storage.exports_scene import LATER, Scene, on_sqlite


def told(db: Session, period: Period = Period(), center: str | None = None) -> list[str]:
    """The lines of the outcomes as: client indicator baseline > latest = change (notes)."""

    def shown(figure: Any) -> str:
        return f"{figure.value}{figure.currency or ''}@{figure.wave}" if figure else "-"

    return [
        f"{line.subject.code} {line.indicator} {shown(line.baseline)} > {shown(line.latest)}"
        + (f" = {line.change}" if line.change is not None else "")
        + (f" [{line.attribution.value}]" if line.attribution else "")
        + (f" ({'; '.join(line.notes)})" if line.notes else "")
        for of_client in lines(db, period, Center.code == center if center else None)
        for line in of_client
    ]


def test_the_change_from_the_baseline_to_the_latest_figure(db: Session) -> None:
    scene = Scene(db)
    client = scene.client("LC-AAAA")
    scene.said(client, {"sales_month": (4000, "XCD"), "employees_full": 2, "employees_part": 1})
    three = scene.followup(client, "3m", LATER)
    figures = {"sales_month": (4500, "XCD"), "employees_full": 2, "employees_part": 4, "exports_month": (0, "XCD")}
    scene.said(client, figures | {"financing": "refused", "attribution": "yes"}, LATER, three)
    assert told(db) == [
        "LC-AAAA sales_month 4000XCD@baseline > 4500XCD@3m = 500 [yes]",
        "LC-AAAA exports_month - > 0XCD@3m [yes] (no baseline)",
        "LC-AAAA employees_full 2@baseline > 2@3m = 0 [yes]",
        "LC-AAAA employees_part 1@baseline > 4@3m = 3 [yes]",
        "LC-AAAA fte 2.5@baseline > 4@3m = 1.5 [yes]",
        "LC-AAAA financing - > - (no later figure; 3m refused)",
    ]


@on_sqlite
def test_a_change_is_only_told_where_there_is_one(db: Session) -> None:
    scene = Scene(db)
    first, second = scene.client("LC-AAAA"), scene.client("LC-BBBB")
    scene.said(first, {"sales_month": (4000, "XCD"), "employees_full": "unknown", "employees_part": 1})
    scene.said(first, {"sales_month": (1500, "USD"), "employees_full": 3}, LATER, scene.followup(first, "3m", LATER))
    scene.said(second, {"sales_month": (4000, "XCD")})
    six = LATER + timedelta(days=90)
    scene.said(second, {"sales_month": (5000, "XCD")}, LATER, scene.followup(second, "3m", LATER))
    scene.said(second, {"sales_month": "refused"}, six, scene.followup(second, "6m", six))
    assert told(db) == [
        "LC-AAAA sales_month 4000XCD@baseline > 1500USD@3m (baseline in XCD, latest in USD)",
        "LC-AAAA employees_full - > 3@3m (no baseline; baseline unknown)",
        "LC-AAAA employees_part 1@baseline > - (no later figure)",
        "LC-BBBB sales_month 4000XCD@baseline > 5000XCD@3m = 1000 (6m refused)",
    ]


def test_a_correction_takes_the_place_and_the_day_of_what_it_corrects(db: Session) -> None:
    scene = Scene(db)
    client = scene.client("LC-AAAA")
    wrong = scene.said(client, {"sales_month": (45000, "XCD")})[0]
    for value in (4400, 4500):
        correction = OutcomeRow(
            client_id=client.id,
            indicator="sales_month",
            wave="baseline",
            outcome="value",
            value=Decimal(value),
            currency="XCD",
            corrects_id=wrong.id,
            by="ana@center.lc",
            why="a nought too many, says Marie",
            at=datetime(2026, 6, 1, tzinfo=UTC),
        )
        db.add(correction)
        db.flush()
        wrong = correction
    january = Period(date(2026, 1, 1), date(2026, 1, 31))
    message = db.scalars(select(Inbox.id)).one()
    assert told(db, january) == [
        "LC-AAAA sales_month 4500XCD@baseline > - "
        f"(no later figure; baseline corrected on 2026-06-01 (message {message} said 45000 XCD))"
    ]
    assert told(db, Period(since=date(2026, 2, 1))) == []


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period(), ["4000@baseline > 4500@3m = 500"]),
        (Period(until=date(2026, 4, 10)), ["4000@baseline > -"]),
        (Period(until=date(2026, 1, 9)), []),
        (Period(since=date(2026, 4, 11)), ["4000@baseline > 4500@3m = 500"]),
        (Period(since=date(2026, 4, 12)), []),
        (Period(since=date(2026, 2, 1), until=date(2026, 4, 10)), []),
    ],
    ids=["always", "before the second", "before the first", "its day", "the day after", "between the two"],
)
@on_sqlite
def test_a_period_holds_what_was_told_by_its_end_and_last_in_it(
    db: Session, period: Period, expected: list[str]
) -> None:
    scene = Scene(db)
    client = scene.client("LC-AAAA")
    scene.said(client, {"employees_full": 4000})
    scene.said(client, {"employees_full": 4500}, LATER, scene.followup(client, "3m", LATER))
    lines = [re.sub(r"^LC-AAAA employees_full | \(.*", "", line) for line in told(db, period)]
    assert lines == expected


def test_dollars_stand_beside_an_amount_where_a_rate_is_known(db: Session) -> None:
    scene = Scene(db, "JM", "JM")
    client = scene.client("JM-AAAA")
    scene.said(client, {"sales_month": (310_000, "JMD")})
    scene.said(client, {"sales_month": (320_000, "JMD")}, LATER, scene.followup(client, "3m", LATER), usd=Decimal(1))
    set_rate(db, "JMD", date(2026, 1, 5), Decimal(155))
    (line,) = next(lines(db, Period()))
    assert line.baseline is not None
    assert (line.baseline.usd, line.baseline.per_usd, line.baseline.rate_day) == (
        Decimal(2000),
        Decimal(155),
        "2026-01-05",
    )
    assert line.latest is not None
    assert line.latest.usd == Decimal("2064.52")  # whatever was stored with the figure
