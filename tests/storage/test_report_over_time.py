"""Into which parts a report's period is divided."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.report.over_time import parts

DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    ("since", "until", "first_days"),
    [
        ("2026-01-01", "2026-12-31", ["2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"]),
        ("2026-02-15", "2026-06-30", ["2026-02-15", "2026-04-01"]),
        ("2026-11-01", "2027-02-28", ["2026-11-01", "2026-12-01", "2027-01-01", "2027-02-01"]),
        ("2026-05-03", "2026-05-20", ["2026-05-03"]),
        (
            "2024-04-01",
            "2027-03-31",
            [f"{year}-{month:02}-01" for year in (2024, 2025, 2026, 2027) for month in (1, 4, 7, 10)][1:13],
        ),
        ("2024-04-01", "2028-03-31", ["2024-04-01", "2025-01-01", "2026-01-01", "2027-01-01", "2028-01-01"]),
    ],
)
def test_parts(since: str, until: str, first_days: list[str]) -> None:
    found = list(parts(date.fromisoformat(since), date.fromisoformat(until)))
    assert [first.isoformat() for first, _ in found] == first_days


@given(DAYS, DAYS)
def test_every_day_is_in_one_part(one: date, other: date) -> None:
    since, until = sorted((one, other))
    found = list(parts(since, until))
    assert found[0][0] == since
    assert found[-1][1] == until
    assert [last + timedelta(days=1) for _, last in found[:-1]] == [first for first, _ in found[1:]]
