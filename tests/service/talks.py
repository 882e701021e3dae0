"""What a client tells in a talk, and who types it in."""

from __future__ import annotations

BY = "rosa@example.org"
TOLD = {
    "sales_month": "5200",
    "employees_full": "3",
    "employees_part": "1",
    "exports_month": "0",
    "financing": "none",
    "attribution": "yes",
}
