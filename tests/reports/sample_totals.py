"""Totals of six businesses in a year, by tier and by group; one line each, so that they can be read as a table."""

from __future__ import annotations

from typing import Any

Three = tuple[str, str, str]


def totals(
    clients: int,
    full: Three,
    part: Three,
    fte: Three,
    retained: str,
    starts: int,
    exporters: int,
    sales: dict[str, str],
    sales_usd: Three,
    exports: dict[str, str],
    exports_usd: str,
    financing: dict[str, str],
    by_kind: dict[str, str],
    financing_usd: str,
) -> dict[str, Any]:
    """The totals of a tier or group. Jobs are created, lost and net; `sales_usd` is the change, increases, decreases."""
    jobs = {
        f"{name}_{sign}": number
        for name, numbers in (("FT", full), ("PT", part), ("FTE", fte))
        for sign, number in zip(("created", "lost", "net"), numbers, strict=True)
    }
    return {
        "clients": clients,
        **jobs,
        "jobs_retained": retained,
        "business_starts": starts,
        "new_exporters": exporters,
        "sales_change": sales,
        **dict(zip(("sales_change_usd", "sales_increase_usd", "sales_decrease_usd"), sales_usd, strict=True)),
        "exports_change": exports,
        "exports_change_usd": exports_usd,
        "financing": financing,
        "financing_usd": financing_usd,
        "financing_usd_by_kind": by_kind,
    }


# fmt: off
NOTHING = totals(0, ("0", "0", "0"), ("0", "0", "0"), ("0", "0", "0"), "0", 0, 0, {}, ("0", "0", "0"), {}, "0", {}, {}, "0")
TIERS = {
  "respondents": totals(5, ("4", "1", "3"), ("5", "0", "5"), ("6", "0.5", "5.5"), "4", 1, 2, {"XCD": "7560", "DOP": "12650"}, ("3000", "3200", "200"), {"XCD": "810", "DOP": "25150"}, "700", {"XCD": "45500", "DOP": "122000"}, {"loan": "17000", "grant": "1851.85"}, "18851.85"),
  "attributed": totals(4, ("3", "1", "2"), ("4", "0", "4"), ("4.5", "0.5", "4"), "4", 1, 2, {"XCD": "4860", "DOP": "12650"}, ("2000", "2200", "200"), {"XCD": "810", "DOP": "25150"}, "700", {"XCD": "18500", "DOP": "122000"}, {"loan": "7000", "grant": "1851.85"}, "8851.85"),
  "attributed_verified": totals(4, ("2", "1", "1"), ("4", "0", "4"), ("3.5", "0.5", "3"), "4", 1, 2, {"XCD": "3510", "DOP": "12650"}, ("1500", "1700", "200"), {"XCD": "810", "DOP": "25150"}, "700", {"XCD": "13500", "DOP": "122000"}, {"loan": "7000"}, "7000"),
  "yes_only_verified": totals(3, ("2", "0", "2"), ("2", "0", "2"), ("3", "0", "3"), "0", 1, 2, {"XCD": "3510", "DOP": "12500"}, ("1500", "1500", "0"), {"XCD": "810", "DOP": "12500"}, "500", {"XCD": "13500"}, {"loan": "5000"}, "5000"),
}
BY = {
  "center": {
    "DO": totals(2, ("1", "1", "0"), ("2", "0", "2"), ("1.5", "0.5", "1"), "4", 0, 1, {"DOP": "12650"}, ("200", "400", "200"), {"DOP": "25150"}, "400", {"DOP": "122000"}, {"loan": "2000"}, "2000"),
    "LC": totals(2, ("1", "0", "1"), ("2", "0", "2"), ("2", "0", "2"), "0", 1, 1, {"XCD": "3510"}, ("1300", "1300", "0"), {"XCD": "810"}, "300", {"XCD": "13500"}, {"loan": "5000"}, "5000"),
  },
  "sex": {
    "f": totals(3, ("2", "0", "2"), ("3", "0", "3"), ("3.5", "0", "3.5"), "1", 1, 2, {"XCD": "3510", "DOP": "24700"}, ("1700", "1700", "0"), {"XCD": "810", "DOP": "12500"}, "500", {"XCD": "13500", "DOP": "122000"}, {"loan": "7000"}, "7000"),
    "m": totals(1, ("0", "1", "-1"), ("1", "0", "1"), ("0", "0.5", "-0.5"), "3", 0, 0, {"DOP": "-12050"}, ("-200", "0", "200"), {"DOP": "12650"}, "200", {}, {}, "0"),
  },
  "sector": {
    "crafts": totals(1, ("0", "0", "0"), ("1", "0", "1"), ("0.5", "0", "0.5"), "0", 1, 0, {"XCD": "1350"}, ("500", "500", "0"), {"XCD": "0"}, "0", {}, {}, "0"),
    "farming": totals(1, ("0", "1", "-1"), ("1", "0", "1"), ("0", "0.5", "-0.5"), "3", 0, 0, {"DOP": "-12050"}, ("-200", "0", "200"), {"DOP": "12650"}, "200", {}, {}, "0"),
    "food": totals(2, ("2", "0", "2"), ("2", "0", "2"), ("3", "0", "3"), "1", 0, 2, {"XCD": "2160", "DOP": "24700"}, ("1200", "1200", "0"), {"XCD": "810", "DOP": "12500"}, "500", {"XCD": "13500", "DOP": "122000"}, {"loan": "7000"}, "7000"),
    "retail": totals(0, ("0", "0", "0"), ("0", "0", "0"), ("0", "0", "0"), "0", 0, 0, {}, ("0", "0", "0"), {}, "0", {}, {}, "0"),
    "services": totals(0, ("0", "0", "0"), ("0", "0", "0"), ("0", "0", "0"), "0", 0, 0, {}, ("0", "0", "0"), {}, "0", {}, {}, "0"),
  },
  "client_type": {
    "in business": totals(3, ("2", "1", "1"), ("3", "0", "3"), ("3", "0.5", "2.5"), "4", 0, 2, {"XCD": "2160", "DOP": "12650"}, ("1000", "1200", "200"), {"XCD": "810", "DOP": "25150"}, "700", {"XCD": "13500", "DOP": "122000"}, {"loan": "7000"}, "7000"),
    "pre-venture": totals(1, ("0", "0", "0"), ("1", "0", "1"), ("0.5", "0", "0.5"), "0", 1, 0, {"XCD": "1350"}, ("500", "500", "0"), {"XCD": "0"}, "0", {}, {}, "0"),
  },
  "rural": {
    "rural": totals(3, ("1", "1", "0"), ("3", "0", "3"), ("2", "0.5", "1.5"), "3", 1, 1, {"XCD": "3510", "DOP": "-12050"}, ("1100", "1300", "200"), {"XCD": "810", "DOP": "12650"}, "500", {"XCD": "13500"}, {"loan": "5000"}, "5000"),
    "urban": totals(1, ("1", "0", "1"), ("1", "0", "1"), ("1.5", "0", "1.5"), "1", 0, 1, {"DOP": "24700"}, ("400", "400", "0"), {"DOP": "12500"}, "200", {"DOP": "122000"}, {"loan": "2000"}, "2000"),
  },
}
BY["country"] = BY["center"]
# fmt: on
