"""Amounts that are in no total in US dollars, since no rate holds on their day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from bot.outcomes.increments import Chain
from storage.schema import Answer, Center, Client, IncrementRow, OutcomeRow


@dataclass(frozen=True, slots=True)
class Unconverted:
    currency: str
    amounts: int
    businesses: int
    #: A rate of this day or an earlier one converts them all.
    first: date
    last: date


def unconverted(db: Session, of_centers: ColumnElement[bool]) -> list[Unconverted]:
    """By currency; `of_centers`: a condition on the client's center."""
    query = select(
        IncrementRow.currency,
        func.count(IncrementRow.id),
        func.count(IncrementRow.business_id.distinct()),
        func.min(IncrementRow.day),
        func.max(IncrementRow.day),
    )
    query = query.join(Client, Client.id == IncrementRow.client_id).join(Center, Center.id == Client.center_id)
    query = query.where(*_WITHOUT_RATE, of_centers).group_by(IncrementRow.currency).order_by(IncrementRow.currency)
    return [
        Unconverted(currency, amounts, businesses, first, last)
        for currency, amounts, businesses, first, last in db.execute(query)
        if currency is not None
    ]


def unconverted_figures(of_centers: ColumnElement[bool], currency: str) -> Select[*tuple[Any, ...]]:
    """(IncrementRow, Client, Center, the figure as it stands, the id of the message it came from), the earliest first."""
    return (
        select(IncrementRow, Client, Center, OutcomeRow, Answer.inbox_id)
        .join(Client, Client.id == IncrementRow.client_id)
        .join(Center, Center.id == Client.center_id)
        .join(OutcomeRow, OutcomeRow.id == IncrementRow.outcome_id)
        .outerjoin(Answer, Answer.id == OutcomeRow.answer_id)
        .where(*_WITHOUT_RATE, IncrementRow.currency == currency, of_centers)
        .order_by(IncrementRow.day, IncrementRow.id)
    )


_WITHOUT_RATE = (
    IncrementRow.chain == Chain.TOLD.value,
    IncrementRow.currency.is_not(None),
    IncrementRow.usd.is_(None),
    IncrementRow.value != Decimal(0),
)
