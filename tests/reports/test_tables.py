"""How numbers are written, and which decimals they have beside each other."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from reports.tables import MASKED, Cell, Column, Kind, Table, aligned


@pytest.mark.parametrize(
    ("cells", "kind", "texts"),
    [
        ([D("1234567"), D("-3")], Kind.MONEY, ["1,234,567", "−3"]),
        ([D("18851.85"), D("7000"), None], Kind.MONEY, ["18,851.85", "7,000.00", "–"]),
        ([D("13402.4"), D("-0.5")], Kind.MONEY, ["13,402.40", "−0.50"]),
        ([D("3.5"), D("4"), D("5.50")], Kind.JOBS, ["3.5", "4.0", "5.5"]),
        ([D("3.00"), D("4")], Kind.JOBS, ["3", "4"]),
        ([D("61"), D("62.5125")], Kind.RATE, ["61.0000", "62.5125"]),
        ([10**17 + 1, 0], Kind.COUNT, ["100,000,000,000,000,001", "0"]),
        ([D("-0.00"), D("0.5")], Kind.JOBS, ["0.0", "0.5"]),
        (["LC", date(2026, 5, 1), MASKED], Kind.TEXT, ["LC", "2026-05-01", "masked"]),
    ],
)
def test_aligned(cells: list[Cell], kind: Kind, texts: list[str]) -> None:
    assert aligned(cells, kind) == texts


def test_rows_are_aligned_where_each_is_another_measure() -> None:
    columns = (Column("Measure"), Column("Before", Kind.MONEY), Column("After", Kind.MONEY))
    rows = (("Jobs", D("3.5"), D(4)), ("Sales", D(1500), D(3000)))
    table = Table("Results", columns, rows, aligned="rows", row_kinds=(Kind.JOBS, Kind.MONEY))
    assert table.texts() == [["Jobs", "3.5", "4.0"], ["Sales", "1,500", "3,000"]]


def test_total_is_aligned_with_the_column_above_it() -> None:
    columns = (Column("Group"), Column("Jobs", Kind.JOBS))
    assert Table("Groups", columns, (("a", D(2)), ("b", MASKED)), total=("Total", D("3.5"))).texts() == [
        ["a", "2.0"],
        ["b", "masked"],
        ["Total", "3.5"],
    ]
