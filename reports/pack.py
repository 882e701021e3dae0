"""The export pack: one zip with the report, its data as CSV, a Data Package descriptor and checksums; where the extra is
installed, the data for statistics programs too. Rows are written as they are read, so that memory stays flat."""

from __future__ import annotations

import hashlib
import io
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from bot.outcomes.seal import canonical
from reports import pdf, xlsx
from reports.contents import document, shown
from reports.issue import Issue, notes, seal_file
from reports.masking import Report
from reports.stats import extra
from storage.exports.csv_file import CsvFile
from storage.exports.dataset import DataTable, Field, Reference
from storage.exports.table import Cell

FOLDERS = {".sav": "spss", ".dta": "stata", ".parquet": "parquet"}
AT_ONCE = 1 << 20
"""Bytes that are copied at a time."""
PROFILE = "https://datapackage.org/profiles/2.0"
LONG_AGO = "1980-01-01"
"""The day of the files of a report that was not issued: the same data is the same pack."""


def write(
    report: Report,
    tables: Iterable[DataTable],
    file: BinaryIO,
    *,
    identified: bool = False,
    issue: Issue | None = None,
) -> None:
    """Writes to `file`, which stays open. Small groups of the report are masked unless `identified`, in its JSON too. What
    the tables hold is up to the caller. `issue`: of a report that is read again; the pack has its seal."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        pack = _Pack(archive, (report.get("parameters", {}).get("issued_at") or LONG_AGO)[:10])
        pack.add("report.json", canonical(shown(report, identified=identified)))
        pack.add("report.xlsx", _workbook(report, identified=identified))
        pack.add("report.pdf", pdf.write(report, identified=identified))
        if issue is not None:
            pack.add("seal.json", seal_file(issue, identified=identified))
            pack.add("README.txt", notes(issue, identified=identified).encode())
        resources = [pack.add_table(table) for table in tables]
        head = document(report, identified=identified)
        descriptor = {
            "$schema": f"{PROFILE}/datapackage.json",
            "name": f"outcomes-{report['since']}-{report['until']}",
            "title": f"{head.title}, {head.period}, {head.network}",
            "description": f"{head.scope}. {head.status}.",
            "resources": resources,
        }
        pack.add("datapackage.json", canonical(descriptor))
        sums = "".join(f"{digest}  {path}\n" for path, digest in sorted(pack.digests.items()))
        pack.add("SHA256SUMS", sums.encode())


def _workbook(report: Report, *, identified: bool) -> bytes:
    file = io.BytesIO()
    xlsx.write(report, file, identified=identified)
    return file.getvalue()


def _schema(table: DataTable) -> dict[str, Any]:
    """Table Schema 2."""
    return {
        "$schema": f"{PROFILE}/tableschema.json",
        "fields": [_field(field) for field in table.fields],
        "fieldsMatch": "exact",
        "missingValues": [""],
        **({"primaryKey": list(table.primary_key)} if table.primary_key else {}),
        **({"foreignKeys": [_foreign_key(one) for one in table.references]} if table.references else {}),
    }


def _field(field: Field) -> dict[str, Any]:
    words = {"trueValues": ["yes"], "falseValues": ["no"]} if field.type == "boolean" else {}
    categories = {"categories": list(field.categories)} if field.categories else {}
    return {"name": field.name, "type": field.type, "description": field.description, **words, **categories}


def _foreign_key(one: Reference) -> dict[str, Any]:
    return {"fields": list(one.fields), "reference": {"resource": one.table, "fields": list(one.columns)}}


class _Pack:
    """Files of an archive, each with its checksum."""

    def __init__(self, archive: zipfile.ZipFile, day: str) -> None:
        self._archive = archive
        year, month, date = (int(part) for part in day.split("-"))
        self._time = (year, month, date, 0, 0, 0)
        self.digests: dict[str, str] = {}

    def add(self, path: str, content: bytes) -> None:
        with self._file(path) as file:
            file.write(content)

    def add_table(self, table: DataTable) -> dict[str, Any]:
        """Returns its resource of the descriptor, which is the CSV file."""
        if not extra.installed():
            return self._add_csv(table, table.rows)
        from reports.stats.files import StatsFiles

        with TemporaryDirectory(prefix="acompana-") as folder:
            stats = StatsFiles(Path(folder), table)
            resource = self._add_csv(table, stats.passing(table.rows))
            for path in stats.close():
                self._add_file(f"{FOLDERS[path.suffix]}/{path.name}", path)
        return resource

    def _add_file(self, path: str, source: Path) -> None:
        with self._file(path) as file, source.open("rb") as content:
            shutil.copyfileobj(content, file, AT_ONCE)

    def _add_csv(self, table: DataTable, rows: Iterable[Sequence[Cell]]) -> dict[str, Any]:
        path = f"data/{table.name}.csv"
        with self._file(path) as file:
            buffered = io.BufferedWriter(file)
            written = CsvFile(buffered, table.name, [field.name for field in table.fields])
            for row in rows:
                written.write(row)
            written.close()
            buffered.flush()
            buffered.detach()
        return {
            "name": table.name,
            "type": "table",
            "path": path,
            "description": table.description,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": file.bytes,
            "hash": f"sha256:{self.digests[path]}",
            "schema": _schema(table),
        }

    @contextmanager
    def _file(self, path: str) -> Iterator[_Measured]:
        info = zipfile.ZipInfo(path, self._time)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        with self._archive.open(info, "w", force_zip64=True) as inner:
            file = _Measured(inner)
            yield file
        self.digests[path] = file.digest.hexdigest()


class _Measured(io.RawIOBase):
    """Passes on what is written, and keeps its size and checksum."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.bytes = 0
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.bytes += len(data)
        self.digest.update(data)
        self._inner.write(data)
        return len(data)
