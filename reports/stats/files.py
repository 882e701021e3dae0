"""The files of one table for statistics programs, written as its rows are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from reports.stats import labelled, parquet
from storage.exports.dataset import DataTable
from storage.exports.table import Cell


class StatsFiles:
    """Writes into a folder. `rows`: what a row group of Parquet holds, and what a part of the others holds."""

    def __init__(
        self, folder: Path, table: DataTable, *, rows: tuple[int, int] = (parquet.ROWS, labelled.ROWS)
    ) -> None:
        self._table, (self._group, part) = table, rows
        self._types: Any = parquet.schema(table)
        self._path = folder / f"{table.name}.parquet"
        self._parquet = parquet.ParquetFile(self._path, self._types)
        self._labelled = labelled.LabelledFiles(folder, table, rows=part)
        self._rows: list[Sequence[Cell]] = []

    def passing(self, rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
        """Keeps each row, and passes it on."""
        for row in rows:
            self._rows.append(row)
            if len(self._rows) == self._group:
                self._flush()
            yield row

    def close(self) -> list[Path]:
        """The files, which are whole now."""
        self._flush()
        self._parquet.close()
        self._labelled.close()
        return [self._path, *self._labelled.paths]

    def _flush(self) -> None:
        batch = parquet.batch(self._table.fields, self._rows, self._types)
        self._rows = []
        self._parquet.write(batch)
        self._labelled.write(batch)
