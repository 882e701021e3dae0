"""What came of the work at each center: jobs and sales of its clients, at the start and at the latest figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from threading import Lock
from time import monotonic

from sqlalchemy import func, select
from sqlalchemy.orm import Session as Db

from bot.indicators import FTE
from storage import outcomes
from storage.periods import Period
from storage.schema import Center, OutcomeRow

PATIENCE = 20


@dataclass
class Change:
    """What the clients of a center came to: those only who gave a figure at the start and a later one."""

    center: Center
    clients: int = 0
    jobs: Decimal = Decimal(0)
    jobs_before: Decimal = Decimal(0)
    sellers: int = 0
    sales_before: Decimal = Decimal(0)
    sales_after: Decimal = Decimal(0)
    better: int = 0

    @property
    def sales_percent(self) -> Decimal | None:
        if not self.sales_before:
            return None
        return (self.sales_after - self.sales_before) / self.sales_before * 100


@dataclass
class Changes:
    """The changes of a center, which go through all its clients: added up again when there is a new figure, but not
    before they were shown for twenty times as long as that takes."""

    _kept: dict[str, tuple[int, float, Change]] = field(default_factory=dict)
    _one: Lock = field(default_factory=Lock)

    def of(self, db: Db, center: Center) -> Change:
        last = db.scalar(select(func.max(OutcomeRow.id))) or 0
        with self._one:
            known, good_until, change = self._kept.get(center.code, (-1, 0.0, Change(center)))
            if known != last and monotonic() >= good_until:
                begun = monotonic()
                change = add_up(center, outcomes.lines(db, Period(), center.code))
                self._kept[center.code] = (last, monotonic() + PATIENCE * (monotonic() - begun), change)
            return change


def add_up(center: Center, clients: Iterator[list[outcomes.Line]]) -> Change:
    """Sales in the center's own currency; jobs as full-time equivalents."""
    change = Change(center)
    for lines in clients:
        found = {line.indicator: line for line in lines if line.change is not None}
        change.clients += bool(found)
        if (jobs := found.get(FTE)) and jobs.change is not None:
            change.jobs += jobs.change
            change.jobs_before += number(jobs.baseline)
        sales = found.get("sales_month")
        if sales and sales.change is not None and sales.latest and sales.latest.currency == center.currency:
            change.sellers += 1
            change.sales_before += number(sales.baseline)
            change.sales_after += number(sales.latest)
            change.better += sales.change > 0
    return change


def number(figure: outcomes.Figure | None) -> Decimal:
    return figure.value if figure and isinstance(figure.value, Decimal) else Decimal(0)
