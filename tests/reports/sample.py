"""Reports for the tests of documents: six businesses of two centers in a year, and a network of many such years."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.reports.sample_totals import BY, TIERS

SIZES = {
    "center": {"DO": (3, 2, 2), "LC": (3, 3, 2)},
    "country": {"DO": (3, 2, 2), "LC": (3, 3, 2)},
    "sex": {"f": (4, 3, 3), "m": (2, 2, 1)},
    "sector": {
        "crafts": (1, 1, 1),
        "farming": (1, 1, 1),
        "food": (2, 2, 2),
        "retail": (1, 1, 0),
        "services": (1, 0, 0),
    },
    "client_type": {"in business": (5, 4, 3), "pre-venture": (1, 1, 1)},
    "rural": {"rural": (3, 3, 3), "urban": (3, 2, 1)},
}
"""Group → businesses, of these responded, of these counted."""


def year() -> dict[str, Any]:
    """The year 2026 of six businesses."""
    return {
        "since": "2026-01-01",
        "until": "2026-12-31",
        "tier": "attributed_verified",
        "businesses": 6,
        "persons": 6,
        "multi_center": 0,
        "centers": {"DO": "DO", "LC": "LC"},
        "parameters": {"network": "Small Business Network", "center": None, "country": None, "by": list(BY)},
        "tiers": TIERS,
        "response": {
            "surveys_invited": 12,
            "surveys_answered": 10,
            "clients_invited": 6,
            "clients_responded": 5,
            "client_response_rate": "83.33",
            "items": {
                "sales_month": [10, 10],
                "exports_month": [10, 10],
                "employees_full": [10, 10],
                "employees_part": [10, 10],
                "financing": [9, 10],
            },
        },
        "extrapolated": {
            "sales_change_usd": {"respondents_only": "1500", "extrapolated": "1600", "standard_error": "519.62"},
            "exports_change_usd": {"respondents_only": "700", "extrapolated": "900", "standard_error": "0"},
            "FTE_net": {"respondents_only": "3", "extrapolated": "3.50", "standard_error": "1.73"},
            "financing_usd": {"respondents_only": "7000", "extrapolated": "8000", "standard_error": "1732.05"},
            "left_out": [],
        },
        "iris": {
            "OI3160": "16",
            "OI8864": "8",
            "PI4874": "20",
            "PI5691": "14",
            "PI3687": "6",
            "PI3687_net": "5.5",
            "PI4583": "1",
            "PI5352": "6",
            "PI1775": "13402.4",
            "advisory_hours": "47",
        },
        "edmis": {"jobs_created_headcount": "8", "jobs_retained_headcount": "16", "revenue_growth_usd": "3200"},
        "net_of_economy": {
            "total_incremental_usd": "1648",
            "businesses": 4,
            "left_out": 0,
            "sources": [
                {"country": "DO", "year": 2026, "percent": "5", "source": "Banco Central"},
                {"country": "LC", "year": 2026, "percent": "2", "source": "Statistics office"},
            ],
        },
        "by": BY,
        "group_sizes": {
            dimension: {
                value: dict(zip(("clients", "responded", "counted"), sizes, strict=True))
                for value, sizes in groups.items()
            }
            for dimension, groups in SIZES.items()
        },
        "not_converted": [],
        "rates": [
            {"currency": "DOP", "day": "2025-11-15", "per_usd": "60", "source": "Banco Central"},
            {"currency": "DOP", "day": "2026-05-15", "per_usd": "61", "source": "Banco Central"},
            {"currency": "DOP", "day": "2026-11-15", "per_usd": "62.5", "source": "Banco Central"},
            {"currency": "XCD", "day": "", "per_usd": "2.7", "source": "peg"},
        ],
    }


def network(times: int = 12) -> dict[str, Any]:
    """`times` such years in one: all groups but the smallest sectors can be shown. It has what a year lacks: quarters, changes
    since an issued report, and a currency without a rate."""
    one = year()
    larger: dict[str, Any] = {
        **one,
        **{key: one[key] * times for key in ("businesses", "persons")},
        "multi_center": 2,
        "parameters": {**one["parameters"], "issued_at": "2027-01-12T15:04:00Z", "issued_by": "C. Joseph"},
        "tiers": multiplied(one["tiers"], times),
        "by": multiplied(one["by"], times),
        "group_sizes": multiplied(one["group_sizes"], times),
        "response": {
            **multiplied({key: value for key, value in one["response"].items() if "rate" not in key}, times),
            "client_response_rate": "83.33",
        },
        "over_time": [
            {"since": "2026-01-01", "until": "2026-06-30", **multiplied(FIRST_HALF, times)},
            {"since": "2026-07-01", "until": "2026-12-31", **multiplied(SECOND_HALF, times)},
        ],
        "not_converted": [{"currency": "HTG", "indicator": "sales_month", "businesses": 7, "amount": "81250"}],
        "changes": [
            {
                "indicator": "sales_change_usd",
                "before": "17500",
                "after": "18000",
                "parts": {"late_answer": "900", "correction": "-400"},
            }
        ],
    }
    for key in ("by", "group_sizes"):
        larger[key]["sector"]["crafts"] = one[key]["sector"]["crafts"]
    return larger


FIRST_HALF = {
    "clients": 4,
    "FTE_net": "0.5",
    "sales_change_usd": "800",
    "exports_change_usd": "100",
    "financing_usd": "2000",
}
SECOND_HALF = {
    "clients": 3,
    "FTE_net": "2.5",
    "sales_change_usd": "700",
    "exports_change_usd": "600",
    "financing_usd": "5000",
}


def multiplied(data: Any, times: int) -> Any:
    """All numbers in `data`, as large as `times` of them."""
    match data:
        case dict():
            return {key: multiplied(value, times) for key, value in data.items()}
        case list():
            return [multiplied(value, times) for value in data]
        case int():
            return data * times
        case _:
            return f"{Decimal(data) * times:f}"
