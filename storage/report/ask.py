"""What somebody asks of a report, checked: days, center, country, tier and groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.countries import COUNTRIES
from bot.outcomes.totals import Tier
from storage.checks import RegisterError
from storage.registers import find_center
from storage.report.build import Wanted
from storage.report.scope import DIMENSIONS, Scope
from storage.schema import Center


def wanted(
    db: Session,
    since: date,
    until: date,
    *,
    center: str | None = None,
    country: str | None = None,
    tier: str = Tier.ATTRIBUTED_VERIFIED.value,
    by: Sequence[str] = (),
    only: Mapping[str, str] = MappingProxyType({}),
    centers: Sequence[int] | None = None,
    fiscal_year: tuple[int, int] = (1, 1),
    network: str | None = None,
) -> Wanted:
    """Raises RegisterError, which names what is wrong. `only`: dimension → group. `centers`: those that who asks may see; None: all."""
    if since > until:
        raise RegisterError("since", f"{since} is after {until}; the period must begin before it ends")
    if tier not in list(Tier):
        raise RegisterError("tier", f"{tier!r} is not one of {', '.join(Tier)}")
    for name in by:
        if name not in DIMENSIONS:
            raise RegisterError("by", f"{name!r} is not one of {', '.join(DIMENSIONS)}")
    for name in only:
        if name not in DIMENSIONS:
            raise RegisterError("only", f"{name!r} is not one of {', '.join(DIMENSIONS)}")
    covered = None if centers is None else set(centers)
    if country:
        country = country.strip().upper()
        covered = _within(covered, _of_country(db, country))
    if center:
        found = find_center(db, center)
        center = found.code
        covered = _within(covered, {found.id})
    chosen = None if covered is None else tuple(sorted(covered))
    return Wanted(
        Scope(since, until, chosen, fiscal_year, tuple(only.items())),
        Tier(tier),
        tuple(dict.fromkeys(by)),
        center,
        country,
        network,
    )


def _of_country(db: Session, country: str) -> set[int]:
    if country not in COUNTRIES:
        raise RegisterError("country", f"{country!r} is not one of {', '.join(COUNTRIES)}")
    found = set(db.scalars(select(Center.id).where(Center.country == country)))
    if not found:
        raise RegisterError("country", f"there is no center in {country}")
    return found


def _within(covered: set[int] | None, chosen: set[int]) -> set[int]:
    """What is chosen, as far as it may be seen; of nothing is an empty set, not everything."""
    return chosen if covered is None else covered & chosen
