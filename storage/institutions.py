"""Institutions: what runs one or more centers, in one country or several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.checks import RegisterError, a_line
from storage.registers import find_center
from storage.schema import Center, Institution, Staff

_CODE = re.compile(r"[A-Z][A-Z0-9-]{1,19}")


def add_institution(db: Session, code: str, name: str, centers: Sequence[str], *, at: datetime) -> Institution:
    """An institution that runs the centers with these codes. Raises RegisterError."""
    code = code.strip().upper()
    if not _CODE.fullmatch(code):
        raise RegisterError(
            "code", f"{code!r} is not a valid code; use 2 to 20 letters, digits or hyphens, like MINCOM"
        )
    if db.scalar(select(Institution.id).where(Institution.code == code)):
        raise RegisterError(
            "code", f"institution {code} already exists; to add centers: acompana institution set {code}"
        )
    institution = Institution(code=code, name=a_line("name", name), created_at=at)
    db.add(institution)
    db.flush()
    set_centers(db, institution, centers)
    return institution


def set_centers(db: Session, institution: Institution, centers: Sequence[str]) -> None:
    """Let the institution run these centers too. Raises RegisterError where one is another institution's."""
    for center in [find_center(db, code) for code in centers]:
        if center.institution_id not in (None, institution.id):
            other = db.get_one(Institution, center.institution_id)
            raise RegisterError(
                "center",
                f"{center.code} belongs to {other.code}; first: acompana institution set {other.code} --without {center.code}",
            )
        center.institution_id = institution.id


def drop_centers(db: Session, institution: Institution, centers: Sequence[str]) -> None:
    """Let the institution no longer run these centers. Raises RegisterError where it does not."""
    for center in [find_center(db, code) for code in centers]:
        if center.institution_id != institution.id:
            raise RegisterError("without", f"{center.code} is no center of {institution.code}")
        center.institution_id = None


def find_institution(db: Session, code: str) -> Institution:
    """Raises RegisterError, which names the institutions that there are."""
    if found := db.scalar(select(Institution).where(Institution.code == code.strip().upper())):
        return found
    known = ", ".join(db.scalars(select(Institution.code).order_by(Institution.code).limit(30)))
    raise RegisterError(
        "institution",
        f"there is no institution {code!r}; institutions: {known or 'none yet (acompana institution add)'}",
    )


def all_institutions(db: Session) -> list[tuple[Institution, list[str]]]:
    """By code, with the codes of the centers of each."""
    codes: dict[int | None, list[str]] = {}
    for institution_id, code in db.execute(select(Center.institution_id, Center.code).order_by(Center.code)):
        codes.setdefault(institution_id, []).append(code)
    return [(one, codes.get(one.id, [])) for one in db.scalars(select(Institution).order_by(Institution.code))]


def assign(staff: Staff, center: Center | None, institution: Institution | None) -> None:
    """Let a member of staff belong to a center, to an institution, or to neither and so to the network. Raises
    RegisterError where a counselor would belong to neither."""
    if center is not None and institution is not None:
        raise RegisterError("institution", "a member of staff belongs to a center or to an institution, not to both")
    if center is None and institution is None and staff.role == "counselor":
        raise RegisterError("center", "a counselor belongs to a center or to an institution")
    staff.center_id = center.id if center else None
    staff.institution_id = institution.id if institution else None
