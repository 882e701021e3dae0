"""What tiers, dimensions and groups are called in documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from bot.countries import COUNTRIES
from bot.flows.registration import SECTORS
from bot.model import SERVICE_AREA_NAMES

TIERS: Mapping[str, str] = {
    "respondents": "Respondents",
    "attributed": "Attributed",
    "attributed_verified": "Attributed and verified",
    "yes_only_verified": "“Yes” only, verified",
}
DIMENSIONS: Mapping[str, str] = {
    "center": "Center",
    "country": "Country",
    "sex": "Sex",
    "age": "Age",
    "rural": "Rural or urban",
    "sector": "Sector",
    "area": "Service area",
    "long_term": "Long-term clients",
    "client_type": "Client type",
}
OVERLAPPING = frozenset({"center", "area"})
"""A business can stand in several of these groups, so that they do not add up to the total."""
_UNKNOWN = "Not known"
_GROUPS: Mapping[str, Mapping[str, str]] = {
    "country": {code: country.name for code, country in COUNTRIES.items()},
    "sex": {"f": "Women", "m": "Men", "x": "Another gender"},
    "age": {"youth": "Youth, 15 to 29", "adult": "Others"},
    "rural": {"rural": "Rural", "urban": "Urban"},
    "sector": {choice.id: choice.label for choice in SECTORS},
    "area": SERVICE_AREA_NAMES,
    "long_term": {"5h+": "5 hours or more", "under 5h": "Under 5 hours"},
    "client_type": {"in business": "In business", "pre-venture": "Pre-venture"},
}


def tier_name(tier: str) -> str:
    return TIERS.get(tier, tier)


def dimension_name(dimension: str) -> str:
    return DIMENSIONS.get(dimension, in_words(dimension))


def group_name(dimension: str, value: str) -> str:
    if value in ("unknown", ""):
        return _UNKNOWN
    return _GROUPS.get(dimension, {}).get(value, value)


def groups_in_words(groups: Mapping[str, str]) -> str:
    """The groups that a report is only of, such as "Women, Rural"."""
    return ", ".join(group_name(dimension, value) for dimension, value in groups.items())


def in_words(name: str) -> str:
    """A name of the data, such as late_answer, as a heading."""
    return name.replace("_", " ").capitalize()


def period_name(since: date, until: date) -> str:
    """2026, Q1 2026, Nov 2026, or both days."""
    after = until + timedelta(days=1)
    months = (after.year - since.year) * 12 + after.month - since.month
    if since.day == after.day == 1 and since <= until:
        if months == 12 and since.month == 1:
            return f"{since.year}"
        if months == 6 and since.month in (1, 7):
            return f"{'First' if since.month == 1 else 'Second'} half of {since.year}"
        if months == 3 and since.month % 3 == 1:
            return f"Q{since.month // 3 + 1} {since.year}"
        if months == 1:
            return f"{since:%b %Y}"
    return f"{since.isoformat()} to {until.isoformat()}"
