"""acompana simulate: many made-up years, in which everything goes wrong that can, and what must hold in each."""

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
"""Lines of a story that are shown; its end matters."""


@app.command("simulate", rich_help_panel=CARE)
def simulate(
    seeds: Annotated[int, typer.Option(min=1, help="How many worlds.")] = 20,
    first: Annotated[int | None, typer.Option(min=0, help="The first seed; drawn when left out.")] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, help="This world alone, with the story of what went wrong.")
    ] = None,
    clients: Annotated[int, typer.Option(min=1, help="Clients in each world.")] = 50,
    days: Annotated[int, typer.Option(min=1, help="Days that each world lasts.")] = 365,
    jobs: Annotated[int | None, typer.Option(min=1, help="Processes; as many as there are cores by default.")] = None,
) -> None:
    """Try the program in made-up worlds.

    Each has its own centers, counselors, clients and providers, and lasts a year on a clock that runs fast. Messages come
    late, twice and in the wrong order; processes die in the middle of things; people change phones, block us and write
    STOP. No answer may be lost, no invitation be lost or doubled, nobody be written to at night or after STOP, and every
    figure must be what its client told. Your own store is not touched. The exit code is 1 when something went wrong.
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
    with progress_bar("Living") as move:
        for result in live_many(plans, min(jobs or os.cpu_count() or 1, seeds)):
            results.append(result)
            move(len(results), seeds)
    _summary(results, perf_counter() - began)
    broken = sorted((result for result in results if result.broken), key=lambda result: result.plan.seed)
    for result in broken:
        typer.echo(f"seed {result.plan.seed}: {result.broken}")
    if broken:
        _story(broken[0])
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
    told = ", ".join(f"{number} on {channel}" for channel, number in sorted(doubled.items())) or "none"
    typer.echo(f"messages that came twice because their provider cannot be asked about them: {told}")
    typer.echo(f"{counted(sum(result.broken is not None for result in results), 'world')} went wrong")


def _story(result: Result) -> None:
    from bot.simulation.shrink import shrink

    plan = result.plan
    with progress_bar("Shortening the story") as move:
        found = len(result.met)
        short = shrink(result, tell=lambda left: move(found - left, found))
    typer.echo(f"\nThe shortest story of seed {plan.seed}:")
    for line in short.trace[-SHOWN:]:
        typer.echo(f"  {line}")
    typer.echo(f"Again: acompana simulate --seed {plan.seed} --clients {plan.clients} --days {plan.days}")
