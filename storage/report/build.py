"""A report, put together: what `acompana report --format json` answers, and what every document is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from bot.countries import PEGS
from bot.outcomes import codes
from bot.outcomes.decimals import CENT
from bot.outcomes.economy import net_of_economy
from bot.outcomes.extrapolation import estimate
from bot.outcomes.figures import Rates
from bot.outcomes.totals import Tier, Totals, written
from storage.exchange_rates import rates_of
from storage.report import response, stock
from storage.report.over_time import over_time
from storage.report.scope import Scope, businesses
from storage.report.summed import members_of, summed
from storage.report.sums import answered_by_group, counted, not_converted, totals, totals_by_group
from storage.schema import Center, Rate

NOTHING = Totals()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a report is asked for."""

    scope: Scope
    #: The tier that is shown by group and extrapolated.
    tier: Tier = Tier.ATTRIBUTED_VERIFIED
    #: Of scope.DIMENSIONS.
    by: Sequence[str] = ()
    #: The center and the country that were asked for, by code.
    center: str | None = None
    country: str | None = None
    #: The name of the network, for the head of a document.
    network: str | None = None


def build(db: Session, wanted: Wanted) -> dict[str, Any]:
    """The report as JSON: counts are integers; jobs, money and rates decimals as strings."""
    with summed(db, wanted.scope) as sums:
        return _built(db, wanted, sums)


def _built(db: Session, wanted: Wanted, sums: Table) -> dict[str, Any]:
    scope = wanted.scope
    rates = rates_of(db)
    tiers = {tier: totals(db, sums, tier) for tier in Tier}
    respondents = tiers[Tier.RESPONDENTS]
    standings = stock.standings(db, scope, sums, rates)
    by, sizes = _groups(db, wanted, sums)
    return {
        "since": scope.since.isoformat(),
        "until": scope.until.isoformat(),
        "tier": wanted.tier.value,
        "parameters": {
            "network": wanted.network,
            "center": wanted.center,
            "country": wanted.country,
            "by": list(wanted.by),
            **({"only": dict(scope.only)} if scope.only else {}),
            "fiscal_year_began": scope.year_began.isoformat(),
        },
        "businesses": db.scalar(select(func.count()).select_from(businesses(scope))) or 0,
        "persons": stock.persons(db, sums),
        "multi_center": stock.at_several_centers(db, scope),
        "tiers": {tier.value: found.as_json() for tier, found in tiers.items()},
        "response": _response(response.response(db, scope)),
        "extrapolated": _extrapolated(db, wanted, sums, tiers[wanted.tier]),
        "iris": _iris(db, scope, standings, respondents),
        "edmis": _texts(codes.edmis(standings, respondents)),
        "net_of_economy": _economy(db, scope, rates),
        "by": by,
        "group_sizes": sizes,
        "centers": {
            code: country
            for code, country in db.execute(select(Center.code, Center.country).order_by(Center.code))
            if code in by.get("center", {})
        },
        "over_time": over_time(db, scope, wanted.tier),
        "not_converted": [row | {"amount": written(row["amount"])} for row in not_converted(db, sums)],
        "rates": _rates_used(db, scope, sums),
    }


def _groups(db: Session, wanted: Wanted, sums: Table) -> tuple[dict[str, Any], dict[str, Any]]:
    """By dimension and group: the totals of the tier, and how many businesses there are, answered and count."""
    by: dict[str, Any] = {}
    sizes: dict[str, Any] = {}
    for dimension in wanted.by:
        with members_of(db, wanted.scope, dimension) as members:
            sized = select(members.c.value, func.count()).group_by(members.c.value)
            counts: dict[str, int] = dict(db.execute(sized).all())
            answered = answered_by_group(db, sums, members)
            counted = totals_by_group(db, sums, wanted.tier, members)
        names = sorted(counts)
        by[dimension] = {name: counted.get(name, NOTHING).as_json() for name in names}
        sizes[dimension] = {
            name: {
                "clients": counts[name],
                "responded": answered.get(name, 0),
                "counted": counted.get(name, NOTHING).clients,
            }
            for name in names
        }
    return by, sizes


