from __future__ import annotations

import pytest

from storage.engine import Database
from tests.scheduler.post import Post


@pytest.fixture
def post(database: Database) -> Post:
    return Post(database)
