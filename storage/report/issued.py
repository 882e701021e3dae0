"""Issued reports: kept byte for byte, with what each business contributed, and compared with what is known today."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session, aliased

from bot.outcomes.differences import MEASURES, Difference, News, Part, differences
from bot.outcomes.increments import Chain
from bot.outcomes.seal import Seal, canonical, holds, sealed
from bot.outcomes.totals import Tier, written
from storage.checks import RegisterError
from storage.exports.dataset import DataTable, Field
from storage.exports.table import Cell
from storage.report.build import Wanted
from storage.report.scope import Scope
from storage.report.sums import of_tier
from storage.schema import Client, Contribution, IncrementRow, IssuedReport, OutcomeRow, ReviewRow

METHOD = 1
"""Raised when a rule of the method changes, so that the next report can say so."""
BATCH = 5000


def issue(
    db: Session, wanted: Wanted, report: dict[str, Any], *, by: str, now: datetime, key: Ed25519PrivateKey
) -> IssuedReport:
    """Keep a report, sealed. It opens with what has changed in the last one of the same centers and groups."""
    code = f"R{now.year}-{(db.scalar(select(func.count()).select_from(IssuedReport)) or 0) + 1}"
    before = _last_alike(db, wanted)
    body = {
        "issued": {
            "code": code,
            "at": now.isoformat(timespec="seconds"),
            "method": METHOD,
            "last_outcome": db.scalar(select(func.max(OutcomeRow.id))) or 0,
            "last_review": db.scalar(select(func.max(ReviewRow.id))) or 0,
        },
        **(_changes(db, before) if before else {}),
        **report,
        "parameters": report["parameters"] | {"issued_at": now.isoformat(timespec="seconds")},
    }
    content = canonical(body)
    seal = sealed(content, key)
    row = IssuedReport(
        code=code,
        since=wanted.scope.since,
        until=wanted.scope.until,
        parameters=_parameters(wanted),
        body=content.decode(),
        sha256=seal.sha256,
        signature=seal.signature,
        public_key=seal.public_key,
        by=by,
        at=now,
    )
    db.add(row)
    db.flush()
    _keep_contributions(db, row, wanted.scope)
    return row


def _parameters(wanted: Wanted) -> dict[str, Any]:
    scope = wanted.scope
    return {
        "centers": list(scope.centers) if scope.centers is not None else None,
        "only": [list(pair) for pair in scope.only],
        "tier": wanted.tier.value,
        "fiscal_year": list(scope.fiscal_year),
    }


def _scope(row: IssuedReport) -> Scope:
    given = row.parameters
    return Scope(
        row.since,
        row.until,
        tuple(given["centers"]) if given["centers"] is not None else None,
        (given["fiscal_year"][0], given["fiscal_year"][1]),
        tuple((dimension, value) for dimension, value in given["only"]),
    )


def _last_alike(db: Session, wanted: Wanted) -> IssuedReport | None:
    """The last report of the same centers, groups and tier, of whatever period."""
    alike = _parameters(wanted)
    rows = db.scalars(select(IssuedReport).order_by(IssuedReport.id.desc()))
    return next((row for row in rows if row.parameters == alike), None)


def _keep_contributions(db: Session, report: IssuedReport, scope: Scope) -> None:
    keys: dict[int, str] = {}
    batch: list[dict[str, Any]] = []
    for tier in (Tier.RESPONDENTS, Tier.ATTRIBUTED_VERIFIED):
        rows = select(IncrementRow).where(*of_tier(scope, tier), IncrementRow.value.is_not(None))
        for row in db.scalars(rows.order_by(IncrementRow.id), execution_options={"yield_per": 1000}):
            batch.append(
                {
                    "report_id": report.id,
                    "key": keys.setdefault(row.business_id, secrets.token_hex(8)),
                    "outcome_id": row.outcome_id,
                    "chain": row.chain,
                    "attribution": row.attribution,
                    "indicator": row.indicator,
                    "value": row.value,
                    "currency": row.currency,
                    "usd": row.usd,
                    "withdrawn": False,
                }
            )
    batch.sort(key=lambda row: (row["key"], row["chain"], row["indicator"], row["outcome_id"]))
    for start in range(0, len(batch), BATCH):
        db.execute(insert(Contribution), batch[start : start + BATCH])


# --- read again ------------------------------------------------------------------------------------------------------


def find_issued(db: Session, code: str) -> IssuedReport:
    """Raises RegisterError."""
    row = db.scalar(select(IssuedReport).where(IssuedReport.code == code.strip().upper()))
    if row is None:
        known = list(db.scalars(select(IssuedReport.code).order_by(IssuedReport.id.desc()).limit(8)))
        raise RegisterError("report", f"there is no issued report {code!r}; issued: {', '.join(known) or 'none yet'}")
    return row


def seal_of(row: IssuedReport) -> Seal:
    return Seal(row.sha256, row.signature, row.public_key)


def content_of(row: IssuedReport) -> bytes:
    """The bytes that were issued. Raises RegisterError where they are not: somebody has changed them since."""
    content = row.body.encode()
    if not holds(content, seal_of(row)):
        raise RegisterError("report", f"{row.code} does not match its signature: it was changed after it was issued")
    return content


def withdrawn(db: Session, row: IssuedReport) -> int:
    """How many businesses that are in the report have been erased since."""
    gone = select(func.count(Contribution.key.distinct())).where(
        Contribution.report_id == row.id, Contribution.withdrawn.is_(True)
    )
    return db.scalar(gone) or 0


FIELDS = (
    Field("business", "string", "Drawn at random for this report; withdrawn: the sum of those that were erased."),
    Field("chain", "string", "Whether all figures or only verified ones are links.", tuple(one.value for one in Chain)),
    Field("attribution", "string", "Whether the center helped, as the client said.", ("yes", "partly", "no")),
    Field("indicator", "string", "What was asked."),
    Field("value", "number", "What was added: people, or units of the currency."),
    Field("currency", "string", "ISO 4217 code."),
    Field("usd", "number", "The same in US dollars, at the rate of its day."),
)
CONTRIBUTIONS = tuple(field.name for field in FIELDS)


def contributions_table(db: Session, row: IssuedReport) -> DataTable:
    description = "One row per figure that counts in the report, in the chain of its tier."
    return DataTable("contributions", description, FIELDS, contributions(db, row))


def contributions(db: Session, row: IssuedReport) -> Iterator[tuple[Cell, ...]]:
    """Rows of CONTRIBUTIONS, in the same order each time; those of erased businesses as one for each sum, "withdrawn"."""
    own = Contribution.report_id == row.id
    kept = select(Contribution).where(own, Contribution.withdrawn.is_(False)).order_by(Contribution.id)
    for one in db.scalars(kept, execution_options={"yield_per": 1000}):
        yield one.key, one.chain, one.attribution, one.indicator, one.value, one.currency, one.usd
    columns = (Contribution.chain, Contribution.attribution, Contribution.indicator, Contribution.currency)
    sums = select(*columns, func.sum(Contribution.value), func.sum(Contribution.usd))
    gone = sums.where(own, Contribution.withdrawn.is_(True)).group_by(*columns).order_by(*columns)
    for chain, attribution, indicator, currency, value, usd in db.execute(gone):
        yield "withdrawn", chain, attribution, indicator, value, currency, usd


# --- what has changed since ------------------------------------------------------------------------------------------


def _changes(db: Session, report: IssuedReport) -> dict[str, Any]:
    """What is different today in the period of a report, in its tier, and why."""
    return {
        "compared_with": {
            "report": report.code,
            "since": report.since.isoformat(),
            "until": report.until.isoformat(),
            "withdrawn": withdrawn(db, report),
        },
        "changes": [
            {
                "indicator": one.number,
                "before": written(one.before),
                "after": written(one.after),
                "parts": {cause.value: written(amount) for cause, amount in sorted(one.parts.items())},
            }
            for one in changed_since(db, report)
        ],
    }


def changed_since(db: Session, report: IssuedReport) -> list[Difference]:
    """The numbers of the report's tier, as issued and as they would be today."""
    tier = Tier(report.parameters["tier"])
    roots = _roots(db)
    businesses: dict[int, int] = {
        figure: business for figure, business in db.execute(_BUSINESSES) if business is not None
    }
    own = [Contribution.report_id == report.id, Contribution.chain == tier.chain.value]
    if tier.attributions is not None:
        own.append(Contribution.attribution.in_(tier.attributions))
    before = [
        Part(
            roots.get(row.outcome_id, row.outcome_id) if row.outcome_id is not None else None,
            businesses.get(row.outcome_id, row.key) if row.outcome_id is not None else row.key,
            row.indicator,
            row.value,
            row.usd,
        )
        for row in db.scalars(select(Contribution).where(*own))
    ]
    today = select(IncrementRow).where(*of_tier(_scope(report), tier), IncrementRow.value.is_not(None))
    after = [
        Part(roots.get(row.outcome_id, row.outcome_id), row.business_id, row.indicator, row.value, row.usd)
        for row in db.scalars(today)
        if row.indicator in MEASURES
    ]
    return differences(before, after, _news(db, report, roots, businesses))