def _response(found: response.Response) -> dict[str, Any]:
    """Nobody invited: no rate."""
    invited, responded = found.clients_invited, found.clients_responded
    rate = (Decimal(100) * responded / invited).quantize(CENT) if invited else None
    return {
        "surveys_invited": found.surveys_invited,
        "surveys_answered": found.surveys_answered,
        "clients_invited": invited,
        "clients_responded": responded,
        "client_response_rate": written(rate) if rate is not None else None,
        "items": {name: list(counts) for name, counts in found.items.items()},
    }


def _extrapolated(db: Session, wanted: Wanted, sums: Table, counted: Totals) -> dict[str, Any]:
    """Per measure, and under `left_out` the centers of which nobody answered."""
    respondents_only = {
        "sales_change_usd": counted.sales_usd,
        "exports_change_usd": counted.exports_usd,
        "FTE_net": counted.fte_created - counted.fte_lost,
        "financing_usd": counted.financing_usd,
    }
    answer: dict[str, Any] = {}
    left_out: list[str] = []
    for measure, by_center in response.strata(db, wanted.scope, wanted.tier, sums).items():
        found = estimate(by_center.values())
        answer[measure] = {
            "respondents_only": written(respondents_only[measure]),
            "extrapolated": written(found.extrapolated),
            "standard_error": written(found.standard_error) if found.standard_error is not None else None,
        }
        left_out = [code for code, stratum in by_center.items() if not stratum.answered]
    return answer | {"left_out": left_out}


def _iris(db: Session, scope: Scope, standings: codes.Standings, respondents: Totals) -> dict[str, str]:
    done = stock.work(db, scope)
    return _texts(codes.iris(standings, respondents, advised=done.advised, hours=done.hours))


def _economy(db: Session, scope: Scope, rates: Rates) -> dict[str, Any] | None:
    """None where no growth of any country is known."""
    known = stock.growth(db)
    if not known:
        return None
    percents = {key: percent for key, (percent, _source) in known.items()}
    sold = stock.sold(db, scope)
    found = net_of_economy(sold, percents, rates, scope.since, scope.until)
    years = range(scope.since.year, scope.until.year + 1)
    used = sorted({(one.country, year) for one in sold for year in years} & known.keys())
    return {
        "total_incremental_usd": written(found.incremental_usd),
        "businesses": found.businesses,
        "left_out": found.left_out,
        "sources": [
            {
                "country": country,
                "year": year,
                "percent": written(known[country, year][0]),
                "source": known[country, year][1],
            }
            for country, year in used
        ],
    }


def _rates_used(db: Session, scope: Scope, sums: Table) -> list[dict[str, str]]:
    """The rates that hold on some day of the period, of the currencies that its increments are in."""
    currencies = db.scalars(
        select(sums.c.currency)
        .where(*counted(sums, Tier.RESPONDENTS), sums.c.currency.is_not(None))
        .distinct()
        .order_by(sums.c.currency)
    ).all()
    used: list[dict[str, str]] = []
    for currency in currencies:
        if currency in PEGS:
            used.append({"currency": currency, "day": "", "per_usd": written(PEGS[currency]), "source": "peg"})
            continue
        rows = db.scalars(
            select(Rate).where(Rate.currency == currency, Rate.day <= scope.until.isoformat()).order_by(Rate.day)
        ).all()
        before = [row for row in rows if row.day <= scope.since.isoformat()][-1:]
        for row in (*before, *(row for row in rows if row.day > scope.since.isoformat())):
            used.append({"currency": currency, "day": row.day, "per_usd": written(row.per_usd), "source": row.source})
    return used


def _texts(numbers: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: written(number) for name, number in numbers.items()}
