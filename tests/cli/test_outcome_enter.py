"""Figures entered on the command line: question by question, as the chat reads them."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from storage.engine import Database
from storage.schema import Client, Followup, OutcomeRow
from tests.cli import CENTER, Shell, audited


@pytest.fixture
def sh(sh: Shell) -> Shell:
    """A center with a counselor, and a client who agreed to surveys and speaks Spanish."""
    sh.ok(CENTER)
    sh.ok("staff add 'Rosa Charles' --center LC --email rosa@lc.example")
    (sh.folder / "clients.csv").write_text("code,name,phone\nLC-AAAA,Marie,4550102\n")
    sh.ok("client import clients.csv --center LC")
    agrees(sh, survey_consent=True, language="es")
    return sh


def agrees(sh: Shell, **values: object) -> None:
    database = Database.open(sh.url)
    with database.write() as db:
        db.execute(update(Client).values(status="registered", service_consent=True, **values))
    database.close()


def kept(sh: Shell) -> dict[str, object]:
    """The figures on record, and whose they are."""
    database = Database.open(sh.url)
    with database.read() as db:
        found: dict[str, object] = {
            row.indicator: row.value if row.value is not None else row.text for row in db.scalars(select(OutcomeRow))
        }
        found |= {followup.wave: followup.status for followup in db.scalars(select(Followup))}
    database.close()
    return found


def test_replies_come_one_per_line(sh: Shell) -> None:
    said = sh.ok("outcome enter marie --how phone --by rosa@lc.example", "5200\n3\n1\nninguno\n\nen parte\n")
    assert "¿Cuántas personas trabajan" in said
    assert said.endswith(
        "LC-AAAA: kept as follow-up asked, told by phone. To see the figures: acompana outcome show LC-AAAA\n"
        "The client is asked in the chat whether the center helped."
    )
    assert kept(sh) == {
        "sales_month": 5200,
        "employees_full": 3,
        "employees_part": 1,
        "exports_month": 0,
        "financing": None,
        "attribution": "partly",
        "asked": "completed",
    }
    assert audited(sh)[-1] == ("rosa@lc.example", "outcome.enter", "LC-AAAA")


DIALOGUES = [
    # replies about the sales                 what is kept
    (["52000000", "sí"], 52_000_000),
    (["52000000", "no", "5200"], 5200),
    (["52000000", "5200"], 5200),
    (["más o menos", "5200"], 5200),
]


@pytest.mark.parametrize(("lines", "sales"), DIALOGUES)
def test_a_doubtful_reply_is_read_back_and_an_unclear_one_asked_again(sh: Shell, lines: list[str], sales: int) -> None:
    sh.ok("outcome enter LC-AAAA --how visit", "\n".join([*lines, "3", "1", "0", "0", "sí", ""]))
    assert kept(sh)["sales_month"] == sales


def test_input_that_ends_early_keeps_nothing(sh: Shell) -> None:
    said = sh("outcome enter marie --how paper", "5200\n3\n")
    assert (said.code, said.err) == (1, "the input ended before the last question; nothing was kept")
    assert kept(sh) == {}


REFUSED = [
    ("--how fax", "--how fax: choose one of phone, visit, paper"),
    ("--how phone --wave 6m", "LC-AAAA: has no follow-up 6m; choose one of asked"),
    ("--how phone --wave 6m --followup 1", "--wave and --followup: give one of them"),
    ("--how phone --by nobody", "there is no staff member 'nobody'"),
]


@pytest.mark.parametrize(("options", "why"), REFUSED)
def test_what_cannot_be_entered_is_refused_before_the_first_question(sh: Shell, options: str, why: str) -> None:
    said = sh(f"outcome enter marie {options}")
    assert (said.code, said.out) == (1, "")
    assert why in said.err


def test_who_refused_surveys_is_not_asked(sh: Shell) -> None:
    agrees(sh, survey_consent=False)
    assert sh("outcome enter marie --how phone").err == "LC-AAAA: has not agreed to follow-up surveys"


def test_what_was_said_counts_once_a_paper_is_on_file(sh: Shell) -> None:
    said = sh.ok("outcome enter marie --how visit --wave asked", "5200\n3\n1\nninguno\n\nen parte\n")
    assert said.endswith("The client is asked in the chat whether the center helped.")
    assert sh("outcome paper marie --wave 6m --note x").err == "--wave: LC-AAAA has no follow-up 6m"
    assert sh.ok("outcome paper marie --wave asked --note 'folder 12'") == (
        "LC-AAAA, asked: on file that the center helped: partly."
    )
    again = "--wave: LC-AAAA claimed nothing in the follow-up asked that a paper could show"
    assert sh("outcome paper marie --wave asked --note 'folder 12'").err == again
    assert audited(sh)[-1][1:] == ("outcome.paper", "LC-AAAA")


def test_a_query_asks_the_client_or_says_why_not(sh: Shell) -> None:
    sh.ok("outcome enter marie --how paper --wave asked", "5200\n3\n1\nninguno\n\nsí\n")
    review = "outcome review marie --wave asked --why jump --state queried"
    said = sh.ok(f"{review} --indicator sales_month --words '¿Es de un mes?'").splitlines()
    assert said[1:] == ["The client is asked in the chat: 1 question."]
    agrees(sh, survey_consent=False)
    assert sh.ok(review).endswith("The client is not asked: has not agreed to follow-up surveys.")
    wrong = sh("outcome review marie --wave asked --why x --state verified --words y")
    assert wrong.err == "--words: only a query asks the client"
