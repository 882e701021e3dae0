"""A PostgreSQL primary and a streaming replica that every commit waits for, each a process of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests import postgres

NEEDED = ("initdb", "postgres", "pg_basebackup")
CONNECTIONS = 200
"""The default of 100 is too few for four processes, each of which opens up to thirty, and their bells."""
PATIENCE = 60.0


class Incomplete(Exception):
    """What the machine lacks, and how to get it."""


@dataclass
class Server:
    """`stop` as an operator does it, `kill` as a power cut does: its processes are gone at once, all of them."""

    programs: Path
    folder: Path
    user: tuple[int, int] | None
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def run(self, program: str, *arguments: str) -> None:
        user, group = self.user or (None, None)
        done = subprocess.run(
            [str(self.programs / program), *arguments],
            cwd=self.folder,
            capture_output=True,
            check=False,
            user=user,
            group=group,
        )
        if done.returncode:
            raise Incomplete(f"{program} failed: {done.stderr.decode(errors='replace').strip()}")

    def start(self) -> None:
        settings = (
            f"port={self.port}",
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={self.folder}",
            f"max_connections={CONNECTIONS}",
            "wal_retrieve_retry_interval=200ms",
        )
        options = [part for setting in settings for part in ("-c", setting)]
        user, group = self.user or (None, None)
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(self.programs / "postgres"), "-D", str(self.data), *options],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                user=user,
                group=group,
            )
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self.query("SELECT 1")
                return
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise Incomplete(
                        f"the server did not start:\n{(self.folder / 'log').read_text()[-2000:]}"
                    ) from None
                time.sleep(0.05)

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(PATIENCE)

    def kill(self) -> None:
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def query(self, statement: str) -> list[tuple[object, ...]]:
        where = f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres connect_timeout=3"
        with psycopg.connect(where, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


@dataclass
class Cluster:
    primary: Server
    replica: Server
    folders: list[Path] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Names both; the driver takes the one that may be written."""
        hosts = "&".join(f"host=127.0.0.1:{server.port}" for server in (self.primary, self.replica))
        return f"postgresql+psycopg://postgres@/acompana?{hosts}&target_session_attrs=read-write"

    def restart(self) -> None:
        self.primary.stop()
        self.primary.start()

    def fail_over(self) -> None:
        """The primary dies, and then the replica takes its place."""
        self.primary.kill()
        self.replica.query("SELECT pg_promote(true, 60)")

    def close(self) -> None:
        for server in (self.replica, self.primary):
            if server.process is not None and server.process.poll() is None:
                server.kill()
        for folder in self.folders:
            shutil.rmtree(folder, ignore_errors=True)


def start() -> Cluster:
    """Raises Incomplete where no installation has all the programs."""
    installation = next(
        (folder for folder in postgres.installations() if all((folder / name).exists() for name in NEEDED)), None
    )
    if installation is None:
        raise Incomplete(
            f"PostgreSQL is not installed with {', '.join(NEEDED)}. On Debian: sudo apt-get install postgresql"
        )
    user = postgres.account()
    folders = [postgres.short_folder() for _ in range(2)]
    for folder in folders:
        if user is not None:
            os.chown(folder, *user)
    programs = postgres.within_reach(installation, folders[0], user) if user is not None else installation
    primary, replica = (Server(programs, folder, user, _free_port()) for folder in folders)
    cluster = Cluster(primary, replica, folders)
    try:
        primary.run("initdb", "-D", str(primary.data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale")
        primary.start()
        primary.query("CREATE DATABASE acompana TEMPLATE template0")
        source = ("-h", "127.0.0.1", "-p", str(primary.port), "-U", "postgres")
        replica.run("pg_basebackup", "-D", str(replica.data), *source, "-R", "-X", "stream", "-c", "fast")
        replica.start()
        primary.query("ALTER SYSTEM SET synchronous_standby_names = '*'")
        primary.query("SELECT pg_reload_conf()")
        end = time.monotonic() + PATIENCE
        while ("sync",) not in primary.query("SELECT sync_state FROM pg_stat_replication"):
            if time.monotonic() > end:
                raise Incomplete("the replica does not follow the primary")
            time.sleep(0.1)
    except BaseException:
        cluster.close()
        raise
    return cluster


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
