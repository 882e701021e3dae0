"""Decimals that the method counts with."""

from __future__ import annotations

from decimal import Decimal

ZERO = Decimal(0)
HALF = Decimal("0.5")
"""What a part-time job counts."""
CENT = Decimal("0.01")
"""Amounts in US dollars are rounded to it."""
