"""A span of days, as the centers live them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, false, or_, select, true
from sqlalchemy.orm import Session

from storage.schema import Center


@dataclass(frozen=True, slots=True)
class Period:
    """Both days are in it; None is open. A day begins and ends with the center's clock."""

    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise ValueError("the first day is after the last day")

    def begun(self, day: date) -> bool:
        """Whether `day` is not before the period."""
        return self.since is None or day >= self.since

    def over(self, day: date) -> bool:
        """Whether `day` is after the period."""
        return self.until is not None and day > self.until

    def holds(self, db: Session, moment: SQLColumnExpression[Any]) -> ColumnElement[bool]:
        """A condition on `moment` for a query that (outer) joins the centers; where there is none the clock is UTC."""
        if self.since is None and self.until is None:
            return true()
        zones = db.scalars(select(Center.zone).distinct().order_by(Center.zone))
        by_zone = [and_(Center.zone == zone, self._within(moment, ZoneInfo(zone))) for zone in zones]
        return or_(false(), *by_zone, and_(Center.zone.is_(None), self._within(moment, ZoneInfo("UTC"))))

    def _within(self, moment: SQLColumnExpression[Any], zone: ZoneInfo) -> ColumnElement[bool]:
        bounds: list[ColumnElement[bool]] = []
        if self.since:
            bounds.append(moment >= midnight(self.since, zone))
        if self.until:
            bounds.append(moment < midnight(self.until + timedelta(days=1), zone))
        return and_(*bounds)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When `day` begins in `zone`, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
