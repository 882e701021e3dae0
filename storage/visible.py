"""What a member of staff may see: their center, the centers of their institution, or the whole network."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from storage.schema import Center, Staff

NETWORK = ("coordinator", "admin")
"""Roles that see every center where they belong to no center and no institution."""


def everywhere(staff: Staff) -> bool:
    """Whether they see the whole network."""
    return staff.center_id is None and staff.institution_id is None and staff.role in NETWORK


def visible(staff: Staff, center_id: Any) -> ColumnElement[bool]:
    """The condition that every query of a member of staff has; `center_id` is the column that names a center."""
    seen: ColumnElement[bool]
    if staff.center_id is not None:
        seen = center_id == staff.center_id
    elif staff.institution_id is not None:
        seen = center_id.in_(select(Center.id).where(Center.institution_id == staff.institution_id))
    else:
        seen = true() if everywhere(staff) else false()
    return seen


def staff_seen_by(staff: Staff, other: Any = Staff) -> ColumnElement[bool]:
    """Those who work where they see the clients; `other` is the table of staff in the query."""
    of_institution = and_(other.center_id.is_(None), other.institution_id == staff.institution_id)
    if staff.center_id is None and staff.institution_id is not None:
        return or_(visible(staff, other.center_id), of_institution)
    return visible(staff, other.center_id)


def who_sees(center_id: int) -> ColumnElement[bool]:
    """The condition on `Staff` of those who see the clients of a center."""
    institution = select(Center.institution_id).where(Center.id == center_id).scalar_subquery()
    return or_(
        Staff.center_id == center_id,
        and_(Staff.center_id.is_(None), Staff.institution_id == institution),
        and_(Staff.center_id.is_(None), Staff.institution_id.is_(None), Staff.role.in_(NETWORK)),
    )
