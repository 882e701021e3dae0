"""What a report says of a group of businesses in a period: the four tiers, and the totals of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from bot.outcomes.decimals import ZERO
from bot.outcomes.increments import Chain


class Tier(StrEnum):
    """How much stands behind a change. They nest in businesses: each holds some of those of the one before."""

    RESPONDENTS = "respondents"
    #: The client wrote that the center helped, or helped partly.
    ATTRIBUTED = "attributed"
    #: The headline: staff have verified the figure, too.
    ATTRIBUTED_VERIFIED = "attributed_verified"
    YES_ONLY_VERIFIED = "yes_only_verified"

    @property
    def chain(self) -> Chain:
        return Chain.VERIFIED if self in (Tier.ATTRIBUTED_VERIFIED, Tier.YES_ONLY_VERIFIED) else Chain.TOLD

    @property
    def attributions(self) -> tuple[str, ...] | None:
        """What the client may have said; None: anything."""
        if self is Tier.RESPONDENTS:
            return None
        return ("yes",) if self is Tier.YES_ONLY_VERIFIED else ("yes", "partly")


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over businesses. Jobs are people; `sales` and `exports` are changes in units of a currency a month."""

    clients: int = 0
    full_created: Decimal = ZERO
    full_lost: Decimal = ZERO
    part_created: Decimal = ZERO
    part_lost: Decimal = ZERO
    #: Full-time equivalents: a part-time job counts for a half.
    fte_created: Decimal = ZERO
    fte_lost: Decimal = ZERO
    retained: Decimal = ZERO
    starts: int = 0
    new_exporters: int = 0
    sales: Mapping[str, Decimal] = field(default_factory=dict)
    sales_usd: Decimal = ZERO
    sales_increase_usd: Decimal = ZERO
    sales_decrease_usd: Decimal = ZERO
    exports: Mapping[str, Decimal] = field(default_factory=dict)
    exports_usd: Decimal = ZERO
    financing: Mapping[str, Decimal] = field(default_factory=dict)
    financing_usd: Decimal = ZERO
    financing_usd_by_kind: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def fte_net(self) -> Decimal:
        return self.fte_created - self.fte_lost

    def as_json(self) -> dict[str, Any]:
        """Counts are integers, everything else a decimal as a string."""
        return {
            "clients": self.clients,
            "FT_created": written(self.full_created),
            "FT_lost": written(self.full_lost),
            "FT_net": written(self.full_created - self.full_lost),
            "PT_created": written(self.part_created),
            "PT_lost": written(self.part_lost),
            "PT_net": written(self.part_created - self.part_lost),
            "FTE_created": written(self.fte_created),
            "FTE_lost": written(self.fte_lost),
            "FTE_net": written(self.fte_net),
            "jobs_retained": written(self.retained),
            "business_starts": self.starts,
            "new_exporters": self.new_exporters,
            "sales_change": _by_name(self.sales),
            "sales_change_usd": written(self.sales_usd),
            "sales_increase_usd": written(self.sales_increase_usd),
            "sales_decrease_usd": written(self.sales_decrease_usd),
            "exports_change": _by_name(self.exports),
            "exports_change_usd": written(self.exports_usd),
            "financing": _by_name(self.financing),
            "financing_usd": written(self.financing_usd),
            "financing_usd_by_kind": _by_name(self.financing_usd_by_kind),
        }


def _by_name(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: written(amounts[name]) for name in sorted(amounts)}


def written(number: Decimal) -> str:
    """Without an exponent and without zeros at its end: 16851.85, 3, 0.5."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
