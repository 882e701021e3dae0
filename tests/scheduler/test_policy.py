"""Quiet hours, cadences, reminders and retries, as tables of local times.

A time is written as on the client's clock, with its offset where the clock is changed that night.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.policy.cadence import close_time, months_after, nudge_times, plan_followups, training_reminders
from scheduler.policy.quiet_hours import QuietHours, last_allowed, next_allowed, send_time
from scheduler.policy.retry import GiveUp, Retry, retry
from scheduler.policy.staleness import worth_sending

EVENINGS = QuietHours(time(20), time(8))
SIESTA = QuietHours(time(12), time(14, 30))
NEVER = QuietHours(time(0), time(0))
ZONES = ("America/St_Lucia", "America/Port-au-Prince", "America/Nassau", "America/Tijuana", "America/Paramaribo")

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def utc(local: str, zone: str) -> datetime:
    at = datetime.fromisoformat(local)
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "quiet", "at", "expected"),
    [
        ("America/St_Lucia", EVENINGS, "2026-11-23 10:00", "2026-11-23 10:00"),
        ("America/St_Lucia", EVENINGS, "2026-11-23 19:59", "2026-11-23 19:59"),
        ("America/St_Lucia", EVENINGS, "2026-11-23 20:00", "2026-11-24 08:00"),
        ("America/St_Lucia", EVENINGS, "2026-11-23 00:00", "2026-11-23 08:00"),
        ("America/St_Lucia", EVENINGS, "2026-11-23 08:00", "2026-11-23 08:00"),
        ("America/St_Lucia", EVENINGS, "2026-12-31 23:30", "2027-01-01 08:00"),
        ("America/St_Lucia", SIESTA, "2026-11-23 12:00", "2026-11-23 14:30"),
        ("America/St_Lucia", SIESTA, "2026-11-23 11:59", "2026-11-23 11:59"),
        ("America/St_Lucia", NEVER, "2026-11-23 00:00", "2026-11-23 00:00"),
        # The night is an hour shorter, or longer, where the clock is changed in it.
        ("America/Port-au-Prince", EVENINGS, "2026-03-07 21:00-05:00", "2026-03-08 08:00-04:00"),
        ("America/Nassau", EVENINGS, "2026-10-31 21:00-04:00", "2026-11-01 08:00-05:00"),
        ("America/Tijuana", EVENINGS, "2026-03-08 01:59-08:00", "2026-03-08 08:00-07:00"),
        # An end that does not exist that night (2:30 is 3:30), and one that comes twice.
        ("America/Nassau", QuietHours(time(20), time(2, 30)), "2026-03-08 01:00-05:00", "2026-03-08 03:30-04:00"),
        ("America/Nassau", QuietHours(time(20), time(1, 30)), "2026-11-01 01:10-04:00", "2026-11-01 01:30-04:00"),
        ("America/Nassau", QuietHours(time(20), time(1, 30)), "2026-11-01 01:10-05:00", "2026-11-01 01:30-05:00"),
    ],
)
def test_next_allowed(zone: str, quiet: QuietHours, at: str, expected: str) -> None:
    assert next_allowed(utc(at, zone), ZoneInfo(zone), quiet) == utc(expected, zone)


@given(
    at=st.integers(0, 3 * 365 * 24 * 60).map(
        lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    start=st.integers(18, 23),
    end=st.integers(4, 9),
)
def test_next_allowed_is_never_quiet_and_never_earlier(at: datetime, zone: ZoneInfo, start: int, end: int) -> None:
    quiet = QuietHours(time(start), time(end))
    allowed = next_allowed(at, zone, quiet)
    assert allowed.tzinfo is UTC
    assert not quiet.cover(allowed.astimezone(zone).time())
    assert allowed == next_allowed(allowed, zone, quiet)
    assert at <= allowed <= at + 17 * HOUR
    assert at - 17 * HOUR <= last_allowed(at, zone, quiet) <= at


@pytest.mark.parametrize(
    ("zone", "day", "hour", "expected"),
    [
        ("America/St_Lucia", "2026-11-23", 10, "2026-11-23 10:00-04:00"),
        ("America/Paramaribo", "2026-11-23", 10, "2026-11-23 10:00-03:00"),
        ("America/Port-au-Prince", "2026-03-07", 10, "2026-03-07 10:00-05:00"),
        ("America/Port-au-Prince", "2026-03-08", 10, "2026-03-08 10:00-04:00"),
        ("America/St_Lucia", "2026-11-23", 7, "2026-11-23 08:00-04:00"),
        ("America/St_Lucia", "2026-12-31", 21, "2027-01-01 08:00-04:00"),
    ],
)
def test_send_time(zone: str, day: str, hour: int, expected: str) -> None:
    assert send_time(date.fromisoformat(day), ZoneInfo(zone), EVENINGS, hour) == utc(expected, zone)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-11-23", 3, "2027-02-23"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2026-08-31", 1, "2026-09-30"),
        ("2026-12-31", 12, "2027-12-31"),
        ("2026-06-15", 18, "2027-12-15"),
        ("2026-12-01", 0, "2026-12-01"),
    ],
)
def test_months_after(day: str, months: int, expected: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(expected)


def test_plan_followups_is_sorted_and_free_of_doubles() -> None:
    assert plan_followups(date(2026, 11, 30), [12, 3, 6, 3]) == [
        ("3m", date(2027, 2, 28)),
        ("6m", date(2027, 5, 30)),
        ("12m", date(2027, 11, 30)),
    ]


@pytest.mark.parametrize(
    ("zone", "invited", "nudges", "closed"),
    [
        (
            "America/St_Lucia",
            "2026-11-23 10:00",
            ["2026-11-24 10:00", "2026-11-26 10:00"],
            "2026-11-30 10:00",
        ),
        # Invited at night by the client's own word: nudged in the morning.
        (
            "America/St_Lucia",
            "2026-12-30 22:00",
            ["2027-01-01 08:00", "2027-01-03 08:00"],
            "2027-01-06 22:00",
        ),
        # The hour stays the same on the client's clock when that clock is changed.
        (
            "America/Port-au-Prince",
            "2026-03-07 10:00-05:00",
            ["2026-03-08 10:00-04:00", "2026-03-10 10:00-04:00"],
            "2026-03-14 10:00-04:00",
        ),
    ],
)
def test_nudges_and_closing(zone: str, invited: str, nudges: list[str], closed: str) -> None:
    at = utc(invited, zone)
    assert nudge_times(at, [3, 1], ZoneInfo(zone), EVENINGS) == [utc(nudge, zone) for nudge in nudges]
    assert close_time(at, 7, ZoneInfo(zone)) == utc(closed, zone)


@pytest.mark.parametrize(
    ("zone", "starts", "now", "expected"),
    [
        (
            "America/St_Lucia",
            "2026-12-10 14:00",
            "2026-11-23 10:00",
            {"7d": "2026-12-03 14:00", "1d": "2026-12-09 14:00", "2h": "2026-12-10 12:00"},
        ),
        # Only what lies ahead.
        (
            "America/St_Lucia",
            "2026-12-10 14:00",
            "2026-12-05 10:00",
            {"1d": "2026-12-09 14:00", "2h": "2026-12-10 12:00"},
        ),
        ("America/St_Lucia", "2026-12-10 14:00", "2026-12-10 12:00", {}),
        ("America/St_Lucia", "2026-12-10 14:00", "2026-12-11 12:00", {}),
        # Two hours before nine is still night: the evening before. An evening class is reminded of at seven.
        (
            "America/St_Lucia",
            "2026-12-10 09:00",
            "2026-12-08 10:00",
            {"1d": "2026-12-09 09:00", "2h": "2026-12-09 19:00"},
        ),
        ("America/St_Lucia", "2026-12-10 22:30", "2026-12-10 10:00", {"2h": "2026-12-10 19:00"}),
        # A class before the quiet hours end.
        (
            "America/St_Lucia",
            "2027-01-01 07:00",
            "2026-12-30 10:00",
            {"1d": "2026-12-31 08:00", "2h": "2026-12-31 19:00"},
        ),
        # A day before is the same hour of the clock, two hours before are two hours.
        (
            "America/Tijuana",
            "2026-03-08 11:00-07:00",
            "2026-03-02 10:00-08:00",
            {"1d": "2026-03-07 11:00-08:00", "2h": "2026-03-08 09:00-07:00"},
        ),
    ],
)
def test_training_reminders(zone: str, starts: str, now: str, expected: dict[str, str]) -> None:
    reminders = training_reminders(
        utc(starts, zone), utc(now, zone), (7 * DAY, DAY, 2 * HOUR), ZoneInfo(zone), EVENINGS
    )
    assert reminders == [(name, utc(at, zone)) for name, at in expected.items()]


def test_reminders_are_named_after_what_is_configured() -> None:
    starts, now = utc("2026-12-10 14:00", "UTC"), utc("2026-11-23 10:00", "UTC")
    offsets = (36 * HOUR, timedelta(minutes=30), timedelta(minutes=90), 14 * DAY)
    reminders = training_reminders(starts, now, offsets, ZoneInfo("UTC"), EVENINGS)
    assert [name for name, _ in reminders] == ["14d", "36h", "90m", "30m"]


START = datetime(2026, 12, 10, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "due", "now", "starts", "worth"),
    [
        ("followup.invite", START, START + 30 * DAY, None, True),
        ("followup.invite", START, START + 31 * DAY, None, False),
        ("followup.nudge.1", START, START + 2 * DAY, None, True),
        ("followup.nudge.2", START, START + 3 * DAY, None, False),
        ("training.invite", START - 9 * DAY, START - HOUR, START, True),
        ("training.invite", START - 9 * DAY, START, START, False),
        ("training.offer", START - 9 * DAY, START - HOUR, START, True),
        ("training.remind.7d", START - 7 * DAY, START - 4 * DAY, START, True),
        ("training.remind.7d", START - 7 * DAY, START - 3 * DAY, START, False),
        ("training.remind.2h", START - 2 * HOUR, START - HOUR, START, True),
        ("training.remind.2h", START - 2 * HOUR, START - HOUR / 2, START, False),
        ("training.remind.2h", START - 2 * HOUR, START + HOUR, START, False),
        ("training.feedback", START, START + 14 * DAY, START, True),
        ("training.feedback", START, START + 15 * DAY, START, False),
        ("followup.close", START, START + 300 * DAY, None, True),
        ("handover.alarm", START, START + 300 * DAY, None, True),
    ],
)
def test_worth_sending(kind: str, due: datetime, now: datetime, starts: datetime | None, worth: bool) -> None:
    assert worth_sending(kind, due, now, starts) is worth


@pytest.mark.parametrize(
    ("trouble", "waits"),
    [
        ("later", [30, 120, 480, 1800, 3600, 7200, 14400, 14400, 14400]),
        ("unknown", [15, 60, 300, 1800, 7200, 7200]),
        ("misconfigured", [900, 900, 900]),
    ],
)
def test_retries_wait_longer_each_time(trouble: str, waits: list[int]) -> None:
    now = START
    for attempt, wait in enumerate(waits, 1):
        assert retry(attempt, trouble, now, START) == Retry(now + timedelta(seconds=wait))
        now += timedelta(seconds=wait)


@pytest.mark.parametrize(
    ("attempt", "after", "expected"),
    [
        (1, timedelta(seconds=3), Retry(START + timedelta(seconds=30))),
        (1, timedelta(minutes=7), Retry(START + timedelta(minutes=7))),
        (1, timedelta(hours=25), GiveUp("the provider did not take the message for a day")),
    ],
)
def test_a_wait_that_the_provider_asks_for(attempt: int, after: timedelta, expected: Retry | GiveUp) -> None:
    assert retry(attempt, "later", START, START, after) == expected


@pytest.mark.parametrize(
    ("trouble", "waited", "reason"),
    [
        ("permanent", timedelta(0), "the message cannot be delivered to this address"),
        ("later", DAY, "the provider did not take the message for a day"),
        ("unknown", DAY, "for a day the provider did not say whether the message went out"),
        ("misconfigured", DAY, "the channel was not set up correctly for a day"),
    ],
)
def test_giving_up_says_why(trouble: str, waited: timedelta, reason: str) -> None:
    assert retry(12, trouble, START + waited, START) == GiveUp(reason)
