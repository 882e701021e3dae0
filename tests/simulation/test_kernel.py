"""The kernel of a simulated world: the order of events, polled work and its back-off, and how a world ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.simulation.kernel import BUSY_PAUSE, FIRST_PAUSE, NEVER, Kernel

SECOND = timedelta(seconds=1)


class Work:
    """Polled work that falls due at `due_at`; each entry of `results` is how many things one poll does."""

    def __init__(self, kernel: Kernel, due_at: datetime = NEVER, results: tuple[int, ...] = ()) -> None:
        self.kernel, self.due_at, self.results = kernel, due_at, list(results)
        self.polled_at: list[timedelta] = []

    def due(self) -> datetime:
        return self.due_at if self.results else NEVER

    def work(self) -> int:
        self.polled_at.append(self.kernel.now - self.due_at)
        return self.results.pop(0)


def run(
    kernel: Kernel,
    work: Work | None = None,
    after_step: Callable[[], None] = lambda: None,
    on_day: Callable[[int], None] = lambda day: None,
) -> None:
    asyncio.run(kernel.run(work or Work(kernel), after_step, on_day))


@pytest.fixture
def kernel() -> Kernel:
    return Kernel(seed=1, days=3)


def names(kernel: Kernel) -> list[str]:
    return [what for _, what in kernel.trace]


def test_events_follow_the_clock_and_then_the_order_in_which_they_were_planned(kernel: Kernel) -> None:
    for name, after in (("third", 2), ("first", 1), ("fourth", 2), ("second", 1)):
        kernel.later(after * SECOND, name, lambda: None)
    run(kernel)
    assert names(kernel) == ["first", "second", "third", "fourth"]
    assert kernel.now == kernel.began + 2 * SECOND


def test_an_event_without_a_name_happens_and_leaves_no_trace(kernel: Kernel) -> None:
    happened = []
    kernel.later(SECOND, "", lambda: happened.append(kernel.now))
    run(kernel)
    assert happened == [kernel.began + SECOND]
    assert kernel.trace == []


def test_an_event_may_be_a_coroutine_and_may_plan_others(kernel: Kernel) -> None:
    async def first() -> None:
        kernel.later(SECOND, "second", lambda: None)

    kernel.later(SECOND, "first", first)
    run(kernel)
    assert kernel.trace == [(kernel.began + SECOND, "first"), (kernel.began + 2 * SECOND, "second")]


def test_the_first_failure_ends_the_world(kernel: Kernel) -> None:
    kernel.later(SECOND, "", lambda: kernel.fail("one"))
    kernel.later(SECOND, "never reached", lambda: None)
    run(kernel)
    kernel.fail("two")
    assert kernel.broken == "one"
    assert names(kernel) == ["WRONG: one"]


def test_nothing_happens_after_the_last_day(kernel: Kernel) -> None:
    kernel.at(kernel.until, "at the end", lambda: None)
    kernel.at(kernel.until + SECOND, "too late", lambda: None)
    run(kernel)
    assert names(kernel) == ["at the end"]


def test_polled_work_goes_before_an_event_of_the_same_time(kernel: Kernel) -> None:
    work = Work(kernel, kernel.began + SECOND, (1,))
    polled_before: list[int] = []
    kernel.later(SECOND, "", lambda: polled_before.append(len(work.polled_at)))
    run(kernel, work)
    assert polled_before == [1]


def test_polled_work_backs_off_while_nothing_can_be_done(kernel: Kernel) -> None:
    work = Work(kernel, kernel.began, (0,) * 12)
    run(kernel, work)
    pauses = [after - before for before, after in zip(work.polled_at, work.polled_at[1:], strict=False)]
    assert pauses == [min(FIRST_PAUSE * 2**times, timedelta(minutes=10)) for times in range(1, 12)]


def test_polled_work_is_tried_again_at_once_while_there_is_something_to_do(kernel: Kernel) -> None:
    work = Work(kernel, kernel.began, (2, 1, 1))
    run(kernel, work)
    assert work.polled_at == [timedelta(0), BUSY_PAUSE, 2 * BUSY_PAUSE]


def test_a_commit_ends_the_back_off(kernel: Kernel) -> None:
    work = Work(kernel, kernel.began, (0,) * 9)
    kernel.later(100 * SECOND, "", kernel.hurry)
    run(kernel, work)
    polled = [after.total_seconds() for after in work.polled_at]
    assert polled == [0, 2, 6, 14, 30, 62, 100, 102, 106]


def test_each_step_and_each_day_is_reported(kernel: Kernel) -> None:
    steps: list[datetime] = []
    days: list[int] = []
    for hours in (1, 25, 26, 60):
        kernel.later(timedelta(hours=hours), "", lambda: None)
    run(kernel, None, lambda: steps.append(kernel.now), days.append)
    assert len(steps) == 4
    assert days == [1, 2]


def test_the_same_seed_begins_on_the_same_day() -> None:
    assert Kernel(7, 10).began == Kernel(7, 20).began
    assert len({Kernel(seed, 10).began for seed in range(20)}) == 3
