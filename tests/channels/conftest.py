from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.channels.wire import Wire, open_wire


@pytest.fixture(autouse=True)
def cheap(shortcuts: None) -> None:
    """Every channel opens connections of its own."""


@pytest.fixture
def wire() -> Iterator[Wire]:
    with open_wire() as wire:
        yield wire
