"""Exchange rates: what an amount is in US dollars, where that is known."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from bot.countries import PEGS
from bot.outcomes.figures import Rates
from storage.checks import RegisterError, a_currency
from storage.schema import Base, OutcomeRow, Rate


def rates_of(db: Session, currencies: Collection[str] | None = None) -> Rates:
    """The dated rates, of some currencies or of all."""
    query = select(Rate.currency, Rate.day, Rate.per_usd)
    if currencies is not None:
        if not currencies:
            return Rates()
        query = query.where(Rate.currency.in_(sorted(currencies)))
    return Rates.of((currency, date.fromisoformat(day), per_usd) for currency, day, per_usd in db.execute(query))


def convert_anew(db: Session, currencies: Collection[str]) -> None:
    """Write what figures are in US dollars anew, those in some currencies, each at the rate of the day it was told."""
    rates = rates_of(db, currencies)
    one = OutcomeRow
    query = select(one.id, one.value, one.currency, one.usd, one.per_usd, one.rate_day, one.day, one.at)
    query = query.where(one.value.is_not(None), one.currency.is_not(None)).order_by(one.id)
    query = query.where(one.currency.in_(sorted(currencies)))
    changed = []
    for row in db.execute(query, execution_options={"yield_per": AT_ONCE}):
        quote = rates.on(row.currency, row.day or row.at.date())
        now = (quote.usd(row.value), quote.per_usd, quote.day) if quote else (None, None, None)
        if now != (row.usd, row.per_usd, row.rate_day):
            changed.append({"figure": row.id, "in_usd": now[0], "at_rate": now[1], "of_day": now[2]})
    if changed:
        db.connection().execute(_CONVERT, changed)


_OUTCOMES = Base.metadata.tables[OutcomeRow.__tablename__]
_CONVERT = (
    update(_OUTCOMES)
    .where(_OUTCOMES.c.id == bindparam("figure"))
    .values(usd=bindparam("in_usd"), per_usd=bindparam("at_rate"), rate_day=bindparam("of_day"))
)
AT_ONCE = 1000
"""Figures that are read at a time."""


def a_rated_currency(code: str) -> str:
    """A currency that needs rates. Raises RegisterError."""
    currency = a_currency(code)
    if currency in PEGS:
        raise RegisterError("currency", f"{currency} is pegged at {PEGS[currency]} to the US dollar and needs no rate")
    return currency


def a_rate(currency: str, per_usd: Decimal) -> Decimal:
    """Raises RegisterError."""
    if not per_usd.is_finite() or not Decimal("0.0001") <= per_usd < 10**12:
        raise RegisterError("per_usd", f"{per_usd} is not a rate; write how many {currency} one US dollar costs")
    return per_usd


def dated_rates(db: Session, currency: str | None = None) -> list[Rate]:
    """By currency and day."""
    query = select(Rate).order_by(Rate.currency, Rate.day)
    return list(db.scalars(query.where(Rate.currency == currency) if currency else query))


def set_rate(db: Session, currency: str, day: date, per_usd: Decimal, source: str = "", by: str | None = None) -> Rate:
    """Enter a rate; a second one for the same day replaces the first. Raises RegisterError."""
    currency = a_rated_currency(currency)
    per_usd = a_rate(currency, per_usd)
    rate = db.scalar(select(Rate).where(Rate.currency == currency, Rate.day == day.isoformat()))
    if rate is None:
        rate = Rate(currency=currency, day=day.isoformat())
        db.add(rate)
    rate.per_usd, rate.source, rate.by = per_usd, source, by
    db.flush()
    return rate
