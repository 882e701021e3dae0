"""Trainings and who is enrolled in them: the rows that inviting, seats and the waiting list ask for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.schema import Client, Enrollment, Training


def enrollment_of(db: Session, subject: str, *, lock: bool = False) -> tuple[Enrollment, Training]:
    """The enrollment of a subject, "enrollment:12", and its training. `lock`: hold the training until the end of the
    transaction, so that what is said about its seats stays true."""
    enrollment = db.get_one(Enrollment, int(subject.partition(":")[2]))
    training = db.get_one(Training, enrollment.training_id, with_for_update=True if lock else None)
    if lock:
        db.flush()
        db.refresh(enrollment)
    return enrollment, training


def lock_training(db: Session, training_id: int) -> Training:
    """The training as the database has it, locked until the end of the transaction."""
    return db.get_one(Training, training_id, with_for_update=True, populate_existing=True)


def count_enrollments(db: Session, training_id: int, statuses: Collection[str]) -> int:
    query = select(func.count()).where(Enrollment.training_id == training_id, Enrollment.status.in_(statuses))
    return db.scalar(query) or 0


def enrolled_clients(db: Session, training_id: int) -> set[int]:
    """The ids of the clients who were invited to a training, or are to be."""
    return set(db.scalars(select(Enrollment.client_id).where(Enrollment.training_id == training_id)))


def clients_to_invite(
    db: Session,
    training: Training,
    *,
    sectors: Sequence[str] = (),
    stages: Sequence[str] = (),
    languages: Sequence[str] = (),
    codes: Sequence[str] = (),
) -> list[Client]:
    """The registered clients of the training's center that the filter lets through and who did not write STOP."""
    query = select(Client).where(
        Client.center_id == training.center_id,
        Client.status == "registered",
        Client.opted_out_at.is_(None),
    )
    for column, wanted in (
        (Client.sector, sectors),
        (Client.stage, stages),
        (Client.language, languages),
        (Client.code, codes),
    ):
        if wanted:
            query = query.where(column.in_(wanted))
    return list(db.scalars(query.order_by(Client.id)))


def waiting_list(db: Session, training_id: int, count: int) -> Sequence[Enrollment]:
    """The first `count` who wait for a seat and can be written to."""
    query = (
        select(Enrollment)
        .join(Client)
        .where(
            Enrollment.training_id == training_id,
            Enrollment.status == "waiting",
            Client.status == "registered",
            Client.opted_out_at.is_(None),
        )
        .order_by(Enrollment.answered_at, Enrollment.id)
        .limit(count)
    )
    return db.scalars(query).all()


def enrollments_to_give_up(db: Session, client_id: int, now: datetime) -> Sequence[int]:
    """The ids of the client's enrollments in trainings to come, in the order in which the trainings are locked."""
    query = (
        select(Enrollment.id)
        .join(Training)
        .where(
            Enrollment.client_id == client_id,
            Enrollment.status.in_(("yes", "offered", "waiting", "planned", "invited")),
            Training.starts_at > now,
        )
    )
    return db.scalars(query.order_by(Training.id)).all()


def enrollments_to_cancel(db: Session, training_id: int) -> Sequence[Enrollment]:
    """Of those who know of the training and did not decline."""
    query = select(Enrollment).where(
        Enrollment.training_id == training_id,
        Enrollment.status.in_(("invited", "yes", "offered", "waiting", "lapsed")),
    )
    return db.scalars(query).all()


def next_enrollment(db: Session, client_id: int, now: datetime) -> Enrollment | None:
    """In the next training that the client was invited to."""
    return db.scalar(
        select(Enrollment)
        .join(Training)
        .where(
            Enrollment.client_id == client_id,
            Training.starts_at > now,
            Training.cancelled_at.is_(None),
            Enrollment.status != "planned",
        )
        .order_by(Training.starts_at)
        .limit(1)
    )
