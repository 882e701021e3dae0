"""Whether the extra `acompana[stats]` is installed. Nothing else of this package may be imported where it is not."""

from __future__ import annotations

from importlib.util import find_spec

NEEDED = ("polars", "pyarrow", "pyreadstat")
MISSING = "The pack is without SPSS, Stata and Parquet files; they need: pip install 'acompana[stats]'"


def installed() -> bool:
    return all(find_spec(name) for name in NEEDED)
