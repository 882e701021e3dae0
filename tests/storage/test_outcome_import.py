"""Figures that a network brings along: the rows they become, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.service import casework, imports
from bot.service.imports import import_outcomes
from bot.service.results import Done, Refused
from bot.service.rules import Rules
from storage import registers
from storage.exchange_rates import set_rate
from storage.imports.outcomes import ImportedOutcomes
from storage.schema import Audit, Center, Client, Followup, IncrementRow, OutcomeRow, ReviewRow, Timer

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
"""In the morning of Santo Domingo."""
HEADER = "client,wave,day,indicator,value,currency,outcome,kind,attribution,review,reviewed_by,source\n"
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def center(db: Session) -> Center:
    """A center with the client DO-A, beside one with the client LC-A."""
    for country in ("LC", "DO"):
        center = registers.add_center(db, country, f"Center {country}", country, at=NOW)
        table = f"code,name,phone\n{country}-A,Ana,{'+17584550101' if country == 'LC' else '+18095550101'}\n"
        assert isinstance(imports.import_clients(db, BytesIO(table.encode()), center, by="cli:ana", now=NOW), Done)
    for day, rate in (("2025-11-15", "60"), ("2026-05-15", "61")):
        set_rate(db, "DOP", date.fromisoformat(day), Decimal(rate))
    db.commit()
    return center


def take_in(db: Session, center: Center, *rows: str) -> Done[ImportedOutcomes] | Refused:
    file = BytesIO((HEADER + "".join(f"{row}\n" for row in rows)).encode())
    done = import_outcomes(db, file, center, source="history.csv", by="cli:ana", now=NOW)
    db.commit()
    return done


def done(db: Session, center: Center, *rows: str) -> ImportedOutcomes:
    result = take_in(db, center, *rows)
    assert isinstance(result, Done), result
    return result.result


def refused(db: Session, center: Center, *rows: str) -> list[str]:
    """The problems that a file has, which adds nothing."""
    tables = (OutcomeRow, Followup, ReviewRow, IncrementRow, Audit)
    before = [db.scalar(select(func.count()).select_from(table)) for table in tables]
    result = take_in(db, center, *rows)
    assert isinstance(result, Refused)
    assert [db.scalar(select(func.count()).select_from(table)) for table in tables] == before
    return list(result.details)


HISTORY = (
    "DO-A,baseline,2025-11-17,sales_month,60000,,,,,,,",
    "DO-A,6m,2026-05-18,sales_month,72200,dop,value,,partly,verified,eva@center.do,paper forms",
    "DO-A,6m,2026-05-18,financing,122000,,,loan,,queried,,",
    "DO-A,6m,2026-05-18,employees_part,0,,,,,,,",
    "DO-A,6m,2026-05-18,retained,,,refused,,,verified,,",
    "do a,12m,2026-11-18,,,,unanswered,,,,,",
)


def test_a_survey_becomes_a_completed_followup_with_its_figures(db: Session, center: Center) -> None:
    result = done(db, center, *HISTORY)
    assert (result.figures, result.surveys, result.reviews, result.clients, result.same) == (5, 2, 3, 1, 0)
    noon = datetime(2026, 5, 18, 16, tzinfo=UTC)  # in Santo Domingo
    surveys = db.scalars(select(Followup).order_by(Followup.due_on)).all()
    assert [(one.wave, one.status, one.started_by, one.due_on) for one in surveys] == [
        ("6m", "completed", "import", date(2026, 5, 18)),
        ("12m", "unanswered", "import", date(2026, 11, 18)),
    ]
    assert surveys[0].invited_at == surveys[0].closed_at == noon
    rows = db.scalars(select(OutcomeRow).order_by(OutcomeRow.id)).all()
    assert [
        (row.wave, row.indicator, row.outcome, row.value, row.text, row.currency, row.usd, row.kind, row.source_note)
        for row in rows
    ] == [
        ("baseline", "sales_month", "value", 60000, None, "DOP", 1000, None, "history.csv"),
        ("6m", "sales_month", "value", 72200, None, "DOP", Decimal("1183.61"), None, "paper forms"),
        ("6m", "financing", "value", 122000, None, "DOP", 2000, "loan", "history.csv"),
        ("6m", "employees_part", "zero", 0, None, None, None, None, "history.csv"),
        ("6m", "retained", "refused", None, None, None, None, None, "history.csv"),
        ("6m", "attribution", "value", None, "partly", None, None, None, "paper forms"),
    ]
    assert [row.followup_id for row in rows] == [None, *[surveys[0].id] * 5]
    assert {(row.source, row.claimed, row.partial) for row in rows} == {("import", False, False)}
    assert {(row.at, row.day) for row in rows[1:]} == {(noon, date(2026, 5, 18))}
    assert (rows[1].per_usd, rows[1].rate_day) == (Decimal(61), "2026-05-15")
    reviews = db.execute(select(ReviewRow.outcome_id, ReviewRow.state, ReviewRow.by, ReviewRow.why)).all()
    assert sorted(tuple(row) for row in reviews) == [
        (rows[1].id, "verified", "eva@center.do", "imported"),
        (rows[2].id, "queried", "cli:ana", "imported"),
        (rows[4].id, "verified", "cli:ana", "imported"),
    ]


def test_the_increments_follow_at_once(db: Session, center: Center) -> None:
    done(db, center, *HISTORY)
    query = select(IncrementRow.chain, IncrementRow.indicator, IncrementRow.value, IncrementRow.usd).where(
        IncrementRow.baseline.is_(False), IncrementRow.indicator.in_(("sales_month", "financing"))
    )
    found: list[tuple[Any, ...]] = sorted(tuple(row) for row in db.execute(query))
    assert found == [
        ("told", "financing", Decimal(122000), Decimal(2000)),
        ("told", "sales_month", Decimal(12200), Decimal(200)),
        ("verified", "sales_month", Decimal(12200), Decimal(200)),
    ]
    assert db.scalars(select(IncrementRow.attribution).where(IncrementRow.baseline.is_(False))).unique().all() == [
        "partly"
    ]


def test_the_same_file_twice_is_the_same_file_once(db: Session, center: Center) -> None:
    done(db, center, *HISTORY)
    again = done(db, center, *HISTORY, HISTORY[0])
    assert (again.figures, again.surveys, again.reviews, again.clients, again.same) == (0, 0, 0, 0, 7)
    assert db.scalar(select(func.count()).select_from(OutcomeRow)) == 6
    assert db.scalar(select(func.count()).select_from(Audit).where(Audit.action == "outcome.import")) == 1


def test_a_later_file_adds_to_a_survey(db: Session, center: Center) -> None:
    done(db, center, "DO-A,6m,2026-05-18,sales_month,100,,,,,,,", "DO-A,12m,2026-11-18,,,,unanswered,,,,,")
    more = done(
        db,
        center,
        "DO-A,6m,2026-05-18,sales_month,100,,,,yes,verified,,",
        "DO-A,6m,2026-05-18,exports_month,50,,,,,,,",
        "DO-A,12m,2026-11-18,sales_month,120,,,,,,,",
    )
    assert (more.figures, more.surveys, more.reviews, more.same) == (2, 1, 1, 1)
    assert sorted(db.scalars(select(Followup.status))) == ["completed", "completed"]
    assert db.scalars(select(ReviewRow.state)).all() == ["verified"]
    figures = select(OutcomeRow.indicator).join(Followup, Followup.id == OutcomeRow.followup_id)
    assert sorted(db.scalars(figures.where(Followup.wave == "6m"))) == ["attribution", "exports_month", "sales_month"]


def test_a_corrected_figure_is_still_the_one_of_the_file(db: Session, center: Center) -> None:
    done(db, center, "DO-A,6m,2026-05-18,sales_month,722000,,,,,verified,,")
    client = db.scalars(select(Client).where(Client.code == "DO-A")).one()
    casework.correct_figure(db, client, "sales_month", "6m", Decimal(72200), "a digit", by="cli:ana", now=NOW)
    db.commit()
    for value in (722000, 72200):
        assert done(db, center, f"DO-A,6m,2026-05-18,sales_month,{value},,,,,verified,,").same == 1
    assert refused(db, center, "DO-A,6m,2026-05-18,sales_month,1,,,,,,,")
    assert db.scalar(select(func.count()).select_from(ReviewRow)) == 1


def log_session(db: Session, day: date) -> list[str]:
    """The waves that a session plans."""
    client = db.scalars(select(Client).where(Client.code == "DO-A")).one()
    logged = casework.log_session(
        db,
        client,
        day=day,
        type="phone",
        area="finance",
        hours=Decimal(1),
        notes="",
        counselor=None,
        rules=Rules(),
        by="cli:ana",
        now=NOW,
    )
    assert isinstance(logged, Done)
    db.commit()
    return [one.wave for one in logged.result]


def test_an_imported_survey_takes_the_place_of_the_planned_one(db: Session, center: Center) -> None:
    assert log_session(db, date(2026, 1, 15)) == ["12m"]
    done(db, center, "DO-A,12m,2026-11-18,sales_month,100,,,,,,,")
    survey = db.scalars(select(Followup)).one()
    assert (survey.status, survey.due_on) == ("completed", date(2026, 11, 18))
    assert db.scalars(select(Timer.status)).all() == ["dropped"]


def test_a_survey_of_an_earlier_session_leaves_the_planned_one(db: Session, center: Center) -> None:
    log_session(db, date(2026, 11, 20))
    done(db, center, "DO-A,6m,2026-05-18,sales_month,100,,,,,,,")
    waves = db.execute(select(Followup.wave, Followup.status).order_by(Followup.due_on)).all()
    assert [tuple(row) for row in waves] == [("6m", "completed"), *[(f"{n}m", "planned") for n in (3, 6, 12)]]


LINE = "DO-A,6m,2026-05-18,sales_month,100,,,,,,,"


@on_sqlite
@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",6m,2026-05-18,sales_month,1,,,,,,,", "client: is missing"),
        ("DO-Z,6m,2026-05-18,sales_month,1,,,,,,,", "client: there is no client DO-Z at DO"),
        ("LC-A,6m,2026-05-18,sales_month,1,,,,,,,", "client: LC-A is a client of LC, not of DO"),
        ("DO-A,,2026-05-18,sales_month,1,,,,,,,", "wave: is missing"),
        ("DO-A,spring,2026-05-18,sales_month,1,,,,,,,", "wave: 'spring' is not a wave; write baseline, 3m, 6m, 12m …"),
        ("DO-A,121m,2026-05-18,sales_month,1,,,,,,,", "wave: '121m' is not a wave; write baseline, 3m, 6m, 12m …"),
        ("DO-A,6m,,sales_month,1,,,,,,,", "day: is missing"),
        ("DO-A,6m,18/05/2026,sales_month,1,,,,,,,", "day: '18/05/2026' is not a date like 2026-03-14"),
        ("DO-A,6m,2026-11-26,sales_month,1,,,,,,,", "day: 2026-11-26 is not a past date"),
        ("DO-A,6m,2026-05-18,,1,,,,,,,", "indicator: is missing"),
        ("DO-A,6m,2026-05-18,sales,1,,,,,,,", "indicator: 'sales' is not one of sales_month, exports_month"),
        ("DO-A,baseline,2026-05-18,financing,1,,,,,,,", "indicator: financing is no part of a baseline"),
        ("DO-A,6m,2026-05-18,sales_month,,,,,,,,", "value: is missing"),
        ("DO-A,6m,2026-05-18,sales_month,much,,,,,,,", "value: 'much' is not a number; write it like 1234.50"),
        ('DO-A,6m,2026-05-18,sales_month,"1,5",,,,,,,', "value: '1,5' is not a number; write it like 1234.50"),
        ("DO-A,6m,2026-05-18,sales_month,-5,,,,,,,", "value: -5 is negative; a figure is 0 or more"),
        (f"DO-A,6m,2026-05-18,sales_month,{10**16},,,,,,,", f"value: {10**16} is too large; a figure is less than"),
        ("DO-A,6m,2026-05-18,sales_month,1.00001,,,,,,,", "value: 1.00001 has more than four decimals"),
        ("DO-A,6m,2026-05-18,employees_full,1.5,,,,,,,", "value: 1.5 is not a whole number of people"),
        ("DO-A,6m,2026-05-18,sales_month,1,,refused,,,,,", "value: must be empty where the outcome is refused"),
        ("DO-A,6m,2026-05-18,sales_month,1,pesos,,,,,,", "currency: 'PESOS' is not a currency"),
        ("DO-A,6m,2026-05-18,sales_month,1,,maybe,,,,,", "outcome: 'maybe' is not one of value, refused, unknown"),
        (
            "DO-A,6m,2026-05-18,sales_month,,,unanswered,,,,,",
            "indicator: must be empty where the outcome is unanswered",
        ),
        ("DO-A,baseline,2026-05-18,,,,unanswered,,,,,", "outcome: a baseline is not asked for in a survey"),
        ("DO-A,6m,2026-05-18,financing,1,,,gift,,,,", "kind: 'gift' is not one of loan, grant, equity"),
        ("DO-A,6m,2026-05-18,sales_month,1,,,loan,,,,", "kind: only financing has a kind; leave it empty"),
        ("DO-A,6m,2026-05-18,sales_month,1,,,,maybe,,,", "attribution: 'maybe' is not one of yes, partly, no"),
        ("DO-A,baseline,2026-05-18,sales_month,1,,,,yes,,,", "attribution: must be empty in a baseline"),
        (
            "DO-A,6m,2026-05-18,sales_month,1,,,,,checked,,",
            "review: 'checked' is not one of verified, queried, rejected",
        ),
        (f"{LINE},,surplus", "1 more cells than columns; quote texts that contain the separator"),
    ],
)
def test_a_broken_row_is_named_by_its_line(db: Session, center: Center, row: str, says: str) -> None:
    problems = refused(db, center, "DO-A,12m,2026-11-18,sales_month,1,,,,,,,", row)
    assert len(problems) == 1
    assert problems[0].startswith(f"line 3: {says}")


@on_sqlite
@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            (LINE, "DO-A,6m,2026-05-18,sales_month,101,,,,,,,"),
            "line 3: value: says something else than line 2 about the same figure",
        ),
        (
            (f"{LINE[:-3]}yes,,,", "DO-A,6m,2026-05-18,exports_month,1,,,,no,,,"),
            "line 3: attribution: says no, line 2 of the same survey says yes",
        ),
        (
            (LINE, "DO-A,6m,2026-05-18,,,,unanswered,,,,,"),
            "line 3: outcome: the survey is both unanswered and answered in this file",
        ),
        (
            ("DO-A,baseline,2025-11-17,sales_month,1,,,,,,,", "DO-A,baseline,2025-11-18,sales_month,1,,,,,,,"),
            "line 3: day: line 2 has a baseline of DO-A on 2025-11-17",
        ),
    ],
)
def test_rows_that_contradict_each_other(db: Session, center: Center, rows: tuple[str, ...], says: str) -> None:
    assert refused(db, center, *rows) == [says]


CHANGE = "to change it: acompana outcome correct DO-A"


@on_sqlite
@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            "DO-A,6m,2026-05-18,sales_month,72201,,,,,,,",
            f"value: DO-A has another figure there; {CHANGE} sales_month VALUE --wave 6m --why …",
        ),
        ("DO-A,6m,2026-05-18,sales_month,72200,USD,,,,,,", "value: DO-A has another figure there"),
        ("DO-A,6m,2026-05-18,financing,122000,,,grant,,,,", "value: DO-A has another figure there"),
        (
            "DO-A,6m,2026-05-18,exports_month,1,,,,no,,,",
            f"attribution: partly there; {CHANGE} attribution no --wave 6m --why …",
        ),
        (
            "DO-A,6m,2026-05-18,sales_month,72200,,,,,rejected,,",
            "review: the figure is verified there; to review it: acompana outcome review DO-A --wave 6m",
        ),
        (
            "DO-A,baseline,2025-11-20,sales_month,60000,,,,,,,",
            f"day: DO-A has a baseline of 2025-11-17; {CHANGE} sales_month VALUE --wave baseline --why …",
        ),
        (
            "DO-A,6m,2026-05-18,,,,unanswered,,,,,",
            "outcome: DO-A has a follow-up 6m of that day, which is completed",
        ),
    ],
)
def test_what_the_database_says_otherwise_is_refused(db: Session, center: Center, row: str, says: str) -> None:
    done(db, center, *HISTORY)
    (problem,) = refused(db, center, "DO-A,24m,2026-11-24,sales_month,1,,,,,,,", row)
    assert problem.startswith(f"line 3: {says}")


@on_sqlite
def test_a_followup_of_the_chat_keeps_its_answers_apart(db: Session, center: Center) -> None:
    client = db.scalars(select(Client).where(Client.code == "DO-A")).one()
    declined = Followup(client_id=client.id, wave="6m", due_on=date(2026, 5, 18), status="declined", created_at=NOW)
    db.add(declined)
    db.commit()
    (problem,) = refused(db, center, LINE)
    assert problem == (
        "line 2: day: DO-A has a follow-up 6m of that day, which is declined; key its figures in instead"
    )


@on_sqlite
def test_todays_figures_are_not_of_a_later_hour(db: Session, center: Center) -> None:
    """Figures of a day are dated at its noon, and those of today at most now."""
    done(db, center, "DO-A,6m,2026-11-25,sales_month,100,,,,,,,")
    assert db.scalars(select(OutcomeRow.at)).all() == [NOW]
    assert db.scalars(select(Followup.invited_at)).all() == [NOW]


@pytest.mark.parametrize(
    ("stage", "sales", "after"),
    [
        ("idea", ("0", "9000"), ("running", date(2026, 5, 18))),
        ("idea", ("0", "0"), ("idea", None)),
        ("running", ("0", "9000"), ("running", None)),
        (None, ("0", "9000"), (None, None)),
    ],
)
@on_sqlite
def test_an_idea_that_sold_has_begun(
    db: Session, center: Center, stage: str | None, sales: tuple[str, str], after: tuple[str | None, date | None]
) -> None:
    client = db.scalars(select(Client).where(Client.code == "DO-A")).one()
    client.stage = client.baseline_stage = stage
    db.commit()
    told = zip(("baseline,2025-11-17", "6m,2026-05-18"), sales, strict=True)
    done(db, center, *(f"DO-A,{wave},sales_month,{value},,,,,,," for wave, value in told))
    assert (client.stage, client.start_on) == after
