"""Living through one world, or through many of them on several cores."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from time import perf_counter

import structlog

from bot.simulation.world import Plan, World
from bot.simulation.year import populate

WEEK = 7


@dataclass(frozen=True)
class Result:
    """`broken`: what was wrong, or None. `counts` says how much happened, `undetectable` is by channel; `seconds` is real
    time."""

    plan: Plan
    broken: str | None
    counts: Counter[str]
    undetectable: Counter[str]
    met: tuple[str, ...]
    seconds: float
    trace: tuple[str, ...] = field(default=(), repr=False)


def live(plan: Plan, *, traced: bool = False) -> Result:
    """One world from its first day to its last, or to what breaks it. The same plan gives the same result."""
    began = perf_counter()
    with quiet(), foreseeable(plan.seed):
        world = World(plan)
        populate(world)

        def on_day(day: int) -> None:
            if day % WEEK == 0:
                world.watch.sweep()

        asyncio.run(world.run(on_day))
        if world.broken is None:
            world.watch.end()
    trace = tuple(f"{at:%Y-%m-%d %H:%M:%S}  {what}" for at, what in world.trace) if traced else ()
    undetectable = world.watch.undetectable
    return Result(plan, world.broken, world.counts, undetectable, tuple(world.fate.met), perf_counter() - began, trace)


@contextmanager
def quiet() -> Iterator[None]:
    """Nothing of what goes wrong on purpose is logged."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        yield
    finally:
        structlog.configure(**before)


@contextmanager
def foreseeable(seed: int) -> Iterator[None]:
    """Codes that nobody should be able to foresee come from the seed instead."""
    draw = Random(f"codes:{seed}")
    before = secrets.choice, secrets.randbelow
    secrets.choice, secrets.randbelow = draw.choice, draw.randrange  # type: ignore[assignment]
    try:
        yield
    finally:
        secrets.choice, secrets.randbelow = before
