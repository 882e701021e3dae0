"""From the figures of one business to its increments and flows: what changed, when, and in whose words it counts.

There are two chains. `told` links every figure that was not rejected. `verified` links what staff have verified, the
baselines, and the figures of surveys in which the client denied any help: the change that such a survey tells is never
taken over by a later one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.indicators import EMPLOYEES_FULL, EMPLOYEES_PART, EXPORTS_MONTH, FINANCING, RETAINED, SALES_MONTH
from bot.outcomes.decimals import CENT, ZERO
from bot.outcomes.figures import Figure, Rates, Review

LEVELS = (SALES_MONTH.name, EXPORTS_MONTH.name, EMPLOYEES_FULL.name, EMPLOYEES_PART.name)
FLOWS = (FINANCING.name, RETAINED.name)
START = "start"
"""An idea that sells for the first time."""
NEW_EXPORTER = "new_exporter"
"""A business that exported nothing, and does for the first time."""
HEADS = (EMPLOYEES_FULL.name, EMPLOYEES_PART.name)


class Chain(StrEnum):
    TOLD = "told"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class Increment:
    """What one figure adds to a chain."""

    chain: Chain
    #: The figure that ends it.
    figure: int
    client: int
    indicator: str
    day: date
    #: The level before; None for a flow, and for the first level that was ever told.
    before: Decimal | None
    #: The level, or the amount of the flow.
    after: Decimal
    #: What it adds, in `currency` or people; None where nothing can be told: a first level, or two currencies.
    value: Decimal | None
    currency: str | None
    #: The same in US dollars at the rate of `day`, to the cent; None for people, and where no rate is known.
    usd: Decimal | None
    kind: str | None
    attribution: str | None
    review: Review
    #: Told outside of any follow-up: it answers none.
    baseline: bool = False


def increments(figures: Iterable[Figure], rates: Rates, *, idea: bool) -> list[Increment]:
    """The increments of one business in both chains. `idea`: it had no sales when it came. The order of `figures` does
    not matter."""
    ordered = sorted(figures, key=lambda figure: (figure.day, figure.order, figure.id))
    found: list[Increment] = []
    for chain in Chain:
        links = [figure for figure in ordered if _links(chain, figure)]
        by_indicator = {name: [link for link in links if link.indicator == name] for name in (*LEVELS, *FLOWS)}
        for name in LEVELS:
            found += _levels(chain, by_indicator[name], rates)
        found += _financing(chain, by_indicator[FINANCING.name], rates)
        found += _retained(chain, by_indicator)
        found += _first(chain, START, by_indicator[SALES_MONTH.name], after_zero=idea, from_nothing=idea)
        found += _first(chain, NEW_EXPORTER, by_indicator[EXPORTS_MONTH.name], after_zero=True, from_nothing=False)
    return found


def _links(chain: Chain, figure: Figure) -> bool:
    if figure.review is Review.REJECTED:
        return False
    known = figure.survey is None or figure.attribution == "no" or figure.review is Review.VERIFIED
    return chain is Chain.TOLD or known


def _levels(chain: Chain, links: Sequence[Figure], rates: Rates) -> Iterator[Increment]:
    before: Figure | None = None
    for link in links:
        if before is not None:
            value, usd = _change(before, link, rates)
            yield _increment(chain, link, before=before.value, value=value, usd=usd)
        else:
            yield _increment(chain, link)
        before = link


def _change(before: Figure, after: Figure, rates: Rates) -> tuple[Decimal | None, Decimal | None]:
    """In local money and in US dollars, both figures at the rate of the later day."""
    if before.currency == after.currency:
        value = after.value - before.value
        return value, rates.usd(value, after.currency, after.day) if after.currency else None
    if before.currency is None or after.currency is None:
        return None, None
    rate_before, rate_after = rates.per_usd(before.currency, after.day), rates.per_usd(after.currency, after.day)
    if rate_before is None or rate_after is None:
        return None, None
    return None, rates.usd(after.value / rate_after - before.value / rate_before, "USD", after.day)


def _financing(chain: Chain, links: Sequence[Figure], rates: Rates) -> Iterator[Increment]:
    for link in links:
        usd = rates.usd(link.value, link.currency, link.day) if link.currency else None
        yield _increment(chain, link, value=link.value, usd=usd, kind=(link.kind or "unknown") if link.value else None)


def _retained(chain: Chain, by_indicator: Mapping[str, Sequence[Figure]]) -> Iterator[Increment]:
    """Never more than the heads there were before, nor than there are now."""
    for link in by_indicator[RETAINED.name]:
        heads = [_heads(by_indicator, link, now=now) for now in (False, True)]
        value = min([link.value, *(count for count in heads if count is not None)])
        yield _increment(chain, link, value=value)


def _heads(by_indicator: Mapping[str, Sequence[Figure]], at: Figure, *, now: bool) -> Decimal | None:
    """Full-time and part-time people as last told before the survey of `at`, or up to and with it; None: never told."""
    last: list[Decimal] = []
    for name in HEADS:
        told = [link.value for link in by_indicator[name] if _up_to(link, at, now=now)]
        last += told[-1:]
    return sum(last, ZERO) if last else None


def _up_to(link: Figure, at: Figure, *, now: bool) -> bool:
    if link.survey is not None and link.survey == at.survey:
        return now
    return (link.day, link.order) < (at.day, at.order)


def _first(
    chain: Chain, name: str, links: Sequence[Figure], *, after_zero: bool, from_nothing: bool
) -> Iterator[Increment]:
    """The first figure above zero: once ever. `from_nothing`: it counts even where it is the first that was told."""
    if not after_zero:
        return
    place = next((place for place, link in enumerate(links) if link.value > 0), None)
    if place is None or links[place].survey is None or (place == 0 and not from_nothing):
        return
    yield _increment(chain, links[place], indicator=name, value=Decimal(1))


def _increment(
    chain: Chain,
    link: Figure,
    *,
    indicator: str | None = None,
    before: Decimal | None = None,
    value: Decimal | None = None,
    usd: Decimal | None = None,
    kind: str | None = None,
) -> Increment:
    once = indicator is not None
    return Increment(
        chain=chain,
        figure=link.id,
        client=link.client,
        indicator=indicator or link.indicator,
        day=link.day,
        before=before,
        after=link.value,
        value=value,
        currency=None if once else link.currency,
        usd=usd.quantize(CENT) if usd is not None else None,
        kind=kind,
        attribution=link.attribution,
        review=link.review,
        baseline=link.survey is None,
    )
