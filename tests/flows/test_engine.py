"""The engine as tables: what an event makes of a conversation, beyond what the transcripts show."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows.catalog import FLOWS
from bot.flows.engine import advance, begin
from bot.flows.form import (
    Begin,
    Closed,
    Drop,
    Event,
    Finish,
    Heard,
    Keep,
    Measure,
    Nudged,
    OptOut,
    Resumed,
)
from bot.model import ReadingKind, Say
from tests.flows.phone import NOW, Phone, carried
from tests.flows.scripts import CLIENTS, Reply

FIGURES = ["2500", "2", "1", "0", "0", "yes"]
"""Every question of a follow-up up to its review."""
BEFORE_THE_FIGURES = ["English", "yes", "yes", "Marva Joseph", "Bakery", "Food and drink", "Castries"]
"""Every question of a registration up to its sales."""


def talk(flow: str, lines: Sequence[str], channel: str = "sms") -> Phone:
    """A client of Saint Lucia who writes `lines`."""
    phone = Phone(CLIENTS["en"], flow, channel)
    phone.replay([Reply(line) for line in lines])
    return phone


def said(phone: Phone) -> list[str]:
    """What was said in the last turn, as texts of the catalog."""
    return [effect.text for effect in phone.turns[-1].effects if isinstance(effect, Say)]


def values(phone: Phone) -> dict[str, object]:
    return {name: reading.value for name, reading in phone.state.answers.items()}


def result(phone: Phone) -> list[str]:
    return [effect.result for effect in phone.turns[-1].effects if isinstance(effect, Finish)]


# --- a figure that was read back -------------------------------------------------------------------------------------

READ_BACK = [
    # replies to "about how much did you sell in February"         what is kept      what is read back
    (["600 a week"], None, Decimal(600)),
    (["600 a week", "yes"], Decimal(2600), None),
    (["600 a week", "1"], Decimal(2600), None),
    (["600 a week", "yes 600"], Decimal(2600), None),
    (["600 a week", "no"], None, None),
    (["600 a week", "2"], None, None),
    (["600 a week", "no", "2500"], Decimal(2500), None),
    (["600 a week", "2500"], Decimal(2500), None),
    (["600 a week", "yes, 3000"], Decimal(3000), None),
    (["600 a week", "no, 3000", "yes"], Decimal(3000), None),
    (["600 a week", "700 a week"], None, Decimal(700)),
    (["600 a week", "700 a week", "yes"], Decimal(3033), None),
    (["600 a week", "back"], None, None),
    (["600 a week", "what?"], None, Decimal(600)),
    (["600 a week", "😀"], None, Decimal(600)),
    (["600 a week", "@photo"], None, Decimal(600)),
    (["600 a week", "help"], None, Decimal(600)),
    (["600 a week", "español"], None, Decimal(600)),
]


@pytest.mark.parametrize(("lines", "kept", "pending"), READ_BACK, ids=repr)
def test_a_figure_that_was_read_back(lines: list[str], kept: Decimal | None, pending: Decimal | None) -> None:
    phone = talk("followup", lines)
    reading = phone.state.answers.get("sales_month")
    value = reading.value if reading else None
    assert (value.quantize(Decimal("0.01")) if isinstance(value, Decimal) else None) == kept
    assert (phone.state.pending.value if phone.state.pending else None) == pending
    assert phone.state.question == ("sales_month" if kept is None else "employees_full")


def test_a_read_back_that_is_not_answered_never_asks_in_the_same_words() -> None:
    phone = talk("followup", ["600 a week", "what?", "what?", "what?"])
    heard = [tuple(e.text for e in turn.effects if isinstance(e, Say)) for turn in phone.turns[1:]]
    assert len(set(heard)) == len(heard)
    assert all("makes about" in texts[-1] for texts in heard)
    assert phone.state.pending is not None


def test_an_agreed_conversion_keeps_the_words_it_came_in() -> None:
    kept = [effect for effect in talk("followup", ["600 a week", "yes"]).turns[-1].effects if isinstance(effect, Keep)]
    assert [(effect.raw, effect.reading.approximate, effect.reading.period) for effect in kept] == [
        ("600 a week", True, None)
    ]


# --- moving about ----------------------------------------------------------------------------------------------------


def test_two_answers_in_one_fill_both_questions() -> None:
    phone = talk("followup", ["2500", "2 full 1 part"])
    assert values(phone) == {"sales_month": 2500, "employees_full": 2, "employees_part": 1}
    assert phone.state.question == "exports_month"


@pytest.mark.parametrize(
    "lines",
    [
        ["2500", "2 full 1 part", "back", "3 full 2 part"],
        ["2500", "4", "2 part and 3 full"],
        [*FIGURES, "change", "full-time", "3 full 2 part"],
    ],
)
def test_the_latest_word_on_both_counts(lines: list[str]) -> None:
    phone = talk("followup", lines)
    assert (values(phone)["employees_full"], values(phone)["employees_part"]) == (3, 2)
    kept: dict[str, object] = {}
    for turn in phone.turns:
        for effect in turn.effects:
            if isinstance(effect, Keep):
                assert effect.question not in kept
                kept[effect.question] = effect.reading.value
            elif isinstance(effect, Drop):
                del kept[effect.question]
    assert (kept["employees_full"], kept["employees_part"]) == (3, 2)


def test_an_idea_employs_nobody_and_is_asked_nothing_more() -> None:
    phone = talk("registration", [*BEFORE_THE_FIGURES, "idea"])
    assert phone.state.done
    measured = {e.indicator: e.reading.value for e in phone.turns[-1].effects if isinstance(e, Measure)}
    assert measured == {"sales_month": 0, "employees_full": 0, "employees_part": 0}


def test_a_no_to_the_service_ends_at_once_and_measures_nothing() -> None:
    phone = talk("registration", ["English", "no"])
    assert result(phone) == ["refused"]
    assert not [e for turn in phone.turns for e in turn.effects if isinstance(e, Measure)]


@pytest.mark.parametrize(
    ("lines", "question"),
    [
        ([], "sales_month"),
        (["2500"], "sales_month"),
        (["2500", "2"], "employees_full"),
        (["2500", "2", "skip"], "employees_part"),
        (FIGURES, "attribution"),
    ],
)
def test_back_takes_the_last_answer_back(lines: list[str], question: str) -> None:
    phone = talk("followup", [*lines, "back"])
    assert phone.state.question == question
    assert question not in phone.state.answers
    assert [e.question for e in phone.turns[-1].effects if isinstance(e, Drop)] == ([question] if lines else [])


@pytest.mark.parametrize("wanted", ["full-time", "2"])
def test_change_at_the_review_asks_that_one_again_and_then_the_review(wanted: str) -> None:
    phone = talk("followup", [*FIGURES, "change", wanted, "7"])
    assert phone.state.question == "review"
    assert values(phone) == {
        "sales_month": 2500,
        "employees_full": 7,
        "employees_part": 1,
        "exports_month": 0,
        "financing": 0,
        "attribution": "yes",
    }


def test_the_review_must_be_answered() -> None:
    phone = talk("followup", [*FIGURES, "skip"])
    assert phone.state.question == "review"
    assert talk("followup", [*FIGURES, "yes"]).state.done


@pytest.mark.parametrize(
    ("reply", "attribution"),
    [
        ("yes", "yes"),
        ("1", "yes"),
        ("yes, a lot", "yes"),
        ("yes, partly", "partly"),
        ("partly", "partly"),
        ("sí", "yes"),
        ("no", "no"),
        ("not at all", "no"),
        ("nee", "no"),
    ],
)
def test_attribution_is_what_they_said(reply: str, attribution: str) -> None:
    assert values(talk("followup", [*FIGURES[:-1], reply]))["attribution"] == attribution


# --- time passes -----------------------------------------------------------------------------------------------------


def test_a_pause_changes_nothing_and_the_next_answer_goes_on() -> None:
    before = talk("followup", ["2500"]).state
    phone = talk("followup", ["2500", "later"])
    assert phone.state == before
    assert len(said(phone)) == 1
    assert talk("followup", ["2500", "later", "2"]).state.question == "employees_part"


@pytest.mark.parametrize("event", [Resumed(NOW), Nudged(NOW)])
def test_what_was_read_back_is_asked_again_after_days(event: Event) -> None:
    phone = talk("followup", ["600 a week"])
    before = phone.state
    phone.take("(days later)", event)
    assert phone.state == before
    assert "makes about" in said(phone)[-1]


@pytest.mark.parametrize("given_figures", range(6))
def test_closing_keeps_what_was_given(given_figures: int) -> None:
    phone = talk("followup", [*FIGURES[:given_figures], "@close"])
    measured = [e.question for e in phone.turns[-1].effects if isinstance(e, Measure)]
    assert measured == list(phone.state.answers)
    assert len(measured) == given_figures
    assert result(phone) == ["partial"]
    assert said(phone) == []


def test_closing_keeps_nothing_that_still_awaits_a_yes() -> None:
    phone = talk("followup", ["600 a week", "@close"])
    assert phone.state.answers == {}
    assert phone.state.pending is None


def test_an_old_button_is_not_an_answer() -> None:
    phone = talk("followup", FIGURES[:-1], channel="telegram")
    before = phone.state
    phone.take("> [an old Yes]", Heard(NOW, choice="yes", stale=True))
    assert phone.state == before
    assert said(phone)[-1] == "Did the center's help contribute to these results?"


@pytest.mark.parametrize("event", [Begin(NOW), Heard(NOW, "5"), Nudged(NOW), Resumed(NOW), Closed(NOW)])
def test_what_is_over_answers_nothing(event: Event) -> None:
    phone = talk("followup", [*FIGURES, "yes"])
    before = phone.state
    phone.take("(afterwards)", event)
    assert (phone.state, phone.turns[-1].effects) == (before, ())


# --- stop ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["STOP", "alto", "arrêter", "sair", "sispann", "stoppen"])
@pytest.mark.parametrize("flow", FLOWS)
def test_stop_ends_every_flow(flow: str, word: str) -> None:
    state, context = begin(FLOWS[flow]), Phone(CLIENTS["en"], flow, "sms").context()
    opened = advance(FLOWS[flow], state, Begin(NOW), context).state
    turn = advance(FLOWS[flow], carried(opened), Heard(NOW, word), context)
    assert turn.state.done
    assert Finish("stopped") in turn.effects
    assert OptOut() in turn.effects
    assert turn.state.answers == {}


@pytest.mark.parametrize("given_figures", range(6))
def test_stop_keeps_what_was_given(given_figures: int) -> None:
    phone = talk("followup", [*FIGURES[:given_figures], "STOP"])
    measured = [e for e in phone.turns[-1].effects if isinstance(e, Measure)]
    assert len(measured) == given_figures


@pytest.mark.parametrize("question", range(len(FIGURES)))
def test_stop_within_a_sentence_is_an_answer_or_asked_again(question: int) -> None:
    phone = talk("followup", [*FIGURES[:question], "I stopped selling at the non stop market"])
    assert not [e for e in phone.turns[-1].effects if isinstance(e, OptOut)]


# --- whatever comes --------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *("yes", "no", "1", "2", "3", "600 a week", "2 full 1 part", "2500", "change", "skip", "back", "later", "help"),
        *("español", "STOP", "person", "language", "sí, 58 mil", "solo yo", "wi", "nee", "idea", "non stop", "0", "-5"),
        *("5 or 50", "1.500", "💸💸", "\x00", "{name}", "~1.2", "￼", "９９", "1e9", "9" * 60, "nan", "inf", "٣٤"),
    ]
)
EVENTS = st.one_of(
    st.builds(Heard, st.just(NOW), PIECES),
    st.builds(Heard, st.just(NOW), st.text(max_size=40)),
    st.builds(Heard, st.just(NOW), st.just(""), choice=st.sampled_from(["yes", "no", "skip", "person", "right", "?"])),
    st.builds(Heard, st.just(NOW), st.just(""), media=st.sampled_from(["photo", "voice", "location"])),
    st.builds(Heard, st.just(NOW), PIECES, choice=st.just("yes"), stale=st.just(True)),
    st.sampled_from([Nudged(NOW), Resumed(NOW)]),
)


@pytest.mark.parametrize("flow", ["registration", "followup"])
@given(events=st.lists(EVENTS, max_size=12), language=st.sampled_from(["en", "es", "fr", "pt", "ht", "nl"]))
def test_no_sequence_of_messages_breaks_a_conversation(flow: str, events: list[Event], language: str) -> None:
    """Every state survives its JSON, every reply can be rendered, and only an answer that was given is kept."""
    phone = Phone(CLIENTS[language], flow, "telegram")
    for event in (Begin(NOW), *events):
        was_done = phone.state.done
        phone.take("", event)
        state = phone.state
        assert was_done or phone.turns[-1].effects
        assert state.done or state.question is not None
        assert all(reading.outcome is not ReadingKind.ASK_AGAIN for reading in state.answers.values())
        assert set(state.path) <= set(state.answers)
