"""What the network set: when messages may go out, how often somebody is reminded, and when a survey is closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.config.settings import Settings
from scheduler.policy.quiet_hours import QuietHours
from storage.schema import Center


@dataclass(frozen=True, slots=True)
class Rules:
    """`busy`: a client who wrote this recently is not interrupted by anything that can wait. `unasked`: how many messages
    that nobody asked for a client gets in a day."""

    quiet: QuietHours = field(default_factory=lambda: QuietHours(time(20), time(8)))
    nudge_days: tuple[int, ...] = (1, 3)
    close_after_days: int = 7
    reminders: tuple[timedelta, ...] = (timedelta(days=7), timedelta(days=1), timedelta(hours=2))
    unasked: int = 1
    busy: timedelta = timedelta(minutes=30)
    code_valid: timedelta = timedelta(minutes=15)
    alarm_after: timedelta = timedelta(hours=24)

    def quiet_of(self, center: Center) -> QuietHours:
        """The quiet hours of a center, which may have chosen its own."""
        own = center.quiet_hours
        return self.quiet if own is None else QuietHours(*own)

    def night_at(self, center: Center, now: datetime) -> str | None:
        """The hour at a center (21:05) when its clients should not be written to; None when they may be."""
        there = now.astimezone(ZoneInfo(center.zone)).time()
        return f"{there:%H:%M}" if self.quiet_of(center).cover(there) else None

    @classmethod
    def of(cls, settings: Settings) -> Rules:
        return cls(
            quiet=QuietHours(*settings.quiet_hours),
            nudge_days=settings.nudge_days,
            close_after_days=settings.close_after_days,
            reminders=settings.training_reminders,
            unasked=settings.messages_per_day,
        )
