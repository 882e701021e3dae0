"""What came of it: figures, their reviews, the increments they make, and the reports that were issued."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.base import Base, Id, Line, Short, key


class OutcomeRow(Base):
    """One figure that counts. `wave` is baseline, 3m, 6m …; `partial` when the survey was not finished; local currency
    and, where a rate is known, US dollars with the rate and its day. A correction adds a row that names the one it
    corrects, with who and why."""

    __tablename__ = "outcomes"
    __table_args__ = (Index("ix_outcomes_client_indicator", "client_id", "indicator", "at"),)

    id: Mapped[int] = key()
    client_id: Mapped[int] = mapped_column(Id, ForeignKey("clients.id"))
    indicator: Mapped[str] = mapped_column(Short)
    wave: Mapped[str] = mapped_column(Short)
    outcome: Mapped[str] = mapped_column(Short)
    value: Mapped[Decimal | None]
    text: Mapped[str | None] = mapped_column(Short)
    currency: Mapped[str | None] = mapped_column(Short)
    approximate: Mapped[bool] = mapped_column(default=False)
    usd: Mapped[Decimal | None]
    per_usd: Mapped[Decimal | None]
    rate_day: Mapped[str | None] = mapped_column(Short)
    partial: Mapped[bool] = mapped_column(default=False)
    answer_id: Mapped[int | None] = mapped_column(Id, ForeignKey("answers.id"))
    followup_id: Mapped[int | None] = mapped_column(Id, ForeignKey("followups.id"), index=True)
    corrects_id: Mapped[int | None] = mapped_column(Id, ForeignKey("outcomes.id"), index=True)
    by: Mapped[str | None] = mapped_column(Line)
    why: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]
    #: The day it was told, on the clock of its center; a correction keeps that of what it corrects.
    day: Mapped[date | None] = mapped_column(Date)
    #: Of financing: loan, grant or equity.
    kind: Mapped[str | None] = mapped_column(Short)
    #: The month that "last month" stood for, like 2026-10.
    month: Mapped[str | None] = mapped_column(Short)
    #: How it came: chat, or keyed in from phone, visit or paper; import.
    source: Mapped[str] = mapped_column(Short, default="chat", server_default="chat")
    #: Of an import: where the file says that it is from.
    source_note: Mapped[str | None] = mapped_column(Text)
    #: An attribution that the client said and did not write: it counts in no tier before the client's own yes.
    claimed: Mapped[bool] = mapped_column(default=False, server_default=false())


class ReviewRow(Base):
    """What staff made of a figure: `state` is verified, queried or rejected. Rows are only added; the last one of a figure
    counts, and a correction of the figure starts anew. `evidence` is books, tax, payroll, visit or statement."""

    __tablename__ = "reviews"

    id: Mapped[int] = key()
    outcome_id: Mapped[int] = mapped_column(Id, ForeignKey("outcomes.id"), index=True)
    state: Mapped[str] = mapped_column(Short)
    evidence: Mapped[str | None] = mapped_column(Short)
    by: Mapped[str] = mapped_column(Line)
    why: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    #: The first of two verifications, where the center asks for two: `state` is what the figure keeps until then.
    first_of_two: Mapped[bool] = mapped_column(default=False, server_default=false())


class QueryRow(Base):
    """A question to the client about a figure that staff queried. `reply` is right, changed, unknown or refused; `why_not`
    says why the client was not asked."""

    __tablename__ = "queries"

    id: Mapped[int] = key()
    client_id: Mapped[int] = mapped_column(Id, ForeignKey("clients.id"), index=True)
    #: The figure that was queried.
    outcome_id: Mapped[int] = mapped_column(Id, ForeignKey("outcomes.id"), index=True)
    #: Why it is asked for, in words for the client.
    words: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    reply: Mapped[str | None] = mapped_column(Short)
    #: The correction that the reply made.
    correction_id: Mapped[int | None] = mapped_column(Id, ForeignKey("outcomes.id"), index=True)
    why_not: Mapped[str | None] = mapped_column(Line)


class IncrementRow(Base):
    """What one figure adds to one chain, as `bot/outcomes/increments.py` derives it. Written anew for a business with each
    figure, correction, review or import of it; reports sum these rows."""

    __tablename__ = "increments"
    __table_args__ = (
        Index("ix_increments_period", "chain", "day", "business_id"),
        Index(
            "ix_increments_business",
            *("business_id", "chain", "indicator", "attribution", "currency", "kind"),
            postgresql_include=["day", "baseline", "value", "usd", "id"],
        ),
    )

    id: Mapped[int] = key()
    business_id: Mapped[int] = mapped_column(Id, ForeignKey("businesses.id"))
    client_id: Mapped[int] = mapped_column(Id, ForeignKey("clients.id"), index=True)
    outcome_id: Mapped[int] = mapped_column(Id, ForeignKey("outcomes.id"), index=True)
    chain: Mapped[str] = mapped_column(Short)
    indicator: Mapped[str] = mapped_column(Short)
    day: Mapped[date] = mapped_column(Date)
    before: Mapped[Decimal | None]
    after: Mapped[Decimal]
    value: Mapped[Decimal | None]
    currency: Mapped[str | None] = mapped_column(Short)
    usd: Mapped[Decimal | None]
    kind: Mapped[str | None] = mapped_column(Short)
    attribution: Mapped[str | None] = mapped_column(Short)
    review: Mapped[str] = mapped_column(Short)
    baseline: Mapped[bool]


class IssuedReport(Base):
    """A report as it was handed out, which never changes: its JSON byte for byte, with checksum and signature. What each
    business contributed stands beside it under a random key."""

    __tablename__ = "issued_reports"

    id: Mapped[int] = key()
    code: Mapped[str] = mapped_column(Short, unique=True)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date)
    parameters: Mapped[dict[str, Any]]
    body: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Line)
    signature: Mapped[str] = mapped_column(Line)
    public_key: Mapped[str] = mapped_column(Line)
    by: Mapped[str] = mapped_column(Line)
    at: Mapped[datetime]


class Contribution(Base):
    """What one increment brought to an issued report. `key` is random and the same for all rows of a business;
    `outcome_id` names the figure, and is emptied when its client is erased: the row counts as withdrawn then."""

    __tablename__ = "contributions"

    id: Mapped[int] = key()
    report_id: Mapped[int] = mapped_column(Id, ForeignKey("issued_reports.id"), index=True)
    key: Mapped[str] = mapped_column(Line)
    outcome_id: Mapped[int | None] = mapped_column(Id, ForeignKey("outcomes.id"), index=True)
    chain: Mapped[str] = mapped_column(Short)
    attribution: Mapped[str | None] = mapped_column(Short)
    indicator: Mapped[str] = mapped_column(Short)
    value: Mapped[Decimal | None]
    currency: Mapped[str | None] = mapped_column(Short)
    usd: Mapped[Decimal | None]
    withdrawn: Mapped[bool] = mapped_column(default=False)
