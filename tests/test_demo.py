"""A small year of the demo: the database holds what the fictional clients meant."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from bot import demo
from bot.answers.commands import Command, join_code, recognise
from bot.demo.people import phone_number
from bot.demo.places import PLACES
from bot.demo.wording import SPEECH
from bot.model import LANGUAGES, SERVICE_AREAS
from bot.service.assistant import Assistant
from bot.service.rules import Rules
from bot.text.language import Catalogs
from storage import schema
from storage.engine import Database

pytestmark = pytest.mark.slow

UNTIL = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


@dataclass
class Demo:
    database: Database
    summary: demo.Summary
    progress: list[tuple[int, int]]

    def all(self, table: type[Any]) -> list[Any]:
        with self.database.read() as db:
            return list(db.scalars(select(table)))


def build(path: Path, template: str, clients: int) -> Demo:
    shutil.copyfile(template, path)
    database = Database.open(f"sqlite:///{path}")
    progress: list[tuple[int, int]] = []
    assistant = Assistant(Catalogs.load(), Rules())
    summary = demo.build(
        database, assistant, until=UNTIL, clients=clients, progress=lambda *days: progress.append(days)
    )
    return Demo(database, summary, progress)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory, store_template: Callable[[str], str]) -> Iterator[Demo]:
    sample = build(tmp_path_factory.mktemp("demo") / "year.sqlite3", store_template("sqlite"), 15)
    yield sample
    sample.database.close()


def test_every_outcome_is_what_the_client_meant(year: Demo) -> None:
    with year.database.read() as db:
        rows = db.execute(
            select(schema.OutcomeRow, schema.Answer).join(
                schema.Answer, schema.Answer.id == schema.OutcomeRow.answer_id
            )
        ).all()
    assert len(rows) == year.summary.outcomes > 100
    for outcome, answer in rows:
        if answer.text == "idea":
            assert outcome.value == 0
            continue
        meant = year.summary.ledger.of(answer.conversation_id)[outcome.indicator]
        stored = (outcome.indicator, outcome.outcome, outcome.value, outcome.text)
        assert stored == (outcome.indicator, meant.outcome, meant.value, meant.choice), answer.raw


def test_counselors_key_in_what_some_tell_and_each_figure_is_as_meant(year: Demo) -> None:
    told = {row.source for row in year.all(schema.OutcomeRow)}
    assert told > {"chat"}
    assert told <= {"chat", "phone", "paper", "visit"}
    entered = [row for row in year.all(schema.Audit) if row.action == "outcome.enter"]
    assert len(entered) >= 2


def test_a_second_year_has_begun(year: Demo) -> None:
    waves = {row.wave for row in year.all(schema.Followup) if row.status in ("completed", "partial", "invited")}
    assert {"3m", "6m", "12m"} <= waves


def test_no_client_is_left_without_an_answer(year: Demo) -> None:
    assert year.summary.stuck == ()
    assert [timer.kind for timer in year.all(schema.Timer) if timer.status in ("failed", "leased")] == []
    assert {row.status for row in year.all(schema.Outbox)} <= {"sent", "delivered", "read"}


def test_the_year_is_full_and_goes_on(year: Demo) -> None:
    summary = year.summary
    assert {center.code for center in year.all(schema.Center)} == {place.code for place in PLACES}
    assert summary.clients["registered"] >= 8
    assert summary.followups["completed"] >= 5
    assert summary.followups["planned"] >= 5
    assert summary.enrollments["attended"] >= 3
    assert min(row.received_at for row in year.all(schema.Inbox)) < UNTIL - timedelta(days=300)
    assert max(row.received_at for row in year.all(schema.Inbox)) <= UNTIL
    assert any(training.starts_at > UNTIL for training in year.all(schema.Training))
    assert min(timer.due_at for timer in year.all(schema.Timer) if timer.status == "pending") >= UNTIL


def test_everything_stays_on_phones_that_are_not_real(year: Demo) -> None:
    assert all(address.simulated for address in year.all(schema.Address))
    assert all(row.simulated for row in year.all(schema.Inbox))


def test_progress_rises_to_the_whole_year(year: Demo) -> None:
    assert year.progress == sorted(year.progress)
    assert year.progress[-1] == (400, 400)


def test_the_database_waits_for_the_disk_again(year: Demo) -> None:
    with year.database.read() as db:
        assert db.scalar(text("PRAGMA synchronous")) == 2


def test_the_same_seed_makes_the_same_year(tmp_path: Path, store_template: Callable[[str], str]) -> None:
    def figures(name: str) -> list[object]:
        sample = build(tmp_path / name, store_template("sqlite"), 3)
        inbox = [(row.provider_id, row.received_at) for row in sample.all(schema.Inbox)]
        outcomes = [(row.indicator, row.value, row.at) for row in sample.all(schema.OutcomeRow)]
        sample.database.close()
        return [inbox, outcomes]

    assert figures("one") == figures("two")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_clients_are_known(language: str) -> None:
    speech = SPEECH[language]
    steering = {
        Command.STOP: speech.stop,
        Command.START: speech.start,
        Command.SKIP: speech.skip,
        Command.BACK: speech.back,
        Command.PAUSE: speech.later,
        Command.FOLLOWUP: speech.update,
        Command.PERSON: speech.person,
        Command.CODE: speech.code,
        Command.ERASE: speech.erase,
    }
    assert {command: recognise(word) for command, word in steering.items()} == {
        command: command for command in steering
    }
    assert join_code(f"{speech.join} LC") == "LC"
    assert set(speech.trainings) == set(SERVICE_AREAS)


def test_no_number_is_anybodys() -> None:
    """Area codes with 555-01xx are kept for fiction; elsewhere no number begins with a zero."""
    for place in PLACES:
        numbers = [phone_number(place, index) for index in range(60)]
        assert len(set(numbers)) == 60
        assert all("55501" in number or number[4:8] == "0000" for number in numbers)
