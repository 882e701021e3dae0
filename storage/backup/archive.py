"""The backup file: a ZIP with a copy of the database and a manifest."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from storage.health import DatabaseProblem

FORMAT = "acompana-backup-1"
MANIFEST = "manifest.json"
COPY = {"sqlite": "store.sqlite3", "postgresql": "store.dump"}
BLOCK = 1 << 20
FAST = 1
"""The compression that hardly costs more than writing what it saves."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Manifest:
    """`engine` is sqlite or postgresql, `rows` how many each table has, `sha256` that of the copy, `size` in bytes."""

    made_at: datetime
    engine: str
    revision: str
    rows: dict[str, int]
    sha256: str
    size: int

    @property
    def total(self) -> int:
        return sum(self.rows.values())

    def to_json(self) -> str:
        return json.dumps({"format": FORMAT, **asdict(self), "made_at": self.made_at.isoformat()}, indent=1)

    @classmethod
    def from_json(cls, text: bytes) -> Manifest:
        """Raises ValueError, TypeError or KeyError where that is none."""
        held = json.loads(text)
        if not isinstance(held, dict) or held.pop("format") != FORMAT:
            raise ValueError("another format")
        return cls(**{**held, "made_at": datetime.fromisoformat(held["made_at"])})


def pack(copy: Path, manifest: Manifest, out: Path, progress: Progress) -> None:
    """Write the backup: whole or not at all, for its owner's eyes only. It is on the disk when this returns."""
    part = beside(out, "part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=FAST) as archive:
                archive.writestr(MANIFEST, manifest.to_json())
                with archive.open(COPY[manifest.engine], "w", force_zip64=True) as member, copy.open("rb") as source:
                    for done, block in _blocks(source.read):
                        member.write(block)
                        progress(done, manifest.size)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, out)
        _settle(out.parent)
    finally:
        part.unlink(missing_ok=True)


def manifest_of(file: Path) -> Manifest:
    """Raises DatabaseProblem if `file` is not a backup, OSError if it cannot be read."""
    try:
        with zipfile.ZipFile(file) as archive:
            return Manifest.from_json(archive.read(MANIFEST))
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, TypeError) as error:
        raise DatabaseProblem(f"{file} is not an Acompaña backup, or is incomplete; use another one") from error


def unpack(file: Path, manifest: Manifest, to: Path, progress: Progress) -> None:
    """Unpack the copy of the database. Raises DatabaseProblem if the file is damaged."""
    digest = hashlib.sha256()
    damaged = DatabaseProblem(f"{file} is damaged: its checksum does not match; use another one")
    try:
        descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with (
            open(descriptor, "wb") as target,
            zipfile.ZipFile(file) as archive,
            archive.open(COPY[manifest.engine]) as member,
        ):
            for done, block in _blocks(member.read):
                digest.update(block)
                target.write(block)
                progress(done, manifest.size)
            target.flush()
            os.fsync(target.fileno())
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
        raise damaged from error
    if digest.hexdigest() != manifest.sha256:
        raise damaged


def measured(copy: Path) -> tuple[str, int]:
    """The SHA-256 of a file and its size."""
    with copy.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), copy.stat().st_size


def beside(file: Path, what: str) -> Path:
    """A name for something that is made on the same disk before it takes the place of `file`."""
    return file.with_name(f".{file.name}.{os.getpid()}.{what}")


@contextmanager
def thrown_away(file: Path) -> Iterator[Path]:
    """A file that is gone afterwards, with what SQLite keeps beside it."""
    try:
        yield file
    finally:
        for name in (file.name, f"{file.name}-wal", f"{file.name}-shm", f"{file.name}-journal"):
            file.with_name(name).unlink(missing_ok=True)


def _blocks(read: Callable[[int], bytes]) -> Iterator[tuple[int, bytes]]:
    """Block by block, with how many bytes there were by then."""
    done = 0
    while block := read(BLOCK):
        done += len(block)
        yield done, block


def _settle(folder: Path) -> None:
    """The new name of the file is on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
