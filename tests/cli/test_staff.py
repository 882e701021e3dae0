"""acompana staff: link codes and passwords."""

from __future__ import annotations

import re

from sqlalchemy import select

from storage.engine import Database
from storage.passwords import matches
from storage.schema import LinkCode, Staff
from tests.cli import CENTER, Shell


def test_a_link_code_is_shown_once_and_kept_as_a_hash(sh: Shell) -> None:
    sh.ok(CENTER)
    sh.ok("staff add Ana --center LC")
    said = sh.ok("staff link ana")
    code = re.search(r"LINK (\d{6})$", said)
    assert code
    database = Database.open(sh.url)
    with database.read() as db:
        kept = db.scalars(select(LinkCode)).one()
    database.close()
    assert kept.staff_id is not None
    assert code[1] not in kept.code_hash


def test_a_password_is_replaced(sh: Shell) -> None:
    sh.ok("staff add Cora --role coordinator --email cora@n.org")
    assert sh("staff password cora@n.org", "short\n").err == "password: must have at least 10 characters"
    sh.ok("staff password cora@n.org", "long enough now\n")
    database = Database.open(sh.url)
    with database.read() as db:
        assert matches("long enough now", db.scalars(select(Staff.password_hash)).one())
    database.close()
