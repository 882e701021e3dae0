"""What staff do for a client and for a center: done with its audit row, or refused with its reason and without one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy.orm import Session as Db

from bot.service import casework, imports, training_admin
from bot.service.results import Done, Refused
from storage import schema
from tests.service.world import ANA, World

BY = "rosa@example.org"


@pytest.fixture
def rosa(world: World) -> int:
    """A counselor whose client Ana has registered."""
    staff = world.add_staff()
    world.register()
    world.heard()
    return staff


def run(world: World, use_case: Callable[..., Done[Any] | Refused], *args: Any, **more: Any) -> Done[Any] | Refused:
    """One use case for Ana in a transaction of its own; a number among `args` stands for a member of staff."""
    with world.database.write() as db:
        client = db.get_one(schema.Client, world.client().id)
        people = [db.get_one(schema.Staff, arg) if isinstance(arg, int) else arg for arg in args]
        return use_case(db, client, *people, by=BY, now=world.now, **more)


def reply(world: World, staff: int, text: str) -> Done[Any] | Refused:
    def use_case(db: Db, *args: Any, **more: Any) -> Done[Any] | Refused:
        return casework.reply_to_client(world.assistant.wiring, db, *args, **more)

    return run(world, use_case, staff, text)


def ask(world: World, staff: int) -> Done[Any] | Refused:
    def use_case(db: Db, *args: Any, **more: Any) -> Done[Any] | Refused:
        return casework.ask_for_figures(world.assistant.wiring, db, *args, **more)

    return run(world, use_case, staff)


def log(world: World, staff: int, **changed: Any) -> Done[Any] | Refused:
    fields = {"day": date(2026, 1, 5), "type": "visit", "area": "finance", "hours": Decimal("1.5"), "notes": "A loan"}

    def use_case(db: Db, client: schema.Client, counselor: schema.Staff, **more: Any) -> Done[Any] | Refused:
        return casework.log_session(db, client, counselor=counselor, rules=world.assistant.rules, **more)

    return run(world, use_case, staff, **{**fields, **changed})


def audited(world: World) -> list[tuple[str, str]]:
    """What was done to whom since the beginning, by Rosa."""
    return [(row.action, row.subject) for row in world.all(schema.Audit) if row.actor == BY]


# --- the conversation ------------------------------------------------------------------------------------------------


def test_a_reply_is_queued_and_takes_the_conversation(world: World, rosa: int) -> None:
    done = reply(world, rosa, "Please call me")
    assert isinstance(done, Done)
    assert done.result.waits is False
    assert world.last() == "Rosa Pierre: Please call me"
    assert [row.staff_id for row in world.all(schema.Handover, closed_at=None)] == [rosa]
    assert audited(world) == [("handover.reply", world.client().code)]


def test_a_reply_on_whatsapp_waits_after_a_day_of_silence(world: World) -> None:
    rosa = world.add_staff()
    world.register(channel="whatsapp")
    world.wait(days=2)
    done = reply(world, rosa, "Please call me")
    assert isinstance(done, Done)
    assert done.result.waits is True


def test_a_client_in_the_middle_of_the_registration_gets_a_reply_after_their_consent(world: World) -> None:
    rosa = world.add_staff()
    world.say("hello")
    assert reply(world, rosa, "Good morning") == Refused("is not registered yet")
    world.talk("1", "1")
    assert world.client().status == "new"
    assert isinstance(reply(world, rosa, "Good morning"), Done)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "nothing was written"), ("x" * 1001, "a message has at most 1000 characters; this one has 1001")],
)
def test_words_that_cannot_be_sent(world: World, rosa: int, text: str, reason: str) -> None:
    assert reply(world, rosa, text) == Refused(reason, "text")
    assert world.rows() == []
    assert audited(world) == []


def test_who_wrote_stop_gets_no_reply_and_is_not_asked(world: World, rosa: int) -> None:
    world.say("STOP")
    assert reply(world, rosa, "Hello?") == ask(world, rosa) == Refused("wrote STOP on 2026-01-05")
    assert world.rows() == []
    assert world.all(schema.Handover) == []
    assert audited(world) == []


def test_taken_and_handed_back(world: World, rosa: int) -> None:
    assert isinstance(run(world, casework.take, rosa), Done)
    assert world.say("are you there?") == ""
    assert run(world, casework.hand_back) == Done(None)
    assert world.say("HELP") != ""
    assert [action for action, _subject in audited(world)] == ["handover.take", "handover.done"]


def test_what_the_assistant_has_is_not_handed_back(world: World, rosa: int) -> None:
    assert run(world, casework.hand_back) == Refused("the assistant has this conversation already")
    assert audited(world) == []


def test_nobody_takes_the_conversation_of_who_was_erased(world: World, rosa: int) -> None:
    with world.database.write() as db:
        db.get_one(schema.Client, world.client().id).status = "erased"
    assert run(world, casework.take, rosa) == Refused("the record was erased")
    assert world.all(schema.Handover) == []
    assert audited(world) == []


# --- sessions and figures --------------------------------------------------------------------------------------------


def test_a_session_is_logged_with_its_follow_ups(world: World, rosa: int) -> None:
    done = log(world, rosa)
    assert isinstance(done, Done)
    assert [followup.wave for followup in done.result] == ["3m", "6m", "12m"]
    (session,) = world.all(schema.CounselingSession)
    assert (session.type, session.hours, session.notes, session.counselor_id) == (
        "visit",
        Decimal("1.5"),
        "A loan",
        rosa,
    )
    assert audited(world) == [("session.log", world.client().code)]


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("type", "fax", "choose one of in_person, phone, online, visit"),
        ("area", "magic", "choose one of finance, technology, standards, cooperatives, value_chains"),
        ("hours", Decimal(0), "must be more than 0 and at most 24"),
        ("hours", Decimal("24.5"), "must be more than 0 and at most 24"),
        ("hours", Decimal("NaN"), "must be more than 0 and at most 24"),
        ("day", date(2026, 1, 6), "2026-01-06 is still to come; log a session after it took place"),
        ("notes", "x" * 5001, "at most 5000 characters; these are 5001"),
    ],
)
def test_a_session_that_cannot_be(world: World, rosa: int, field: str, value: Any, reason: str) -> None:
    assert log(world, rosa, **{field: value}) == Refused(reason, field)
    assert world.all(schema.CounselingSession) == []
    assert audited(world) == []


def test_a_client_is_asked_for_figures_by_the_counselor(world: World, rosa: int) -> None:
    done = ask(world, rosa)
    assert isinstance(done, Done)
    assert done.result.address.address == ANA
    (followup,) = world.all(schema.Followup)
    assert (followup.wave, followup.started_by, followup.staff_id) == ("asked", "counselor", rosa)
    assert world.last().startswith("Hi Ana, SBDC Saint Lucia here")
    assert audited(world) == [("followup.trigger", world.client().code)]


def test_a_figure_is_corrected(world: World, rosa: int) -> None:
    done = run(world, casework.correct_figure, "sales_month", "baseline", Decimal(3900), "the books")
    assert isinstance(done, Done)
    assert (done.result.before.value, done.result.after.value) == (Decimal(4500), Decimal(3900))
    assert done.result.after.by == BY
    assert audited(world) == [("outcome.correct", world.client().code)]


@pytest.mark.parametrize(
    ("indicator", "wave", "value", "why", "field"),
    [
        ("fte", "baseline", Decimal(1), "books", "indicator"),
        ("sales_month", "3m", Decimal(1), "books", "wave"),
        ("sales_month", "baseline", Decimal(-1), "books", "value"),
        ("sales_month", "baseline", Decimal("Infinity"), "books", "value"),
        ("sales_month", "baseline", "many", "books", "value"),
        ("attribution", "baseline", "maybe", "books", "value"),
        ("sales_month", "baseline", Decimal(1), "  ", "why"),
        ("sales_month", "baseline", Decimal(1), "x" * 301, "why"),
    ],
)
def test_a_correction_that_cannot_be(
    world: World, rosa: int, indicator: str, wave: str, value: Decimal | str, why: str, field: str
) -> None:
    refused = run(world, casework.correct_figure, indicator, wave, value, why)
    assert isinstance(refused, Refused)
    assert (refused.field, bool(refused.reason)) == (field, True)
    assert [row.by for row in world.all(schema.OutcomeRow) if row.corrects_id is not None] == []
    assert audited(world) == []


# --- trainings and the import ----------------------------------------------------------------------------------------


def plan(world: World, **changed: Any) -> Done[Any] | Refused:
    fields: dict[str, Any] = {
        "title": "Books",
        "starts_at": world.now + timedelta(days=10),
        "hours": Decimal(2),
        "place": "Castries",
        "capacity": 5,
        "area": "finance",
    }
    with world.database.write() as db:
        center = db.query(schema.Center).one()
        return training_admin.plan_training(db, center, by=BY, now=world.now, **{**fields, **changed})


def test_a_training_is_planned(world: World) -> None:
    done = plan(world)
    assert isinstance(done, Done)
    assert done.result.code == "LC-T1"
    assert audited(world) == [("training.add", "LC-T1")]


def test_a_training_that_has_begun_is_added_for_the_record_only(world: World) -> None:
    begun = {"starts_at": world.now}
    assert plan(world, **begun) == Refused("is in the past; plan a training before it starts", "start")
    assert isinstance(plan(world, **begun, past=True), Done)


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", " "), ("place", ""), ("hours", Decimal(0)), ("capacity", 0), ("area", "magic"), ("language", "tlh")],
)
def test_a_training_that_cannot_be(world: World, field: str, value: Any) -> None:
    refused = plan(world, **{field: value})
    assert isinstance(refused, Refused)
    assert refused.field == field
    assert world.all(schema.Training) == []
    assert audited(world) == []


def cancel(world: World, training: schema.Training) -> Done[int] | Refused:
    with world.database.write() as db:
        return training_admin.cancel_training(db, training, rules=world.assistant.rules, by=BY, now=world.now)


def test_a_training_is_cancelled_once(world: World) -> None:
    world.register()
    training = world.add_training()
    world.wait(days=1)
    world.say("1")
    assert cancel(world, training) == Done(1)
    assert cancel(world, training) == Refused(f"was cancelled on {world.now:%Y-%m-%d %H:%M} UTC")
    assert audited(world) == [("training.cancel", training.code)]


def test_a_training_that_has_begun_is_not_cancelled(world: World) -> None:
    training = world.add_training(days=1)
    world.wait(days=1)
    assert cancel(world, training) == Refused("has begun already")
    assert world.all(schema.Training)[0].cancelled_at is None
    assert audited(world) == []


def imported(world: World, table: str, **more: Any) -> Done[Any] | Refused:
    with world.database.write() as db:
        center = db.query(schema.Center).one()
        return imports.import_clients(db, BytesIO(table.encode()), center, by=BY, now=world.now, **more)


GOOD, BROKEN = "Marie,+17585550111\n", "Pierre,none\n"


def test_clients_are_imported(world: World) -> None:
    done = imported(world, f"name,phone\n{GOOD}{BROKEN}", skip_broken=True)
    assert isinstance(done, Done)
    assert [client.code for client in world.all(schema.Client)] == done.result.codes
    assert audited(world) == [("client.import", "LC")]
    assert world.all(schema.Audit, action="client.import")[0].details == {"clients": 1, "broken_rows": 1}


def test_a_list_with_a_broken_row_is_not_imported(world: World) -> None:
    refused = imported(world, f"name,phone\n{GOOD}{BROKEN}")
    assert isinstance(refused, Refused)
    assert refused.reason == "1 row is broken, 1 is good"
    assert [line.split(":")[0] for line in refused.details] == ["line 3"]
    assert world.all(schema.Client) == []
    assert audited(world) == []


def test_what_is_no_list_is_not_imported(world: World) -> None:
    assert imported(world, "") == Refused("is empty", "file")


def test_an_empty_list_is_imported_and_leaves_no_trace(world: World) -> None:
    done = imported(world, "name,phone\n")
    assert isinstance(done, Done)
    assert done.result.codes == []
    assert audited(world) == []
