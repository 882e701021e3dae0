"""acompana simulate: fictional years with faults of every kind, and the invariants that must hold in each."""

from __future__ import annotations

import os
import secrets
from collections import Counter
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import counted, progress_bar, tell
from bot.cli.groups import CARE, app

if TYPE_CHECKING:
    from bot.simulation.run import Result

MOST_SEED = 1_000_000
SHOWN = 60
"""Lines shown of a failing scenario, from its end."""


@app.command("simulate", rich_help_panel=CARE)
def simulate(
    seeds: Annotated[int, typer.Option(min=1, help="Number of worlds.")] = 20,
    first: Annotated[int | None, typer.Option(min=0, help="First seed. Default: random.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Run only this world, and show what went wrong.")] = None,
    clients: Annotated[int, typer.Option(min=1, help="Clients in each world.")] = 50,
    days: Annotated[int, typer.Option(min=1, help="Days simulated in each world.")] = 365,
    jobs: Annotated[int | None, typer.Option(min=1, help="Number of processes. Default: one per core.")] = None,
) -> None:
    """Test the program in simulated worlds.

    Each world has its own centers, counselors, clients and providers, and lasts a year on a fast clock. Messages arrive
    late, twice and out of order; processes crash midway; people change phones, block the assistant and write STOP. No
    answer may be lost, no invitation lost or duplicated, nobody messaged at night or after STOP, and every figure must
    match what its client reported. Your own database is not touched. The exit code is 1 if a world fails.
    """
    from bot.simulation.run import live_many
    from bot.simulation.world import Plan

    if seed is not None:
        first, seeds = seed, 1
    elif first is None:
        first = secrets.randbelow(MOST_SEED)
    plans = [Plan(number, clients, days) for number in range(first, first + seeds)]
    tell(f"seeds {first} to {first + seeds - 1}, {counted(clients, 'client')}, {counted(days, 'day')} each")
    began, results = perf_counter(), []
    with progress_bar("Simulating") as move:
        for result in live_many(plans, min(jobs or os.cpu_count() or 1, seeds)):
            results.append(result)
            move(len(results), seeds)
    _summary(results, perf_counter() - began)
    broken = sorted((result for result in results if result.broken), key=lambda result: result.plan.seed)
    for result in broken:
        typer.echo(f"seed {result.plan.seed}: {result.broken}")
    if broken:
        _scenario(broken[0])
        raise typer.Exit(1)


def _summary(results: list[Result], took: float) -> None:
    counts: Counter[str] = Counter()
    doubled: Counter[str] = Counter()
    for result in results:
        counts += result.counts
        doubled += result.undetectable
    typer.echo(
        f"{counted(len(results), 'world')} in {took:,.0f} s ({sum(result.seconds for result in results) / len(results):.1f} s "
        f"each): {counts['written']:,} messages written by people, {counts['delivered']:,} delivered to them, "
        f"{counts['timers']:,} timers fired, {counts['crashes']:,} crashes"
    )
    duplicates = ", ".join(f"{number} on {channel}" for channel, number in sorted(doubled.items())) or "none"
    typer.echo(f"messages delivered twice because their provider cannot be queried: {duplicates}")
    typer.echo(f"{counted(sum(result.broken is not None for result in results), 'world')} failed")


def _scenario(result: Result) -> None:
    from bot.simulation.shrink import shrink

    plan = result.plan
    with progress_bar("Shortening the scenario") as move:
        found = len(result.met)
        short = shrink(result, tell=lambda left: move(found - left, found))
    typer.echo(f"\nThe shortest failing scenario of seed {plan.seed}:")
    for line in short.trace[-SHOWN:]:
        typer.echo(f"  {line}")
    typer.echo(f"Run again: acompana simulate --seed {plan.seed} --clients {plan.clients} --days {plan.days}")
