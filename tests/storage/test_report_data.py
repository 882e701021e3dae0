"""The rows behind a report, on both engines: what is in them, and whose they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType

import pytest
from sqlalchemy.orm import Session

from storage import registers
from storage.exports.table import Cell
from storage.report.data import tables
from storage.report.scope import DIMENSIONS, Scope
from storage.schema import (
    Answer,
    Client,
    Conversation,
    CounselingSession,
    Enrollment,
    Followup,
    OutcomeRow,
    Rate,
    ReviewRow,
    Training,
)

NOW = datetime(2026, 3, 14, 15, 0, tzinfo=UTC)
NONE: Mapping[str, str] = MappingProxyType({})
Rows = dict[str, list[dict[str, Cell]]]


def read(db: Session, centers: tuple[int, ...] | None = None, only: Mapping[str, str] = NONE, **options: bool) -> Rows:
    scope = Scope(date(2026, 1, 1), date(2026, 3, 31), centers, only=tuple(only.items()))
    return {
        table.name: [{field.name: cell for field, cell in zip(table.fields, row, strict=True)} for row in table.rows]
        for table in tables(db, scope, **options)
    }


def client_of(db: Session, center: str, **values: object) -> Client:
    """A registered client of a new center, with a session and a follow-up."""
    home = registers.add_center(db, center, f"{center} SBDC", center, at=NOW)
    client = Client(
        code=f"{center}-AAAA",
        center_id=home.id,
        status="registered",
        name="Ana Hill",
        language="en",
        service_consent=True,
        created_at=NOW,
        **values,
    )
    db.add(client)
    db.flush()
    for day in (date(2026, 3, 31), date(2026, 4, 1)):
        db.add(
            CounselingSession(
                client_id=client.id,
                day=day,
                type="visit",
                area="finance",
                hours=Decimal("1.5"),
                notes="Spoke of Bo",
                created_at=NOW,
            )
        )
        db.add(Followup(client_id=client.id, wave=f"{day.month}m", due_on=day, created_at=NOW))
    db.flush()
    return client


def figure(db: Session, client: Client, value: str | None, **values: object) -> OutcomeRow:
    row = OutcomeRow(
        client_id=client.id,
        indicator="sales_month",
        wave="baseline",
        value=None if value is None else Decimal(value),
        currency="XCD",
        at=NOW,
        day=NOW.date(),
        **{"outcome": "value", **values},
    )
    db.add(row)
    db.flush()
    return row


def test_rows_end_with_the_period(db: Session) -> None:
    client_of(db, "LC")
    rows = read(db)
    assert [row["day"] for row in rows["sessions"]] == [date(2026, 3, 31)]
    assert [row["due_on"] for row in rows["followups"]] == [date(2026, 3, 31)]


def test_the_last_review_of_a_figure_counts(db: Session) -> None:
    client = client_of(db, "LC")
    first = figure(db, client, "5400.5")
    second = figure(db, client, "5000", corrects_id=first.id)
    for state in ("verified", "queried"):
        db.add(ReviewRow(outcome_id=first.id, state=state, by="M", why="books", at=NOW))
    db.flush()
    found = [(row["value"], row["review"], row["corrects"]) for row in read(db)["outcomes"]]
    assert found == [(Decimal("5400.5"), "queried", None), (Decimal(5000), "unreviewed", first.id)]
    assert second.id > first.id


def test_centers_see_their_own(db: Session) -> None:
    client_of(db, "LC")
    other = client_of(db, "DO")
    rows = read(db, (other.center_id,))
    assert {name: {row["client"] for row in rows[name]} for name in ("clients", "sessions", "followups")} == {
        "clients": {"DO-AAAA"},
        "sessions": {"DO-AAAA"},
        "followups": {"DO-AAAA"},
    }


def test_a_training_at_another_center_comes_with_its_attendance(db: Session) -> None:
    client, other = client_of(db, "LC"), client_of(db, "DO")
    training = Training(
        code="DO-T1",
        center_id=other.center_id,
        title="Books",
        starts_at=NOW,
        hours=Decimal(3),
        place="Hall",
        language="es",
        capacity=12,
        area="finance",
        created_at=NOW,
    )
    db.add(training)
    db.flush()
    db.add(Enrollment(training_id=training.id, client_id=client.id, status="attended"))
    db.flush()
    rows = read(db, (client.center_id,))
    assert [row["training"] for row in rows["trainings"]] == ["DO-T1"]
    assert [(row["training"], row["client"], row["status"]) for row in rows["attendance"]] == [
        ("DO-T1", "LC-AAAA", "attended")
    ]
    assert read(db, (other.center_id,))["trainings"] == []


@pytest.mark.parametrize("identified", [False, True])
def test_names_and_notes_only_where_asked_for(db: Session, identified: bool) -> None:
    client_of(db, "LC")
    rows = read(db, identified=identified)
    assert ("Ana Hill" in str(rows), "Spoke of Bo" in str(rows)) == (identified, identified)


def test_rates_are_those_up_to_the_end(db: Session) -> None:
    for day in ("2025-11-15", "2026-04-01"):
        db.add(Rate(currency="DOP", day=day, per_usd=Decimal(60), source="Bank"))
    db.flush()
    assert [tuple(row.values()) for row in read(db)["rates"]] == [("DOP", date(2025, 11, 15), Decimal(60), "Bank")]


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_rows_of_a_group(db: Session, dimension: str) -> None:
    client_of(db, "LC")
    assert read(db, only={dimension: "nothing"})["clients"] == []


def answer(db: Session, client: Client, question: str, flow: str = "followup", **values: object) -> Answer:
    conversation = Conversation(
        client_id=client.id, flow=flow, version=1, subject="", state={}, created_at=NOW, asked_at=NOW
    )
    db.add(conversation)
    db.flush()
    row = Answer(
        client_id=client.id,
        conversation_id=conversation.id,
        flow=flow,
        form_version=3,
        question=question,
        channel="sms",
        at=NOW,
        **{"outcome": "value", "reading": {}, **values},
    )
    db.add(row)
    db.flush()
    return row


def test_all_answers_are_there_and_no_text_that_may_hold_a_name(db: Session) -> None:
    client = client_of(db, "LC")
    answer(db, client, "name", "registration", text="Ana Hill", raw="Ana Hill")
    answer(db, client, "sector", "registration", text="food", raw="1")
    sales = answer(db, client, "sales_month", number=Decimal(900), currency="XCD", raw="about 900, says Ana Hill")
    answer(db, client, "exports_month", outcome="unknown", reading={"hint": "skipped"}, raw="SKIP", taken_back=True)
    figure(db, client, "900", answer_id=sales.id, month="2026-02")
    rows = read(db)["answers"]
    columns = ("flow", "wave", "question", "outcome", "number", "text", "month", "taken_back")
    assert [tuple(row[name] for name in columns) for row in rows] == [
        ("registration", "baseline", "name", "value", None, None, None, False),
        ("registration", "baseline", "sector", "value", None, "food", None, False),
        ("followup", None, "sales_month", "value", Decimal(900), None, "2026-02", False),
        ("followup", None, "exports_month", "skipped", None, None, None, True),
    ]
    assert "Ana Hill" not in str(rows)
    assert [row["words"] for row in read(db, identified=True)["answers"]][2] == "about 900, says Ana Hill"


def test_a_figure_that_was_skipped_is_told_from_one_that_is_unknown(db: Session) -> None:
    client = client_of(db, "LC")
    for hint in ("skipped", None):
        told = answer(db, client, "sales_month", outcome="unknown", reading={"hint": hint})
        figure(db, client, None, outcome="unknown", answer_id=told.id)
    assert [row["outcome"] for row in read(db)["outcomes"]] == ["skipped", "unknown"]
