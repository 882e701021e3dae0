"""Small cells: groups of so few businesses that a table would tell what one of them earns.

A group is masked as a whole, its counts and its figures. Where the other groups and the total would give a masked group
away, more groups are masked. Totals are never masked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

SMALLEST = 5
"""Businesses in the smallest group that is shown."""

Report = Mapping[str, Any]
"""The data of a report, as `report --format json` writes it."""


class TooFew(ValueError):
    """A report of a group so small that the whole of it would have to be masked. The message says what to do."""


Group = tuple[str, str]
"""A dimension and one of its values, such as ("sector", "food"); of OVER_TIME the first day of a part of the period."""

OVER_TIME = "over_time"


@dataclass(frozen=True, slots=True)
class Sum:
    """Groups that add up to something readers know, or nearly do."""

    #: The group they add up to; None for the total, which is never masked.
    whole: Group | None
    parts: tuple[Group, ...]


def masked(report: Report) -> dict[str, Any]:
    """A copy in which each masked group is None under `by` and `group_sizes` and has but its days in `over_time`; `masked` names
    them by dimension.

    Raises TooFew for a report that is only of some groups (`parameters.only`), where any of its tiers is small: its totals
    are those of a group."""
    only = report.get("parameters", {}).get("only")
    if only and any(0 < tier["clients"] < SMALLEST for tier in report["tiers"].values()):
        raise TooFew(
            f"fewer than {SMALLEST} businesses count in one of the tiers, so that a document would tell what one of them "
            f"earns; take off one of the groups ({', '.join(only)})"
        )
    hidden = masked_groups(report)
    return {
        **report,
        **{
            key: {
                dimension: {
                    value: None if (dimension, value) in hidden else content for value, content in groups.items()
                }
                for dimension, groups in report.get(key, {}).items()
            }
            for key in ("by", "group_sizes")
        },
        "over_time": [
            {key: one[key] for key in ("since", "until")} if (OVER_TIME, one["since"]) in hidden else one
            for one in report.get("over_time", ())
        ],
        "masked": {
            dimension: sorted(value for d, value in hidden if d == dimension)
            for dimension in sorted({d for d, _ in hidden})
        },
    }


def masked_groups(report: Report) -> frozenset[Group]:
    """The groups to mask: the small ones, and those that a reader could subtract from a sum to get at a small one."""
    counted = {group: sizes["counted"] for group, sizes in _sizes(report)}
    hidden = {group for group, sizes in _sizes(report) if any(0 < size < SMALLEST for size in sizes.values())}
    sums = tuple(_sums(report, counted))
    while more := {group for one in sums for group in _to_protect(one, hidden, counted)}:
        hidden |= more
    return frozenset(hidden)


def _sizes(report: Report) -> Iterator[tuple[Group, Mapping[str, int]]]:
    """The businesses of each group: all, those who responded, those counted."""
    known = report.get("group_sizes", {})
    for dimension, groups in report.get("by", {}).items():
        for value, figures in groups.items():
            yield (dimension, value), known.get(dimension, {}).get(value) or {"counted": figures["clients"]}
    for one in report.get("over_time", ()):
        yield (OVER_TIME, one["since"]), {"counted": one["clients"]}


def _sums(report: Report, groups: Iterable[Group]) -> Iterator[Sum]:
    """Each dimension adds up to the total; the centers of a country (`centers`: center → country) to the country."""
    known = set(groups)
    for dimension in (*report.get("by", {}), OVER_TIME):
        yield Sum(None, tuple(group for group in known if group[0] == dimension))
    centers: Mapping[str, str] = report.get("centers", {})
    for country in sorted(set(centers.values())):
        parts = tuple(("center", center) for center in centers if centers[center] == country)
        if ("country", country) in known and parts:
            yield Sum(("country", country), tuple(part for part in parts if part in known))


def _to_protect(one: Sum, hidden: set[Group], counted: Mapping[Group, int]) -> Iterator[Group]:
    """The next group to mask so that nothing small follows from `one`; none where nothing does."""
    masked_parts = [part for part in one.parts if part in hidden]
    if one.whole in hidden:
        safe = bool(masked_parts) or not one.parts
    else:
        together = sum(counted[part] for part in masked_parts)
        safe = not masked_parts or (len(masked_parts) > 1 and together >= SMALLEST)
    if safe:
        return
    shown = [part for part in one.parts if part not in hidden]
    if shown:
        yield min(shown, key=lambda part: (counted[part] == 0, counted[part], part))
    elif one.whole is not None and one.whole not in hidden:
        yield one.whole
