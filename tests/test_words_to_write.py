"""The words that texts tell a client to write, and the labels they may type: the program knows each in each language."""

from __future__ import annotations

import re

import pytest

from bot.answers.ask import Ask
from bot.answers.commands import Command, join_code, link_argument, recognise
from bot.answers.yesno import read_yesno
from bot.flows.catalog import FLOWS
from bot.flows.engine import NO, YES, advance
from bot.flows.form import Flow, Heard, Keep, Question
from bot.flows.state import State
from bot.model import LANGUAGES, Kind, ReadingKind
from bot.text.gsm import fold
from tests.phrases import CATALOGS, NOW, OTHERS, QUESTIONS, context, texts

WORDS: dict[str, object] = {
    "BACK": Command.BACK,
    "SKIP": Command.SKIP,
    "LATER": Command.PAUSE,
    "LANGUAGE": Command.LANGUAGE,
    "PERSON": Command.PERSON,
    "STOP": Command.STOP,
    "START": Command.START,
    "HELP": Command.HELP,
    "UPDATE": Command.FOLLOWUP,
    "CODE": Command.CODE,
    "ERASE": Command.ERASE,
    "MY DATA": Command.DATA,
    "LINK": "a code that links",
    "JOIN": "a center's code",
    "TRAINING": "the next training",
    "NO SURVEYS": "no check-ins any more",
    "SURVEYS": "check-ins again",
    "IDEA": "not open yet",
    "OK": "what was announced",
    "NEW": "another registration",
    "SWITCH": "the other business of a shared phone",
}
"""What each word that English texts tell a client to write leads to."""
NO_COMMANDS = {"SMS", "SBDC"}


def meaning(word: str) -> object:
    """What writing `word`, as a phone shows it, leads to."""
    if (command := recognise(word)) is not None:
        return command
    if link_argument(f"{word} 482913") == "482913":
        return WORDS["LINK"]
    if join_code(f"{word} LC") == "LC":
        return WORDS["JOIN"]
    for named in ("TRAINING", "NO SURVEYS", "SURVEYS", "IDEA", "NEW", "SWITCH"):
        if word in {fold(spelling) for spelling in CATALOGS.spellings(named)}:
            return WORDS[named]
    if read_yesno(word, Ask(Kind.YESNO)).value is True:
        return WORDS["OK"]
    return None


def commanded(text: str) -> list[str]:
    """The words in capitals in a text as a phone shows it, neighbours as one ("PLUS TARD")."""
    found = re.findall(r"[A-ZÉÑ]{2,}(?: [A-ZÉÑ]{2,})*", re.sub(r"\{\w+\}", "0", fold(text)))
    return [phrase for phrase in found if phrase not in NO_COMMANDS]


def test_the_words_in_english_texts_are_known() -> None:
    named = {word for text in texts() for word in commanded(text)}
    assert named <= set(WORDS)
    assert {word: meaning(word) for word in named} == {word: WORDS[word] for word in named}


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_names_words_that_do_the_same(language: str) -> None:
    wrong = {}
    for text in texts():
        here = commanded(CATALOGS.translate(text, language))
        meant = [meaning(word) for word in here]
        if sorted(map(str, meant)) != sorted(str(WORDS[word]) for word in commanded(text)):
            wrong[text] = dict(zip(here, meant, strict=True))
    assert wrong == {}


def heard(flow: Flow, question: Question, text: str, language: str) -> object:
    """What `text` is kept as when it answers the question; None where it is asked again."""
    state = State(flow.name, 1, question.name, asked=1)
    turn = advance(flow, state, Heard(NOW, text), context(language))
    kept = [effect.reading for effect in turn.effects if isinstance(effect, Keep)]
    return (kept[0].value if kept[0].value is not None else kept[0].outcome) if kept else None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_typed_is_the_choice_it_names(language: str) -> None:
    wrong = {}
    for flow, question in QUESTIONS:
        if question.leads or question.name == "change":
            continue
        for choice in question.options({}, context(language)):
            label = choice.label if choice.literal else CATALOGS.translate(choice.label, language)
            for typed in (label, fold(label).lower()):
                if heard(flow, question, typed, language) != choice.id:
                    wrong[question.name, typed] = heard(flow, question, typed, language)
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_yes_and_no_are_heard_wherever_they_are_asked_for(language: str) -> None:
    for flow, name, yes, no in [
        ("registration", "consent", True, False),
        ("training", "rsvp", "yes", "no"),
        ("followup", "attribution", "yes", "no"),
        ("followup", "review", "right", "change"),
    ]:
        question = FLOWS[flow].question(name)
        for label, meant in ((YES.label, yes), (NO.label, no)):
            assert heard(FLOWS[flow], question, CATALOGS.translate(label, language), language) == meant


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("IDEA", "idea"),
        ("idée", "idea"),
        ("It's just an idea", "idea"),
        ("Aún no he abierto", "idea"),
        ("no idea", ReadingKind.UNKNOWN),
        ("no tengo idea", ReadingKind.UNKNOWN),
        ("aucune idée", ReadingKind.UNKNOWN),
        ("não faço ideia", ReadingKind.UNKNOWN),
        ("geen idee", ReadingKind.UNKNOWN),
    ],
)
def test_having_no_idea_is_not_an_idea(text: str, kept: object) -> None:
    assert heard(FLOWS["registration"], FLOWS["registration"].question("sales_month"), text, "en") == kept
