"""What staff make of figures: reviews, and what a correction does to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.service import casework, reviews
from bot.service.results import Done, Refused
from bot.service.reviews import Reviewed
from storage.engine import Database
from storage.reviews import standing_in_wave
from storage.schema import Audit, Center, Client, Followup, IncrementRow, OutcomeRow, ReviewRow
from tests import golden

NOW = datetime(2026, 11, 26, 15, tzinfo=UTC)
BY = "eva@center.lc"
SURVEY = ("sales_month", "exports_month", "employees_full", "employees_part", "financing", "retained")


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    golden.build(database)
    with database.write() as db:
        yield db


def client(db: Session, code: str) -> Client:
    return db.scalars(select(Client).where(Client.code == code)).one()


def review(db: Session, code: str, wave: str, state: str, why: str = "books", **more: Any) -> Done[Reviewed] | Refused:
    return reviews.review(db, client(db, code), wave, state, why, by=BY, now=NOW, **more)


def verified_sales(db: Session, code: str) -> list[Decimal | None]:
    query = select(IncrementRow.value).join(Client, Client.id == IncrementRow.client_id).order_by(IncrementRow.day)
    mine = (Client.code == code, IncrementRow.chain == "verified", IncrementRow.indicator == "sales_month")
    return list(db.scalars(query.where(*mine, IncrementRow.baseline.is_(False))))


def test_a_survey_is_verified_as_a_whole(db: Session) -> None:
    assert verified_sales(db, "LC-C") == [1350]
    done = review(db, "LC-C", "12m", "verified", evidence="visit")
    assert done == Done(Reviewed(SURVEY, (), date(2026, 11, 20)))
    assert verified_sales(db, "LC-C") == [1350, 1350]
    rows = db.scalars(select(ReviewRow).where(ReviewRow.by == BY)).all()
    assert {(row.state, row.evidence, row.why, row.at) for row in rows} == {("verified", "visit", "books", NOW)}
    assert len(rows) == 6
    audited = db.scalars(select(Audit).where(Audit.action == "outcome.review", Audit.actor == BY)).one()
    assert audited.subject == "LC-C"
    assert audited.details == {"wave": "12m", "state": "verified", "indicators": list(SURVEY)}


def test_a_second_verification_adds_nothing(db: Session) -> None:
    before = db.scalar(select(func.count()).select_from(ReviewRow))
    done = review(db, "LC-A", "6m", "verified", indicator="sales_month")
    assert done == Done(Reviewed((), ("sales_month",), date(2026, 5, 18)))
    assert db.scalar(select(func.count()).select_from(ReviewRow)) == before
    assert db.scalar(select(func.count()).select_from(Audit).where(Audit.actor == BY)) == 0


def test_a_rejected_figure_leaves_the_chain(db: Session) -> None:
    assert isinstance(review(db, "LC-A", "6m", "rejected", indicator="sales_month"), Done)
    assert verified_sales(db, "LC-A") == [2160]
    assert isinstance(review(db, "LC-A", "6m", "verified", indicator="sales_month"), Done)
    assert verified_sales(db, "LC-A") == [1080, 1080]
    assert isinstance(review(db, "LC-A", "baseline", "rejected", indicator="sales_month"), Done)
    assert verified_sales(db, "LC-A") == [None, 1080]


def test_a_correction_makes_a_figure_unreviewed_again(db: Session) -> None:
    who = client(db, "LC-A")
    told = db.scalars(
        select(OutcomeRow).where(
            OutcomeRow.client_id == who.id, OutcomeRow.wave == "6m", OutcomeRow.indicator == "sales_month"
        )
    ).one()
    done = casework.correct_figure(db, who, "sales_month", "6m", Decimal(5000), "books", by=BY, now=NOW)
    assert isinstance(done, Done)
    assert (done.result.after.day, done.result.after.at) == (told.day, NOW)
    assert {one.indicator: one.review for one in standing_in_wave(db, who.id, "6m")}["sales_month"] == "unreviewed"
    assert verified_sales(db, "LC-A") == [2160]
    meanwhile = review(db, "LC-A", "6m", "verified", indicator="sales_month", outcome_id=told.id)
    assert meanwhile == Refused("the figure was corrected meanwhile; look at it again")
    assert isinstance(review(db, "LC-A", "6m", "verified", indicator="sales_month"), Done)
    assert verified_sales(db, "LC-A") == [680, 1480]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ({"state": "good"}, Refused("choose one of verified, queried, rejected", "state")),
        ({"evidence": "tea"}, Refused("choose one of books, tax, payroll, visit, statement", "evidence")),
        ({"why": " "}, Refused("a review needs its reason", "why")),
        ({"why": "x" * 301}, Refused("at most 300 characters; these are 301", "why")),
        ({"wave": "3m"}, Refused("LC-A has no survey 3m", "wave")),
        (
            {"day": date(2026, 5, 19)},
            Refused("LC-A has no survey 6m of 2026-05-19; choose 2026-05-18", "day"),
        ),
        (
            {"indicator": "attribution"},
            Refused(f"LC-A has no attribution in that survey; choose one of {', '.join(SURVEY)}", "indicator"),
        ),
    ],
)
def test_what_is_no_review(db: Session, asked: dict[str, Any], refused: Refused) -> None:
    before = db.scalar(select(func.count()).select_from(ReviewRow))
    wanted = {"wave": "6m", "state": "verified", "why": "books", **asked}
    assert review(db, "LC-A", **wanted) == refused
    assert db.scalar(select(func.count()).select_from(ReviewRow)) == before


def test_of_two_surveys_of_a_wave_one_is_named_by_its_day(db: Session) -> None:
    who = client(db, "DO-E")
    second = Followup(client_id=who.id, wave="6m", due_on=date(2026, 6, 1), status="completed", created_at=NOW)
    db.add(second)
    db.flush()
    told = {"client_id": who.id, "wave": "6m", "outcome": "value", "at": NOW, "day": date(2026, 6, 1)}
    db.add(OutcomeRow(**told, followup_id=second.id, indicator="sales_month", value=Decimal(1), currency="DOP"))
    db.flush()
    assert review(db, "DO-E", "6m", "rejected") == Refused(
        "DO-E has several surveys 6m: choose 2026-05-19 or 2026-06-01", "day"
    )
    done = review(db, "DO-E", "6m", "rejected", day=date(2026, 6, 1))
    assert done == Done(Reviewed(("sales_month",), (), date(2026, 6, 1)))


# --- two pairs of eyes -----------------------------------------------------------------------------------------------


@pytest.fixture
def two(db: Session) -> Session:
    """The center of LC-C, whose last survey nobody has reviewed, asks for two reviews."""
    center = db.get_one(Center, client(db, "LC-C").center_id)
    center.settings = {**center.settings, "second_review": True}
    db.flush()
    return db


def by(db: Session, who: str, state: str = "verified", **more: Any) -> Done[Reviewed] | Refused:
    return reviews.review(db, client(db, "LC-C"), "12m", state, "books", by=who, now=NOW, **more)


def test_the_second_one_verifies(two: Session) -> None:
    done = by(two, "eva", indicator="sales_month", evidence="books")
    assert done == Done(Reviewed((), (), date(2026, 11, 20), waiting=("sales_month",)))
    assert verified_sales(two, "LC-C") == [1350]
    standing = {one.indicator: one for one in standing_in_wave(two, client(two, "LC-C").id, "12m")}
    assert (standing["sales_month"].review, standing["sales_month"].first_by) == ("unreviewed", "eva")
    assert by(two, "eva", indicator="sales_month") == Refused(
        "you verified it already; at LC a second member of staff does, too", "state"
    )
    rest = tuple(name for name in SURVEY if name != "sales_month")
    assert by(two, "tom") == Done(Reviewed(("sales_month",), (), date(2026, 11, 20), waiting=rest))
    assert verified_sales(two, "LC-C") == [1350, 1350]
    assert by(two, "eva") == Done(Reviewed(rest, ("sales_month",), date(2026, 11, 20)))


def test_a_first_review_of_the_same_person_stays_one(two: Session) -> None:
    assert isinstance(by(two, "eva", indicator="sales_month"), Done)
    done = by(two, "eva")
    assert done == Done(Reviewed((), (), date(2026, 11, 20), waiting=SURVEY))
    rows = two.scalars(select(ReviewRow).where(ReviewRow.by == "eva")).all()
    assert len(rows) == len(SURVEY)
    assert {(row.state, row.first_of_two) for row in rows} == {("unreviewed", True)}


@pytest.mark.parametrize("state", ["queried", "rejected"])
def test_one_is_enough_to_doubt_and_a_first_review_does_not_undo_that(two: Session, state: str) -> None:
    assert isinstance(by(two, "eva", indicator="sales_month"), Done)
    assert isinstance(by(two, "tom", state, indicator="sales_month"), Done)
    assert isinstance(by(two, "tom", indicator="sales_month"), Done)
    standing = {one.indicator: one for one in standing_in_wave(two, client(two, "LC-C").id, "12m")}
    assert (standing["sales_month"].review, standing["sales_month"].first_by) == (state, "tom")
    assert verified_sales(two, "LC-C") == [1350]
    assert isinstance(by(two, "eva", indicator="sales_month"), Done)
    assert verified_sales(two, "LC-C") == [1350, 1350]


def test_a_correction_wants_both_again(two: Session) -> None:
    assert isinstance(by(two, "eva", indicator="sales_month"), Done)
    corrected = casework.correct_figure(
        two, client(two, "LC-C"), "sales_month", "12m", Decimal(2600), "books", by="tom", now=NOW
    )
    assert isinstance(corrected, Done)
    assert by(two, "tom", indicator="sales_month") == Done(
        Reviewed((), (), date(2026, 11, 20), waiting=("sales_month",))
    )
    assert verified_sales(two, "LC-C") == [1350]
