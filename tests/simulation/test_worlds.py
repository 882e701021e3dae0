"""Made-up worlds in which nothing may be lost or doubled, and the proof that they notice when something is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import SystemRandom
from typing import Any

import pytest

from bot.channels.base import ChannelError
from bot.model import Inbound
from bot.service import assistant, outcomes, privacy
from bot.simulation.run import Result, live, live_many
from bot.simulation.shrink import shrink
from bot.simulation.world import Plan
from scheduler import sender as sending
from scheduler.policy import quiet_hours
from storage import timers

pytestmark = pytest.mark.slow

CLIENTS, DAYS = 6, 200


def failure(result: Result) -> str:
    return f"seed {result.plan.seed}: {result.broken}"


# --- worlds in which all is well --------------------------------------------------------------------------------------


def test_nothing_is_lost_or_doubled() -> None:
    result = live(Plan(1, CLIENTS, DAYS))
    assert result.broken is None, failure(result)
    assert result.counts["crashes"] > 10
    assert result.counts["delivered"] > 50


def test_nothing_is_lost_or_doubled_in_a_world_that_nobody_has_seen(capsys: pytest.CaptureFixture[str]) -> None:
    seed = SystemRandom().randrange(1_000_000)
    with capsys.disabled():
        print(f"\nthe world of this run: acompana simulate --seed {seed} --clients {CLIENTS} --days {DAYS}")  # noqa: T201
    result = live(Plan(seed, CLIENTS, DAYS))
    assert result.broken is None, failure(result)


def test_a_world_repeats_itself_exactly_in_another_process() -> None:
    plan = Plan(4, 3, 60)
    (there,), here = live_many([plan], jobs=2), live(plan)
    assert (there.met, there.counts, there.broken) == (here.met, here.counts, here.broken)


# --- worlds in which something is broken on purpose -------------------------------------------------------------------

Break = Callable[[pytest.MonkeyPatch], None]


def the_sender_forgets_to_record(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sending.Sender, "_record", lambda sender, sendable, provider_id: None)


def the_sender_never_looks_a_message_up(patch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: object) -> None:
        return None

    patch.setattr(sending, "found", nothing)


def the_sender_cannot_read_the_database(patch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bool:
        raise LookupError

    patch.setattr(sending.Sender, "_is_of_another", broken)


def a_failure_is_taken_for_a_success(patch: pytest.MonkeyPatch) -> None:
    def record(sender: Any, sendable: Any, error: ChannelError) -> None:
        sender._record(sendable, "made-up")

    patch.setattr(sending.Sender, "_fail", record)


def stop_is_ignored(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(privacy, "opt_out", lambda turn: None)


def what_comes_twice_is_taken_twice(patch: pytest.MonkeyPatch) -> None:
    keep, seen = assistant.storable, iter(range(10**9))

    def renamed(inbound: Inbound) -> Inbound:
        kept = keep(inbound)
        return Inbound(
            kept.channel,
            f"{kept.provider_id}#{next(seen)}",
            kept.sender,
            kept.at,
            kept.text,
            kept.choice,
            opt_out=kept.opt_out,
        )

    patch.setattr(assistant, "storable", renamed)


def the_night_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    def now(at: datetime, *_: object) -> datetime:
        return at

    patch.setattr(quiet_hours, "next_allowed", now)


def an_invitation_is_never_planned(patch: pytest.MonkeyPatch) -> None:
    plan = timers.plan_all

    def forgetful(db: Any, kind: str, *more: Any) -> None:
        if kind != "followup.invite":
            plan(db, kind, *more)

    patch.setattr(timers, "plan_all", forgetful)


def figures_of_a_survey_are_not_kept(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(outcomes, "record", lambda *_, **__: None)


@pytest.mark.parametrize(
    ("breaks", "seed", "noticed"),
    [
        (the_sender_forgets_to_record, 2, "is tried for the"),
        (the_sender_never_looks_a_message_up, 1, "goes out twice"),
        (the_sender_cannot_read_the_database, 1, "internal error (LookupError)"),
        (a_failure_is_taken_for_a_success, 1, "never went out"),
        (stop_is_ignored, 6, "after STOP"),
        (what_comes_twice_is_taken_twice, 1, "were accepted and"),
        (the_night_is_forgotten, 3, "of the client's clock"),
        (an_invitation_is_never_planned, 1, "nothing will start it"),
        (figures_of_a_survey_are_not_kept, 1, "was answered and is not in the database"),
    ],
)
def test_the_world_notices(breaks: Break, seed: int, noticed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`seed`: the first one to be looked at; not every world comes to the point at which it shows."""
    breaks(monkeypatch)
    worlds = (live(Plan(number, CLIENTS, DAYS)).broken or "" for number in range(seed, seed + 10))
    assert any(noticed in broken for broken in worlds)


def test_a_failure_is_told_as_a_short_story(monkeypatch: pytest.MonkeyPatch) -> None:
    figures_of_a_survey_are_not_kept(monkeypatch)
    whole = live(Plan(1, CLIENTS, DAYS), traced=True)
    short = shrink(whole)
    assert short.broken is not None
    assert len(short.trace) < min(len(whole.trace), 60)
    assert short.trace[-1].endswith(short.broken)
    assert live(short.plan, traced=True).trace == short.trace
