"""Creating and upgrading the database."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from storage.engine import make_engine
from storage.increments import rebuild
from storage.schema import IncrementRow, OutcomeRow

MIGRATIONS = Path(__file__).parent / "migrations"


def configuration(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to `revision`, creating it where there is none. What is derived from the figures is
    derived once, where an earlier version left none of it."""
    command.upgrade(configuration(url), revision)
    if revision == "head":
        _derive(url)


def _derive(url: str) -> None:
    engine = make_engine(url)
    try:
        with Session(engine, autoflush=False) as db:
            if db.scalar(select(IncrementRow.id).limit(1)) is None and db.scalar(select(OutcomeRow.id).limit(1)):
                rebuild(db)
                db.commit()
    finally:
        engine.dispose()


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
