"""Reading the review of a follow-up as its client does: which line shows which figure."""

from __future__ import annotations

from collections.abc import Mapping

from bot.flows.followup import indicators
from bot.text.language import Catalogs


def review_lines(text: str, catalogs: Catalogs) -> Mapping[str, str]:
    """Indicator → the line of the review that shows it, without the figure before; in the order of the lines."""
    begins = {
        spelling.partition("{value}")[0]: indicator.name
        for indicator in indicators()
        for spelling in catalogs.spellings(indicator.line)
    }
    found = {}
    for line in text.splitlines():
        fitting = [begin for begin in begins if line.startswith(begin)]
        if fitting:
            found[begins[max(fitting, key=len)]] = line.partition(" (")[0]
    return found