def _roots(db: Session) -> dict[int, int]:
    """Correction → the figure as first told."""
    roots: dict[int, int] = {}
    for figure, corrects in db.execute(_CORRECTIONS):
        assert corrects is not None
        roots[figure] = roots.get(corrects, corrects)
    return roots


def _news(db: Session, report: IssuedReport, roots: dict[int, int], businesses: dict[int, int]) -> News:
    issued = _issued(report)
    late: set[int] = set()
    corrected: set[int] = set()
    since = (OutcomeRow.id > issued["last_outcome"], OutcomeRow.claimed.is_(False))
    confirmed = set(
        db.scalars(
            select(OutcomeRow.id).join(_CLAIM, _CLAIM.id == OutcomeRow.corrects_id).where(*since, _CLAIM.claimed)
        )
    )
    for figure, corrects in db.execute(
        select(OutcomeRow.id, OutcomeRow.corrects_id).where(OutcomeRow.id > issued["last_outcome"])
    ):
        (late if corrects is None or figure in confirmed else corrected).add(roots.get(figure, figure))
    newly = select(ReviewRow.outcome_id).where(ReviewRow.id > issued["last_review"])
    reviewed = {roots.get(figure, figure) for figure in db.scalars(newly)}

    def at(figures: set[int]) -> frozenset[int | str]:
        return frozenset(businesses[figure] for figure in figures if figure in businesses)

    return News(
        frozenset(late), frozenset(corrected - late), frozenset(reviewed), at(late), at(corrected - late), at(reviewed)
    )


def _issued(report: IssuedReport) -> dict[str, int]:
    issued: dict[str, int] = json.loads(report.body)["issued"]
    return issued


_CLAIM = aliased(OutcomeRow)
"""What a client said to staff: their own word in its place is a late answer."""
_CORRECTIONS = (
    select(OutcomeRow.id, OutcomeRow.corrects_id).where(OutcomeRow.corrects_id.is_not(None)).order_by(OutcomeRow.id)
)
_BUSINESSES = select(OutcomeRow.id, Client.business_id).join(Client, Client.id == OutcomeRow.client_id)
