"""Exchange rates: what an amount is in US dollars, where that is known."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.countries import PEGS
from bot.outcomes.decimals import CENT
from storage.checks import RegisterError, a_currency
from storage.schema import Rate


@dataclass(frozen=True, slots=True)
class Quote:
    """Units of a currency to one US dollar, and the ISO day from which it is."""

    per_usd: Decimal
    day: str

    def usd(self, amount: Decimal) -> Decimal:
        """`amount` in US dollars, to the cent."""
        return (amount / self.per_usd).quantize(CENT, ROUND_HALF_UP)


class Rates:
    """All rates of the database, read once."""

    def __init__(self, db: Session) -> None:
        self._days: dict[str, list[tuple[str, Decimal]]] = {}
        for currency, day, per_usd in db.execute(select(Rate.currency, Rate.day, Rate.per_usd).order_by(Rate.day)):
            self._days.setdefault(currency, []).append((day, per_usd))

    def on(self, currency: str, day: date) -> Quote | None:
        """The rate that holds on `day`: the peg, or the latest one up to that day; None where there is none."""
        if currency in PEGS:
            return Quote(PEGS[currency], day.isoformat())
        rates = self._days.get(currency, [])
        place = bisect_right(rates, day.isoformat(), key=lambda rate: rate[0])
        return Quote(rates[place - 1][1], rates[place - 1][0]) if place else None


def latest_rate(db: Session, currency: str, day: str) -> Rate | None:
    """The last dated rate up to an ISO day."""
    return db.scalar(select(Rate).where(Rate.currency == currency, Rate.day <= day).order_by(Rate.day.desc()).limit(1))


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
