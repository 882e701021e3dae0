"""Living through one world, or through many of them on several cores."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from random import Random
from time import process_time

import structlog

from bot.simulation.world import Plan, World
from bot.simulation.year import populate


@dataclass(frozen=True)
class Result:
    """`broken`: what was wrong, or None; `suspects` are the clients whom it names. `met` is what befell anybody. `counts` says
    how much happened, `undetectable` how often a message came twice by channel; `seconds` are those of a core."""

    plan: Plan
    broken: str | None
    suspects: frozenset[str]
    met: tuple[str, ...]
    counts: Counter[str]
    undetectable: Counter[str]
    seconds: float
    trace: tuple[str, ...] = field(default=(), repr=False)


def live(plan: Plan, *, traced: bool = False) -> Result:
    """One world from its first day to its last, or to what breaks it. The same plan gives the same result."""
    began = process_time()
    with quiet(), foreseeable(plan.seed):
        world = World(plan)
        kernel = world.kernel
        populate(world)
        try:
            asyncio.run(world.run())
        except Exception as error:  # what breaks a world belongs to its seed, and must not end the others
            kernel.fail(f"the world itself broke: {type(error).__name__} {error}")
        if kernel.broken is None:
            world.end()
    named = re.findall(r"\+?\w+", kernel.broken or "")
    return Result(
        plan,
        kernel.broken,
        frozenset(who.name for phone, who in world.people.items() if {phone.address, str(who.number)} & set(named)),
        tuple(kernel.fate.met),
        kernel.counts,
        world.watch.undetectable,
        process_time() - began,
        tuple(f"{at:%Y-%m-%d %H:%M:%S}  {what}" for at, what in kernel.trace) if traced else (),
    )


def live_many(plans: Sequence[Plan], jobs: int) -> Iterator[Result]:
    """The worlds of these plans on so many cores, each as it is over."""
    if jobs == 1:
        yield from map(live, plans)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        for done in as_completed([pool.submit(live, plan) for plan in plans]):
            yield done.result()


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
