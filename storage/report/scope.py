"""Which businesses a report is of, and how they are told apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    cast,
    exists,
    extract,
    func,
    literal,
    select,
)
from sqlalchemy.orm import aliased

from storage.registers import GONE
from storage.schema import Center, Client, CounselingSession, OutcomeRow, Person

LONG_TERM_HOURS = Decimal(5)
YOUTH = (15, 29)
"""Ages that count as youth, both included."""
UNKNOWN = "unknown"
DIMENSIONS = ("center", "country", "sex", "age", "rural", "sector", "area", "long_term", "client_type")
OVERLAPPING = ("center", "area")
"""A business can stand in several of these groups, so that they do not add up to the total."""


def year_began(day: date, fiscal_year: tuple[int, int]) -> date:
    """The first day of the fiscal year that `day` is in; `fiscal_year` is the month and day on which each begins."""
    began = date(day.year, *fiscal_year)
    return began if began <= day else date(day.year - 1, *fiscal_year)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report covers. Both days are in it. Centers None: all of them."""

    since: date
    until: date
    centers: tuple[int, ...] | None = None
    #: The month and day on which the fiscal year begins.
    fiscal_year: tuple[int, int] = (1, 1)
    #: (dimension, group): only businesses of all these groups.
    only: tuple[tuple[str, str], ...] = ()

    @property
    def year_began(self) -> date:
        """The first day of the fiscal year in which the period ends."""
        return year_began(self.until, self.fiscal_year)

    def of_clients(self) -> ColumnElement[bool]:
        """A condition on clients."""
        conditions: list[ColumnElement[bool]] = [Client.status.not_in(GONE)]
        if self.centers is not None:
            conditions.append(Client.center_id.in_(self.centers))
        return and_(*conditions, *self._of_groups(Client.business_id))

    def _of_groups(self, business: Any) -> list[ColumnElement[bool]]:
        everybody = replace(self, only=())
        found: list[ColumnElement[bool]] = []
        for dimension, value in self.only:
            members = grouped(everybody, dimension)
            found.append(business.in_(select(members.c.business_id).where(members.c.value == value)))
        return found

    def of_business(self, business: Any) -> ColumnElement[bool] | None:
        """A condition on the column of a business; None where all are covered."""
        if self.centers is None and not self.only:
            return None
        within: ColumnElement[bool] = business.in_(
            select(Client.business_id).where(self.of_clients(), Client.business_id.is_not(None))
        )
        return within


def businesses(scope: Scope) -> Subquery:
    """`business_id` of every business that told a figure when it came or later, each once."""
    return (
        select(Client.business_id)
        .where(scope.of_clients(), Client.business_id.is_not(None), _told())
        .distinct()
        .subquery()
    )


def _told() -> ColumnElement[bool]:
    """Whether a client's business told a figure, at whatever center."""
    teller = aliased(Client)
    return exists().where(teller.business_id == Client.business_id, OutcomeRow.client_id == teller.id)


def grouped(scope: Scope, dimension: str) -> Subquery:
    """(`business_id`, `value`) of every business: its group in a dimension of DIMENSIONS, or its groups where they
    overlap."""
    query: Select[Any, Any]
    if dimension == "center":
        query = _clients(scope).add_columns(Center.code.label("value")).distinct()
    elif dimension == "area":
        held = CounselingSession.day <= scope.until
        query = (
            _clients(scope)
            .add_columns(CounselingSession.area.label("value"))
            .join(CounselingSession, CounselingSession.client_id == Client.id)
            .where(held)
            .distinct()
        )
    elif dimension == "long_term":
        hours = _hours(scope)
        of_them = func.coalesce(hours.c.hours, Decimal(0)) >= LONG_TERM_HOURS
        found = businesses(scope)
        query = select(found.c.business_id, case((of_them, "5h+"), else_="under 5h").label("value")).outerjoin(
            hours, hours.c.business_id == found.c.business_id
        )
    else:
        query = _of_the_first_client(scope, dimension)
    return query.subquery()


def _clients(scope: Scope) -> Select[Any]:
    return (
        select(Client.business_id)
        .join(Center, Center.id == Client.center_id)
        .where(scope.of_clients(), Client.business_id.is_not(None), _told())
    )


def _hours(scope: Scope) -> Subquery:
    """Hours of counseling by business over the whole network, since the fiscal year began."""
    return (
        select(Client.business_id, func.sum(CounselingSession.hours).label("hours"))
        .join(CounselingSession, CounselingSession.client_id == Client.id)
        .where(CounselingSession.day >= scope.year_began, CounselingSession.day <= scope.until)
        .group_by(Client.business_id)
        .subquery()
    )


def _of_the_first_client(scope: Scope, dimension: str) -> Select[Any, Any]:
    """By what is known of the client that a business came as."""
    first = (
        select(Client.business_id, func.min(Client.id).label("client_id"))
        .where(Client.status.not_in(GONE), Client.business_id.is_not(None))
        .group_by(Client.business_id)
        .subquery()
    )
    covered = businesses(scope)
    values: dict[str, Any] = {
        "country": Center.country,
        "sex": Person.sex,
        "age": _age(),
        "rural": case((Client.rural.is_(True), "rural"), (Client.rural.is_(False), "urban")),
        "sector": Client.sector,
        "client_type": case(
            (Client.baseline_stage == "idea", "pre-venture"), (Client.baseline_stage == "running", "in business")
        ),
    }
    return (
        select(covered.c.business_id, func.coalesce(values[dimension], literal(UNKNOWN)).label("value"))
        .join(first, first.c.business_id == covered.c.business_id)
        .join(Client, Client.id == first.c.client_id)
        .join(Center, Center.id == Client.center_id)
        .outerjoin(Person, Person.id == Client.person_id)
    )


def _age() -> ColumnElement[Any]:
    """By the age in the year of the first figure."""
    came = (
        select(cast(extract("year", func.min(OutcomeRow.day)), Integer))
        .where(OutcomeRow.client_id == Client.id)
        .correlate(Client)
        .scalar_subquery()
    )
    age = came - Person.birth_year
    return case((Person.birth_year.is_(None), UNKNOWN), (age.between(*YOUTH), "youth"), else_="adult")
