"""Words that steer the conversation instead of answering it: STOP, HELP, LANGUAGE and the like.

Only a whole message is a command, in any of the languages, with greetings and politeness around it if need be. A word
inside an answer ("I stopped selling", "non stop") never is.
"""

from __future__ import annotations

import re
from enum import StrEnum

from bot.answers.fold import fold, has_words, words_only
from bot.answers.words import BY_LANGUAGE


class Command(StrEnum):
    STOP = "stop"
    START = "start"
    HELP = "help"
    LANGUAGE = "language"
    BACK = "back"
    SKIP = "skip"
    PAUSE = "pause"
    PERSON = "person"
    LINK = "link"
    CODE = "code"
    FOLLOWUP = "followup"
    DATA = "data"
    ERASE = "erase"


LONGEST_COMMAND = 80
"""Characters; a longer message is an answer or a letter, never a command."""

_SLASHED = {"/opt_out": Command.STOP, "/language": Command.LANGUAGE, "/survey": Command.FOLLOWUP}

_PHRASES = {
    phrase: Command(name)
    for words in BY_LANGUAGE.values()
    for name, phrases in words.commands.items()
    for phrase in phrases
}
_POLITE = sorted({p for words in BY_LANGUAGE.values() for p in words.polite}, key=len, reverse=True)
_POLITE_BEFORE = re.compile(rf"(?:{'|'.join(map(re.escape, _POLITE))})\s+")
_POLITE_AFTER = re.compile(rf"\s+(?:{'|'.join(map(re.escape, _POLITE))})$")
_LANGUAGES = {name: words.code for words in BY_LANGUAGE.values() for name in words.names}

_STOP = re.compile(
    r"(?:i want (?:you )?to |can you |could you |you can |would you )?s+t+o+p+e?d?(?: all| it| this| that| now| the| these| those)*"
    r"(?: (?:texting|messaging|sending|contacting|writing|bothering|calling|whatsapping|spamming|harassing|disturbing))?"
    r"(?: (?:me|us|my phone|my number|these|those|this|any|more|any more|all|the|to))*"
    r"(?: (?:messages?|texts?|texting|sms|msgs?|messaging|surveys?|questions?|reminders?|spam|stuff|anymore|again))*"
)
_JOIN = re.compile(
    rf"(?:{'|'.join(word for words in BY_LANGUAGE.values() for word in words.join)}|/start|/join) ([a-z0-9-]{{2,12}})"
)
_LINK = re.compile(
    r"(?:link|/link|/start link[-_ ]|enlace|enlazar|vincular|lier|vincule|konekte|koppel|koppelen) ?([\w-]{3,40})"
)


def recognise(text: str) -> Command | None:
    """The command that the whole of `text` is, or None. Never raises."""
    if not text or len(text) > 4 * LONGEST_COMMAND or not has_words(fold(text)):
        return None
    if link_argument(text) is not None:
        return Command.LINK
    folded = fold(text)
    if folded.startswith("/"):
        name = folded[1:].split("@", 1)[0].rstrip(" .!")
        return _SLASHED.get("/" + name) or _PHRASES.get(name.replace("_", " "))
    words = words_only(text)
    if not words or len(words) > LONGEST_COMMAND:
        return None
    return _phrase(words) or _phrase(_bare(words))


def center_code(text: str, choice: str | None) -> str | None:
    """The center's code in a JOIN message, or in the button of a center."""
    if choice is None:
        return join_code(text)
    return choice.removeprefix("join:") if choice.startswith("join:") else None


def link_argument(text: str) -> str | None:
    """What follows LINK (a linking code or a client code, upper case), or None where `text` is no LINK message."""
    match = _LINK.fullmatch(fold(text).strip(" .!\"'"))
    if match is None or not any(c.isdigit() for c in match[1]):
        return None
    return match[1].upper()


def join_code(text: str) -> str | None:
    """The center's code (2 to 12 of A-Z 0-9 -) in a JOIN message in any language or a `/start CODE` link, else None."""
    match = _JOIN.fullmatch(_bare(" ".join(re.sub(r"[,;.!?¡¿\"']", " ", fold(text)).split())))
    return match[1].upper() if match else None


def language_named(text: str) -> str | None:
    """The code of the language that the whole of `text` names ("español", "English please", "nl"), else None."""
    if not text or len(text) > LONGEST_COMMAND or not has_words(fold(text)):
        return None
    words = words_only(text)
    return _LANGUAGES.get(words) or _LANGUAGES.get(_bare(words))


def _phrase(words: str) -> Command | None:
    if found := _PHRASES.get(words):
        return found
    return Command.STOP if _STOP.fullmatch(words) else None


def _bare(words: str) -> str:
    """Without the greetings and politeness around it (at most three on each side)."""
    for _ in range(3):
        words = _POLITE_BEFORE.sub("", words, count=1) if _POLITE_BEFORE.match(words) else words
        words = _POLITE_AFTER.sub("", words)
    return words
