from __future__ import annotations

import pytest

from storage.engine import Store
from tests.scheduler.post import Post


@pytest.fixture
def post(store: Store) -> Post:
    return Post(store)
