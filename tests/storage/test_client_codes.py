"""Client codes: nobody's twice, easy to say, and like nothing else that somebody may write."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.answers.commands import link_argument
from storage import registers
from storage.checks import RegisterError
from storage.client_codes import TRAINING_CODE, draw_client_code, new_client_code
from storage.schema import Center, Client

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.fixture
def center(db: Session) -> Center:
    return registers.add_center(db, "LC", "SBDC Saint Lucia", "LC", at=NOW)


class Drawn(Random):
    """A source that gives these characters, one after the other."""

    def __init__(self, *codes: str) -> None:
        super().__init__()
        self.left = list("".join(codes))

    def choice(self, seq: Any) -> Any:
        return self.left.pop(0)


def free(code: str) -> bool:
    return False


def test_a_code_that_is_taken_is_drawn_again(db: Session, center: Center) -> None:
    db.add(Client(code="LC-7K3Q2", center_id=center.id, language="en", created_at=NOW))
    db.flush()
    assert new_client_code(db, center, Drawn("7K3Q2", "8M4R3")) == "LC-8M4R3"


def test_codes_repeat_with_their_source(db: Session, center: Center) -> None:
    assert new_client_code(db, center, Random(7)) == new_client_code(db, center, Random(7))


@pytest.mark.parametrize("alike", ["T2345", "MANGA"])
def test_no_code_looks_like_a_trainings_or_a_word(center: Center, alike: str) -> None:
    assert draw_client_code(center, Drawn(alike, "T2B45"), free) == "LC-T2B45"


def test_every_code_is_understood_and_has_no_character_that_looks_like_another(center: Center) -> None:
    codes = {draw_client_code(center, Random(seed), free) for seed in range(300)}
    assert {link_argument(f"link {code}") for code in codes} == codes
    assert not any(TRAINING_CODE.search(code) for code in codes)
    assert not set("".join(code[3:] for code in codes)) & set("0O1IL")


def test_codes_grow_where_the_short_ones_are_taken(center: Center) -> None:
    code = draw_client_code(center, Random(7), lambda code: len(code) == len("LC-7K3Q2"))
    assert len(code) == len("LC-7K3Q2K")


def test_where_no_code_is_left_it_says_so(center: Center) -> None:
    with pytest.raises(RegisterError, match="no client codes are left at LC"):
        draw_client_code(center, Random(7), lambda code: True)
