"""Figures that staff doubt: the client is asked, the answer is a correction, and staff decide."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bot.service import casework, reviews
from bot.service.results import Done, Refused
from bot.service.reviews import Reviewed
from storage import schema
from storage.queries import queries_about
from storage.reviews import standing_in_wave
from tests.service.world import World

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

BY = "eva@example.org"
FIGURES = ("5200", "2", "1", "0", "0", "1", "0", "1")


def surveyed(world: World) -> World:
    """Ana has told her figures of December, and nothing is open."""
    world.add_staff()
    world.register()
    world.talk("update", *FIGURES)
    world.wait(days=2)
    world.heard()
    world.heard("900", "telegram")
    return world


def review(
    world: World, state: str = "queried", indicator: str | None = "sales_month", **more: Any
) -> Reviewed | Refused:
    with world.database.write() as db:
        client = db.get_one(schema.Client, world.client().id)
        why, wave = more.pop("why", "a jump"), more.pop("wave", "asked")
        done = reviews.review(db, client, wave, state, why, indicator=indicator, **{"by": BY, "now": world.now, **more})
        return done.result if isinstance(done, Done) else done


def state(world: World, indicator: str = "sales_month", wave: str = "asked") -> str:
    with world.database.read() as db:
        return next(one.review for one in standing_in_wave(db, world.client().id, wave) if one.indicator == indicator)


def queries(world: World) -> list[schema.QueryRow]:
    return world.all(schema.QueryRow)


SALES = """Hi Ana, SBDC Saint Lucia is checking a figure that you told us on 5 Jan 2026: Sales.
EC$5,200 for December, is that right?"""


def test_the_client_is_asked_about_the_figure(world: World) -> None:
    surveyed(world)
    assert review(world, words="It is twice what you told before") == Reviewed(
        ("sales_month",), (), world.all(schema.Followup)[0].due_on, asked=1
    )
    world.wait(hours=1)
    first, last = SALES.split("\n")
    assert world.heard() == f"{first}\nWhy: It is twice what you told before\n{last}"


@pytest.mark.parametrize(
    ("replies", "reply", "kept", "notice"),
    [
        (["1"], "right", [5200], "Sales last month: EC$5,200 is right."),
        (["yes"], "right", [5200], "Sales last month: EC$5,200 is right."),
        (["5200"], "right", [5200], "Sales last month: EC$5,200 is right."),
        (["2", "2500"], "changed", [5200, 2500], "Sales last month: EC$2,500 instead of EC$5,200."),
        (["no, 2500", "1"], "changed", [5200, 2500], "Sales last month: EC$2,500 instead of EC$5,200."),
        (["2500"], "changed", [5200, 2500], "Sales last month: EC$2,500 instead of EC$5,200."),
        (["600 a week", "1"], "changed", [5200, 2600], "Sales last month: EC$2,600 instead of EC$5,200."),
        (["52000", "no", "5300"], "changed", [5200, 5300], "Sales last month: EC$5,300 instead of EC$5,200."),
        (["I don't know"], "unknown", [5200], "Sales last month: does not know whether EC$5,200 is right."),
        (["skip"], "unknown", [5200], "Sales last month: does not know whether EC$5,200 is right."),
        (
            ["I'd rather not say"],
            "refused",
            [5200],
            "Sales last month: would rather not say whether EC$5,200 is right.",
        ),
    ],
)
def test_the_answer_is_read_back_and_corrects(
    world: World, replies: list[str], reply: str, kept: list[int], notice: str
) -> None:
    surveyed(world)
    review(world)
    world.wait(hours=1)
    assert world.heard() == SALES
    assert "Thank you, Ana, that helps us." in world.talk(*replies)
    rows = world.all(schema.OutcomeRow, indicator="sales_month", wave="asked")
    assert [row.value for row in rows] == kept
    assert state(world) == "queried"
    [query] = queries(world)
    assert (query.reply, query.answered_at) == (reply, world.now)
    assert world.last("900", "telegram") == f"Ana Charles ({world.client().code}) answered the query. {notice}"
    told = [row for row in world.all(schema.IncrementRow, indicator="sales_month", chain="told") if not row.baseline]
    assert [(row.after, row.review, row.attribution) for row in told] == [(kept[-1], "queried", "yes")]
    for row in rows[1:]:
        first = rows[0]
        assert (row.corrects_id, row.day, row.month, row.by) == (first.id, first.day, "2025-12", "client")
        assert (row.why, row.source) == ("the answer to a query", "chat")
        [answer] = world.all(schema.Answer, id=row.answer_id)
        assert (answer.flow, answer.question) == ("query", "sales_month")
        assert query.correction_id == row.id
        with world.database.read() as db:
            assert queries_about(db, [row.id])[row.id].id == query.id
        last = world.all(schema.ReviewRow, outcome_id=row.id)
        assert [(one.state, one.by, one.why) for one in last] == [("queried", BY, "a jump")]


@pytest.mark.parametrize("decision", ["verified", "rejected"])
def test_staff_decide_after_the_answer(world: World, decision: str) -> None:
    surveyed(world)
    review(world)
    world.wait(hours=1)
    world.talk("2500")
    assert isinstance(review(world, decision), Reviewed)
    assert state(world) == decision
    verified = [row.after for row in world.all(schema.IncrementRow, indicator="sales_month", chain="verified")]
    assert verified == [Decimal(4500), *([Decimal(2500)] if decision == "verified" else [])]


ASKED = [
    ("employees_full", "Full-time.\n2, is that right?", "4", Decimal(4)),
    ("employees_part", "Part-time.\n1, is that right?", "0", Decimal(0)),
    ("exports_month", "Exports.\nEC$0 for December, is that right?", "900", Decimal(900)),
    ("financing", "Financing.\nEC$0, is that right?", "5000", Decimal(5000)),
    ("retained", "Jobs saved.\n0, is that right?", "2 jobs", Decimal(2)),
]


@pytest.mark.parametrize(("indicator", "question", "reply", "value"), ASKED)
def test_any_figure_can_be_asked_about(world: World, indicator: str, question: str, reply: str, value: Decimal) -> None:
    surveyed(world)
    review(world, indicator=indicator)
    world.wait(hours=1)
    assert world.heard().endswith(question)
    world.say(reply)
    assert world.all(schema.OutcomeRow, indicator=indicator)[-1].value == value


def test_a_whole_survey_is_asked_one_after_the_other(world: World) -> None:
    surveyed(world)
    done = review(world, indicator=None)
    assert isinstance(done, Reviewed)
    assert done.asked == 6
    world.wait(hours=1)
    seen = [world.heard(), *(world.say("1") for _ in range(6))]
    assert [text.split(": ")[-1].split(".")[0] for text in seen[:-1]] == [
        "Sales",
        "Exports",
        "Full-time",
        "Part-time",
        "Financing",
        "Jobs saved",
    ]
    assert seen[-1] == "Thank you, Ana, that helps us."
    assert {query.reply for query in queries(world)} == {"right"}
    world.wait(days=3)
    assert world.heard() == ""


def test_the_next_question_waits_while_a_person_is_awaited(world: World) -> None:
    surveyed(world)
    review(world, indicator=None)
    world.wait(hours=1)
    assert world.heard() == SALES
    with world.database.write() as db:
        db.add(schema.Handover(client_id=world.client().id, reason="asks", opened_at=world.now))
    assert world.say("1") == "Thank you, Ana, that helps us."
    with world.database.write() as db:
        for row in db.query(schema.Handover):
            row.closed_at = world.now
    world.heard()
    world.wait(days=2)
    assert "Exports." in world.heard()


def test_a_figure_of_the_baseline_can_be_asked_about(world: World) -> None:
    surveyed(world)
    review(world, wave="baseline")
    world.wait(hours=1)
    assert world.heard().endswith("EC$4,500 for December, is that right?")
    world.say("4000")
    assert [row.value for row in world.all(schema.OutcomeRow, indicator="sales_month", wave="baseline")] == [4500, 4000]


def test_the_month_stays_that_of_the_figure(world: World) -> None:
    surveyed(world)
    world.wait(days=60)
    world.heard()
    review(world)
    world.wait(days=1)
    assert world.heard().endswith("EC$5,200 for December, is that right?")
    assert world.say("no") == "All right, let's try again.\nYour sales in December, in EC$?"


def test_a_second_query_asks_nothing_again(world: World) -> None:
    surveyed(world)
    review(world)
    assert review(world) == Reviewed((), ("sales_month",), world.all(schema.Followup)[0].due_on)
    assert len(queries(world)) == 1


# --- whether it is asked ---------------------------------------------------------------------------------------------


def test_the_reviewer_is_told_who_cannot_be_asked(world: World) -> None:
    surveyed(world)
    world.say("stop")
    done = review(world)
    assert isinstance(done, Reviewed)
    assert (done.asked, done.not_asked) == (0, f"wrote STOP on {world.now:%Y-%m-%d}")
    assert queries(world)[0].why_not == done.not_asked
    assert world.all(schema.Timer, kind="query.ask") == []


def test_who_stops_before_the_question_is_not_asked(world: World) -> None:
    surveyed(world)
    review(world)
    world.say("stop")
    world.wait(days=3)
    assert "figure" not in world.heard()
    assert queries(world)[0].why_not == f"wrote STOP on {world.now.replace(day=7):%Y-%m-%d}"


def test_no_surveys_is_no_queries(world: World) -> None:
    surveyed(world)
    review(world)
    world.wait(hours=1)
    assert world.heard() == SALES
    assert "I won't ask for your figures any more" in world.say("no surveys")
    assert world.all(schema.Conversation, status="open") == []
    done = review(world, indicator="exports_month")
    assert isinstance(done, Reviewed)
    assert done.not_asked == "has not agreed to follow-up surveys"


def test_nobody_is_asked_at_night(world: World) -> None:
    surveyed(world)
    world.now = world.now.replace(hour=2)
    review(world)
    world.wait(hours=1)
    assert (world.heard(), world.due("query.ask").hour) == ("", 12)


@pytest.mark.parametrize("taken", [False, True])
def test_while_a_person_is_awaited_nothing_is_asked(world: World, taken: bool) -> None:
    surveyed(world)
    with world.database.write() as db:
        at = world.now if taken else None
        db.add(schema.Handover(client_id=world.client().id, reason="asks", opened_at=world.now, taken_at=at))
    review(world)
    world.wait(days=2)
    assert SALES not in world.heard()
    with world.database.write() as db:
        for row in db.query(schema.Handover):
            row.closed_at = world.now
    world.wait(days=1)
    assert SALES in world.heard()


def test_it_waits_for_another_conversation(world: World) -> None:
    surveyed(world)
    world.say("update")
    review(world)
    world.wait(hours=23)
    assert SALES not in world.heard()
    world.wait(days=9)
    assert SALES in world.heard()


def test_after_a_month_without_an_hour_for_it_the_reviewer_sees_that(world: World) -> None:
    surveyed(world)
    review(world)
    with world.database.write() as db:
        db.add(schema.Handover(client_id=world.client().id, reason="asks", opened_at=world.now))
    world.wait(days=32)
    assert SALES not in world.heard()
    assert queries(world)[0].why_not == "no convenient hour was found for a month"


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("how", ["verified", "rejected", "corrected"])
def test_a_decision_ends_the_question(world: World, asked: bool, how: str) -> None:
    surveyed(world)
    review(world)
    if asked:
        world.wait(hours=1)
        world.heard()
    if how == "corrected":
        with world.database.write() as db:
            client = db.get_one(schema.Client, world.client().id)
            done = casework.correct_figure(
                db, client, "sales_month", "asked", Decimal(5000), "the books", by=BY, now=world.now
            )
            assert isinstance(done, Done)
    else:
        review(world, how)
    assert world.all(schema.Timer, kind="query.ask", status="pending") == []
    assert world.all(schema.Conversation, flow="query", status="open") == []
    world.wait(days=3)
    assert world.heard() == ""
    assert world.all(schema.Conversation, flow="query", status="open") == []
    world.say("2500")
    assert len(world.all(schema.OutcomeRow, indicator="sales_month", wave="asked")) == (2 if how == "corrected" else 1)


def test_without_an_answer_the_figure_stays_queried(world: World) -> None:
    surveyed(world)
    review(world)
    world.wait(days=20)
    assert world.heard() == SALES
    assert world.all(schema.Conversation, flow="query", status="open") == []
    [query] = queries(world)
    assert (query.reply, query.answered_at, state(world)) == (None, None, "queried")


def test_what_the_client_changed_meanwhile_is_what_the_answer_corrects(world: World) -> None:
    surveyed(world)
    review(world)
    world.wait(hours=1)
    world.talk("update", "2", "1", "5000", "1")
    world.heard()
    world.talk("2500")
    rows = world.all(schema.OutcomeRow, indicator="sales_month", wave="asked")
    assert [(row.value, row.corrects_id) for row in rows] == [(5200, None), (5000, rows[0].id), (2500, rows[1].id)]
    assert state(world) == "queried"


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({"state": "verified", "words": "why?"}, Refused("only a query asks the client", "words")),
        ({"words": "x" * 61}, Refused("at most 60 characters; these are 61", "words")),
    ],
)
def test_words_for_the_client(world: World, more: dict[str, str], refused: Refused) -> None:
    surveyed(world)
    assert review(world, **more) == refused
    assert (queries(world), world.all(schema.ReviewRow)) == ([], [])


def test_queries_go_with_the_record(world: World) -> None:
    surveyed(world)
    review(world)
    world.wait(hours=1)
    world.talk("2500")
    world.talk("erase", "yes")
    assert world.client is not None
    assert (queries(world), world.all(schema.OutcomeRow)) == ([], [])
