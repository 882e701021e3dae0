from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.conftest import own_store
from tests.service.world import World


@pytest.fixture
def database_url(request: pytest.FixtureRequest, store_template: Callable[[str], str]) -> Iterator[str]:
    """Conversations run on SQLite; what asks something of the database itself says `pytestmark = on_both`, or the like for
    one test. The queries behind them are tested on both engines in tests/storage."""
    yield from own_store(request, store_template, getattr(request, "param", "sqlite"))


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    world = World.open(database_url)
    yield world
    world.database.close()


@pytest.fixture
def network(database_url: str) -> Iterator[World]:
    world = World.open(database_url, ("DO", "HT", "LC"))
    yield world
    world.database.close()
