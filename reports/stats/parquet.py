"""Parquet with exact decimals, days and times; rows are written in groups, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow.parquet import ParquetWriter

from storage.exports.dataset import DataTable, Field
from storage.exports.table import Cell

ROWS = 50_000
"""Of a row group: what is held in memory."""
_CATEGORY = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
_TYPES = {
    "string": pyarrow.string(),
    "integer": pyarrow.int64(),
    "number": pyarrow.decimal128(24, 4),
    "boolean": pyarrow.bool_(),
    "date": pyarrow.date32(),
    "datetime": pyarrow.timestamp("us", tz="UTC"),
}


def schema(table: DataTable) -> Any:
    """Of Arrow; each column carries its description."""
    return pyarrow.schema(
        [
            pyarrow.field(
                one.name, _CATEGORY if one.categories else _TYPES[one.type], metadata={"description": one.description}
            )
            for one in table.fields
        ],
        metadata={"title": table.name, "description": table.description},
    )


def batch(fields: Sequence[Field], rows: Sequence[Sequence[Cell]], types: Any) -> Any:
    """The rows as columns."""
    columns = list(zip(*rows, strict=True)) or [()] * len(fields)
    return pyarrow.record_batch(
        [pyarrow.array(column, type=one.type) for column, one in zip(columns, types, strict=True)], schema=types
    )


class ParquetFile:
    def __init__(self, path: Path, types: Any) -> None:
        self._writer = ParquetWriter(path, types, compression="zstd")

    def write(self, rows: Any) -> None:
        """A batch becomes a row group."""
        self._writer.write_batch(rows)

    def close(self) -> None:
        self._writer.close()
