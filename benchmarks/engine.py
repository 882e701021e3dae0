"""Turns of the pure engine, with the state read from and written to JSON at each, beside the JSON work alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from statistics import median
from time import perf_counter

from bot.flows.catalog import FLOWS
from bot.flows.engine import advance, begin
from bot.flows.form import Begin, Context, Event, Heard
from bot.flows.state import State
from bot.model import LANGUAGES, Param, Term
from bot.text.language import Catalogs

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)
SURVEY = ("5200", "3", "1", "0", "none", "1", "1")


def context() -> Context:
    params: dict[str, Param] = {
        "center": "SBDC Saint Lucia",
        "currency": "EC$",
        "first_name": "Ana",
        "code": "LC-1",
        "idea": Term("IDEA"),
    }
    return Context(
        "en", "LC", "XCD", date(2026, 1, 5), params, languages=LANGUAGES, spellings=Catalogs.load().spellings
    )


def main(rounds: int = 400) -> None:
    flow, known = FLOWS["followup"], context()
    turns: list[float] = []
    copies: list[float] = []
    for _ in range(rounds):
        stored = json.dumps(begin(flow).to_json())
        events: list[Event] = [Begin(NOW), *(Heard(NOW, text) for text in SURVEY)]
        for event in events:
            started = perf_counter()
            stored = json.dumps(advance(flow, State.from_json(json.loads(stored)), event, known).state.to_json())
            turns.append(perf_counter() - started)
            copies.append(_timed(lambda stored=stored: json.dumps(json.loads(stored))))  # type: ignore[misc]
    turn, copy = median(turns), median(copies)
    print(f"{len(turns)} turns of the follow-up: {1 / turn:,.0f} a second, median {turn * 1e6:.0f} µs")
    print(
        f"reading and writing the same JSON alone: median {copy * 1e6:.0f} µs; a turn is {turn / copy:.1f} times that"
    )


def _timed(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started
