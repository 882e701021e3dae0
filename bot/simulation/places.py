"""Where the fictional clients live: centers in several time zones, some with daylight saving time."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    country: str
    zone: str
    languages: tuple[str, ...]
    sales: int
    """Typical sales of a month, in the local currency."""
    phones: str
    """Prefix of phone numbers that nobody has."""

    @property
    def clock(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


PLACES = (
    Place("LC", "LC", "America/St_Lucia", ("en", "fr"), 4000, "+1758555"),
    Place("BS", "BS", "America/Nassau", ("en", "ht"), 3000, "+1242555"),
    Place("HT", "HT", "America/Port-au-Prince", ("ht", "fr"), 60000, "+5090055"),
    Place("TIJ", "MX", "America/Tijuana", ("es",), 25000, "+52000055"),
    Place("DO", "DO", "America/Santo_Domingo", ("es", "en"), 80000, "+1809555"),
    Place("SR", "SR", "America/Paramaribo", ("nl", "en", "pt"), 30000, "+5970055"),
)
