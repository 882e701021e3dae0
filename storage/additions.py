"""What the increments of clients come to in a period, client by client: for their pages and for exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from bot.indicators import EMPLOYEES_FULL, EMPLOYEES_PART, FTE
from bot.outcomes.decimals import HALF, ZERO
from bot.outcomes.increments import Chain
from storage.periods import Period
from storage.schema import Center, Client, IncrementRow

FULL, PART = EMPLOYEES_FULL.name, EMPLOYEES_PART.name


@dataclass(frozen=True, slots=True)
class Added:
    """What the increments of a client came to in a period, by currency; "" where it is people."""

    by_currency: Mapping[str, Decimal]
    usd: Decimal | None


class Additions:
    """What each client's increments came to in a period, in the order of the clients, each asked for once."""

    def __init__(
        self, db: Session, period: Period, of_centers: ColumnElement[bool] | None = None, client: int | None = None
    ) -> None:
        query = (
            select(
                IncrementRow.client_id,
                IncrementRow.indicator,
                func.coalesce(IncrementRow.currency, "").label("currency"),
                func.sum(IncrementRow.value).label("value"),
                func.sum(IncrementRow.usd).label("usd"),
            )
            .where(IncrementRow.chain == Chain.TOLD.value, IncrementRow.value.is_not(None))
            .group_by(IncrementRow.client_id, IncrementRow.indicator, IncrementRow.currency)
            .order_by(IncrementRow.client_id)
        )
        if period.since:
            query = query.where(IncrementRow.day >= period.since)
        if period.until:
            query = query.where(IncrementRow.day <= period.until)
        if of_centers is not None:
            query = query.join(Client, Client.id == IncrementRow.client_id).join(Center).where(of_centers)
        if client is not None:
            query = query.where(IncrementRow.client_id == client)
        rows = db.execute(query, execution_options={"yield_per": 500})
        self._clients = groupby(rows, key=lambda row: row.client_id)
        self._next = next(self._clients, None)

    def of(self, client: int) -> Mapping[str, Added]:
        """By indicator; the clients come in ascending order."""
        while self._next is not None and self._next[0] < client:
            self._next = next(self._clients, None)
        if self._next is None or self._next[0] != client:
            return {}
        by_indicator: dict[str, list[Any]] = {}
        for row in self._next[1]:
            by_indicator.setdefault(row.indicator, []).append(row)
        found = {name: _added(rows) for name, rows in by_indicator.items()}
        if FULL in found or PART in found:
            full, part = (found[name].by_currency[""] if name in found else ZERO for name in (FULL, PART))
            found[FTE] = Added({"": full + part * HALF}, None)
        return found


def _added(rows: Sequence[Any]) -> Added:
    dollars = [row.usd for row in rows if row.usd is not None]
    return Added({row.currency: row.value for row in rows}, sum(dollars, ZERO) if dollars else None)
