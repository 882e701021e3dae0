"""Commands are whole messages; an answer that holds such a word is none."""

from __future__ import annotations

import itertools
import re

import pytest

from bot.answers.commands import Command, join_code, language_named, link_argument, recognise
from bot.answers.fold import has_words
from bot.answers.words import BY_LANGUAGE

COMMANDS = {
    Command.STOP: (
        "STOP|Stop!|stop.|please stop|STOP PLEASE 🛑|stopp|stop all|stop it|stop texting me|please stop messaging me|can you stop sending me these messages|"
        "unsubscribe|end|quit|cancel|optout|leave me alone|remove me|don't text me|do not contact me|/stop|"
        "alto|parar|cancelar|baja|no más mensajes|no me escriban más|¡No me escriban mas!|dejen de molestar|no quiero más mensajes|por favor no me escriban|"
        "arrêt|arrêter|arrêtez de m'écrire|plus de messages svp|laissez-moi tranquille|"
        "sispann|rete|pa ekri m ankò|mwen pa vle mesaj ankò|kite m trankil|"
        "sair|pare|não quero mais mensagens|me deixa em paz|stoppen|afmelden|geen berichten meer|laat me met rust"
    ),
    Command.START: "start|START|unstop|/start|empezar|comenzar|commencer|kòmanse|começar|starten",
    Command.HELP: "help|HELP|info|menu|/help|ayuda|aide|èd|ajuda|hulp",
    Command.LANGUAGE: "language|idioma|langue|lang|língua|taal|/language",
    Command.BACK: "back|go back|atrás|volver|retour|tounen|voltar|terug",
    Command.SKIP: "skip|skip this|saltar|omitir|passer|sote|pular|overslaan",
    Command.PAUSE: "pause|later|más tarde|luego|plus tard|pita|mais tarde|depois|niet nu",
    Command.PERSON: "person|counselor|talk to a person|hablar con alguien|asesor|parler à quelqu'un|pale ak yon moun|falar com alguém|adviseur",
    Command.CODE: "code|my code|código|mon code|kòd|meu código|mijn code",
    Command.FOLLOWUP: "update|follow-up|survey|encuesta|seguimiento|suivi|swivi|pesquisa|opvolging",
    Command.DATA: "my data|mis datos|mes données|done mwen|meus dados|mijn gegevens",
    Command.ERASE: "delete my data|forget me|borrar mis datos|effacer mes données|efase done mwen|apagar meus dados|verwijder mijn gegevens",
    Command.LINK: "link AB12CD|LINK 4821|enlace 4821",
}
ANSWERS = (
    "non stop|I stopped selling|no more stock|we stop at 5|stop sign shop|nonstop 3 workers|3|4500|none|nothing|yes|no|3 full time|"
    "no vendí nada|nada|yo sola|une personne|yon moun|uma pessoa|een persoon|no more|I will not stop|the rain stopped sales|bus stop|full stop 300|"
    "dos mil|no|non|nee|não||🙂|I cancelled one order|the end of 2019|at the end of the month"
)


@pytest.mark.parametrize(
    ("text", "command"), [(text, command) for command, texts in COMMANDS.items() for text in texts.split("|")]
)
def test_a_whole_message_is_a_command(text: str, command: Command) -> None:
    assert recognise(text) is command


@pytest.mark.parametrize("text", ANSWERS.split("|"))
def test_an_answer_is_no_command(text: str) -> None:
    assert recognise(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("JOIN LC", "LC"),
        ("join lc", "LC"),
        ("Join lc-02.", "LC-02"),
        ("UNIRME DO", "DO"),
        ("hola, unirme do por favor", "DO"),
        ("/start LC", "LC"),
        ("REJOINDRE HT", "HT"),
        ("ANTRE HT", "HT"),
        ("ENTRAR BR", "BR"),
        ("MEEDOEN SR", "SR"),
        ("JOIN", None),
        ("JOIN THE CLUB TODAY", None),
        ("/start", None),
        ("4500", None),
    ],
)
def test_join_names_a_center(text: str, code: str | None) -> None:
    assert join_code(text) == code


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("español", "es"),
        ("ES", "es"),
        ("English please", "en"),
        ("Kreyòl", "ht"),
        ("Français", "fr"),
        ("portugues", "pt"),
        ("Nederlands", "nl"),
        ("I speak English and Spanish", None),
        ("4500", None),
    ],
)
def test_a_language_is_named_by_the_whole_message(text: str, language: str | None) -> None:
    assert language_named(text) == language


@pytest.mark.parametrize(
    ("text", "argument"), [("LINK ab12cd", "AB12CD"), ("link", None), ("link me up", None), ("enlace 4821", "4821")]
)
def test_what_follows_link(text: str, argument: str | None) -> None:
    assert link_argument(text) == argument


@pytest.mark.parametrize("length", [1, 2, 3])
def test_what_has_no_letter_is_no_phrase(length: int) -> None:
    """By this the readers of figures spare themselves a look at all phrases of all languages."""
    patterns = [
        re.compile(pattern.strip())
        for words in BY_LANGUAGE.values()
        for name in ("refused", "unknown", "nothing", "complaints")
        for pattern in getattr(words, name)
    ]
    for characters in itertools.product("05%+/ ", repeat=length):
        text = "".join(characters)
        assert not any(pattern.search(text) for pattern in patterns), text
    assert all(
        has_words(phrase) for words in BY_LANGUAGE.values() for ours in words.commands.values() for phrase in ours
    )
