"""Creating and upgrading the database."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from storage.engine import make_engine

MIGRATIONS = Path(__file__).parent / "migrations"


def configuration(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to `revision`, creating it where there is none."""
    command.upgrade(configuration(url), revision)


def current(engine: Engine) -> str | None:
    """The revision that the database is at; None when it was never migrated."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def latest() -> str:
    """The revision that this code wants."""
    return revisions()[0]


@cache
def revisions() -> tuple[str, ...]:
    """All revisions of the migrations that came with this code, the latest first. Read from their files once."""
    scripts = ScriptDirectory.from_config(configuration("sqlite://"))
    return tuple(script.revision for script in scripts.walk_revisions())


def behind(url: str) -> bool:
    """True when the database at `url` must be migrated before this code can use it."""
    engine = make_engine(url)
    try:
        return current(engine) != latest()
    finally:
        engine.dispose()
