from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.service.world import World


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    world = World.open(database_url)
    yield world
    world.store.close()


@pytest.fixture
def network(database_url: str) -> Iterator[World]:
    world = World.open(database_url, ("DO", "HT", "LC"))
    yield world
    world.store.close()
