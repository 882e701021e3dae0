"""The tables, typed."""

from __future__ import annotations

from storage.schema.base import Base
from storage.schema.operations import Audit, Timer
from storage.schema.people import (
    Address,
    Business,
    Center,
    Client,
    ClientPerson,
    Consent,
    Growth,
    Institution,
    LinkCode,
    Person,
    Rate,
    Speaker,
    Staff,
)
from storage.schema.results import Contribution, IncrementRow, IssuedReport, OutcomeRow, QueryRow, ReviewRow
from storage.schema.talk import Conversation, EarlyReport, Handover, Inbox, Outbox
from storage.schema.work import Answer, Call, CounselingSession, Enrollment, Followup, Training

__all__ = [
    "Address",
    "Answer",
    "Audit",
    "Base",
    "Business",
    "Call",
    "Center",
    "Client",
    "ClientPerson",
    "Consent",
    "Contribution",
    "Conversation",
    "CounselingSession",
    "EarlyReport",
    "Enrollment",
    "Followup",
    "Growth",
    "Handover",
    "Inbox",
    "IncrementRow",
    "Institution",
    "IssuedReport",
    "LinkCode",
    "Outbox",
    "OutcomeRow",
    "Person",
    "QueryRow",
    "Rate",
    "ReviewRow",
    "Speaker",
    "Staff",
    "Timer",
    "Training",
]
