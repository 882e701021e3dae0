"""Which groups of a report are masked: tables of group sizes, and what a reader may subtract from what."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from reports.masking import TooFew, masked, masked_groups

Sizes = Mapping[str, tuple[int, int, int]]
"""Group → businesses, of these responded, of these counted."""


def report(**dimensions: Sizes) -> dict[str, object]:
    return {
        "tiers": {"attributed_verified": {"clients": 3}},
        "by": {
            dimension: {value: {"clients": sizes[2], "FTE_net": "1"} for value, sizes in groups.items()}
            for dimension, groups in dimensions.items()
        },
        "group_sizes": {
            dimension: {
                value: dict(zip(("clients", "responded", "counted"), sizes, strict=True))
                for value, sizes in groups.items()
            }
            for dimension, groups in dimensions.items()
        },
    }


@pytest.mark.parametrize(
    ("groups", "hidden"),
    [
        ({"a": (9, 8, 5), "b": (30, 20, 6)}, ""),
        ({"a": (9, 8, 4), "b": (9, 8, 7), "c": (9, 8, 6)}, "ac"),  # c is the next smallest
        ({"a": (9, 8, 4), "b": (9, 8, 6), "c": (9, 8, 6)}, "ab"),  # equal ones by name
        ({"a": (9, 8, 1), "b": (9, 8, 2), "c": (9, 8, 9), "d": (9, 8, 8)}, "abd"),  # a and b together are small
        ({"a": (9, 8, 2), "b": (9, 8, 3), "c": (9, 8, 9)}, "ab"),  # a and b together are five
        ({"a": (4, 0, 0), "b": (9, 8, 7), "c": (9, 9, 9)}, "ab"),  # few businesses, whatever they answered
        ({"a": (9, 4, 0), "b": (9, 8, 7), "c": (9, 9, 9)}, "ab"),  # few who responded
        ({"a": (9, 8, 0), "b": (9, 8, 7), "c": (9, 9, 9)}, ""),  # nobody counted among many: nobody's figure
        ({"a": (0, 0, 0), "b": (9, 8, 7)}, ""),
        ({"a": (9, 8, 3), "b": (9, 8, 0), "c": (9, 8, 7)}, "ac"),  # an empty group protects nobody
        ({"a": (9, 8, 3), "b": (9, 8, 0)}, "ab"),  # but where there is no other, it is masked too
        ({"a": (3, 3, 3)}, "a"),
        ({}, ""),
    ],
)
def test_masked_groups(groups: Sizes, hidden: str) -> None:
    assert masked_groups(report(sector=groups)) == {("sector", value) for value in hidden}


def test_sizes_come_from_the_figures_where_none_are_given() -> None:
    data = report(sector={"a": (4, 4, 4), "b": (6, 6, 6), "c": (9, 9, 9)})
    del data["group_sizes"]
    assert masked_groups(data) == {("sector", "a"), ("sector", "b")}


@pytest.mark.parametrize(
    ("centers", "countries", "hidden"),
    [
        # DO less d1 would be d2; so a second center of DO is masked, though the total alone is safe with d1 and l1.
        (
            {"d1": (9, 9, 3), "d2": (9, 9, 9), "l1": (9, 9, 4), "l2": (9, 9, 9)},
            {"DO": (18, 18, 12), "LC": (18, 18, 13)},
            {"center d1", "center d2", "center l1", "center l2"},
        ),
        # The only center of a country is the country: LC is small, DO is what protects it, so a center of DO is masked.
        (
            {"d1": (9, 9, 7), "d2": (9, 9, 9), "l1": (9, 9, 3)},
            {"DO": (18, 18, 16), "LC": (9, 9, 3)},
            {"center d1", "center l1", "country DO", "country LC"},
        ),
        # As above, but the country that protects LC is another one, whose centers must then not add up to it.
        (
            {"d1": (9, 9, 5), "d2": (9, 9, 9), "j1": (9, 9, 6), "l1": (9, 9, 3)},
            {"DO": (18, 18, 14), "JM": (9, 9, 6), "LC": (9, 9, 3)},
            {"center d1", "center d2", "center j1", "center l1", "country JM", "country LC"},
        ),
    ],
)
def test_centers_and_countries_do_not_give_each_other_away(centers: Sizes, countries: Sizes, hidden: set[str]) -> None:
    country = {"d": "DO", "j": "JM", "l": "LC"}
    data = report(center=centers, country=countries) | {"centers": {center: country[center[0]] for center in centers}}
    assert {" ".join(group) for group in masked_groups(data)} == hidden


def test_masked_report_has_no_figure_of_a_masked_group() -> None:
    data = report(sector={"food": (4, 4, 4), "crafts": (6, 6, 6), "retail": (9, 9, 9)}, sex={"f": (9, 9, 9)})
    shown = masked(data)
    assert shown["by"]["sector"] == {"food": None, "crafts": None, "retail": {"clients": 9, "FTE_net": "1"}}
    assert shown["group_sizes"]["sector"] == {
        "food": None,
        "crafts": None,
        "retail": {"clients": 9, "responded": 9, "counted": 9},
    }
    assert shown["by"]["sex"] == {"f": {"clients": 9, "FTE_net": "1"}}
    assert shown["masked"] == {"sector": ["crafts", "food"]}
    assert shown["tiers"] == {"attributed_verified": {"clients": 3}}
    assert data["by"] != shown["by"]


@pytest.mark.parametrize(
    ("only", "clients", "refused"),
    [({"sex": "f"}, 4, True), ({"sex": "f"}, 5, False), ({"sex": "f"}, 0, False), ({}, 4, False)],
)
def test_totals_of_a_small_group_are_no_document(only: dict[str, str], clients: int, refused: bool) -> None:
    data = {
        **report(),
        "tiers": {"respondents": {"clients": 9}, "attributed": {"clients": clients}},
        "parameters": {"only": only},
    }
    if refused:
        with pytest.raises(TooFew, match=r"fewer than 5 businesses .* take off one of the groups \(sex\)"):
            masked(data)
    else:
        assert masked(data)["tiers"] == data["tiers"]


def test_parts_of_the_period_are_masked_too() -> None:
    parts = [
        {"since": f"2026-0{month}-01", "until": f"2026-0{month}-28", "clients": clients, "FTE_net": "1"}
        for month, clients in ((1, 3), (2, 9), (3, 7))
    ]
    shown = masked({**report(), "over_time": parts})["over_time"]
    assert shown == [
        {"since": "2026-01-01", "until": "2026-01-28"},
        parts[1],
        {"since": "2026-03-01", "until": "2026-03-28"},
    ]
