"""What is no longer worth sending after the worker was down. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

STALE_AFTER = {
    "followup.invite": timedelta(days=30),
    "followup.nudge": timedelta(days=2),
    "training.feedback": timedelta(days=14),
}
UNTIL_ITS_SUBJECT = ("training.invite", "training.offer", "training.remind")
REMINDER = "training.remind"


def worth_sending(kind: str, due_at: datetime, now: datetime, subject_time: datetime | None = None) -> bool:
    """Whether what was due at `due_at` should still happen now, after the worker was down.

    `kind` is a timer's; what follows a second dot in it (which nudge, which reminder) does not matter. `subject_time`
    is when the training starts. A reminder is dropped when more than half of the time that it announced has passed:
    the next one is then nearer. What is not a message (closing, alarms, erasing) never comes too late.
    """
    kind = ".".join(kind.split(".")[:2])
    late = now - due_at
    if kind in UNTIL_ITS_SUBJECT and subject_time is not None:
        if kind == REMINDER and late > (subject_time - due_at) / 2:
            return False
        return now < subject_time
    return kind not in STALE_AFTER or late <= STALE_AFTER[kind]
