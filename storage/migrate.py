"""Creating and upgrading the store."""

from __future__ import annotations

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
    """Bring the store at `url` to `revision`, creating it where there is none."""
    command.upgrade(configuration(url), revision)


def current(engine: Engine) -> str | None:
    """The revision that the store is at; None when it was never migrated."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def latest() -> str:
    """The revision that this code wants."""
    head = ScriptDirectory.from_config(configuration("sqlite://")).get_current_head()
    assert head is not None
    return head


def behind(url: str) -> bool:
    """True when the store at `url` must be migrated before this code can use it."""
    engine = make_engine(url)
    try:
        return current(engine) != latest()
    finally:
        engine.dispose()
