"""Centers: one by id or code, and all of them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from storage.schema import Center


def get_center(db: Session, center_id: int) -> Center:
    return db.get_one(Center, center_id)


def center_with_code(db: Session, code: str) -> Center | None:
    """`code` as it is kept, in capitals."""
    return db.scalar(select(Center).where(Center.code == code))


def all_centers(db: Session) -> list[Center]:
    """In the order of their codes."""
    return list(db.scalars(select(Center).order_by(Center.code)))


def common_zone(of_centers: ColumnElement[bool]) -> Select[str]:
    """The time zone that most of some centers are in."""
    return (
        select(Center.zone).where(of_centers).group_by(Center.zone).order_by(func.count().desc(), Center.zone).limit(1)
    )
