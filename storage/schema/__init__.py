"""The tables, typed."""

from __future__ import annotations

from storage.schema.base import Base
from storage.schema.operations import Audit, Timer
from storage.schema.people import Address, Center, Client, Consent, LinkCode, Rate, Staff
from storage.schema.talk import Conversation, EarlyReport, Handover, Inbox, Outbox
from storage.schema.work import Answer, CounselingSession, Enrollment, Followup, OutcomeRow, Training

__all__ = [
    "Address",
    "Answer",
    "Audit",
    "Base",
    "Center",
    "Client",
    "Consent",
    "Conversation",
    "CounselingSession",
    "EarlyReport",
    "Enrollment",
    "Followup",
    "Handover",
    "Inbox",
    "LinkCode",
    "Outbox",
    "OutcomeRow",
    "Rate",
    "Staff",
    "Timer",
    "Training",
]
