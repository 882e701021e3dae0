"""Runs one world, or many of them on several cores."""

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
    plan: Plan
    broken: str | None
    """The first failure, or None."""
    suspects: frozenset[str]
    """Names of the clients whom the failure mentions."""
    met: tuple[str, ...]
    """Names of the occasions that happened."""
    counts: Counter[str]
    """How often each kind of event happened."""
    undetectable: Counter[str]
    """By channel, messages delivered twice where the provider cannot look them up."""
    seconds: float
    """CPU time."""
    trace: tuple[str, ...] = field(default=(), repr=False)
    """Every step with its time, if it was asked for."""


def live(plan: Plan, *, traced: bool = False) -> Result:
    """Run one world to its last day or its first failure. The same plan gives the same result."""
    began = process_time()
    with quiet_logs(), seeded_secrets(plan.seed):
        world = World(plan)
        kernel = world.kernel
        populate(world)
        try:
            asyncio.run(world.run())
        except Exception as error:  # an error belongs to the seed of its world and must not end the other worlds
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
        world.checker.undetectable,
        process_time() - began,
        tuple(f"{at:%Y-%m-%d %H:%M:%S}  {what}" for at, what in kernel.trace) if traced else (),
    )


def live_many(plans: Sequence[Plan], jobs: int) -> Iterator[Result]:
    """Run these worlds in `jobs` processes; each result comes as soon as its world ends."""
    if jobs == 1:
        yield from map(live, plans)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        for done in as_completed([pool.submit(live, plan) for plan in plans]):
            yield done.result()


@contextmanager
def quiet_logs() -> Iterator[None]:
    """Silence the log, which would be full of intended errors."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        yield
    finally:
        structlog.configure(**before)


@contextmanager
def seeded_secrets(seed: int) -> Iterator[None]:
    """Draw secret codes from the seed, so that they repeat."""
    draw = Random(f"codes:{seed}")
    before = secrets.choice, secrets.randbelow
    secrets.choice, secrets.randbelow = draw.choice, draw.randrange  # type: ignore[assignment]
    try:
        yield
    finally:
        secrets.choice, secrets.randbelow = before
