"""Reading a yes or a no."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.answers.ask import Ask
from bot.answers.fold import fold
from bot.answers.noise import obstacle
from bot.answers.stance import plain, stance, unclear
from bot.answers.words import BY_LANGUAGE
from bot.model import Reading, ReadingKind

_YES_SIGNS = "👍✅✔☑👌💯🙌🆗🤝"
_NO_SIGNS = "👎❌✖🚫🙅⛔❎"
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff♂♀]")
_INVITING = frozenset(
    {
        "why not",
        "sure why not",
        "por que no",
        "porque no",
        "y por que no",
        "pourquoi pas",
        "por que nao",
        "porque nao",
        "poukisa pa",
        "pouki pa",
        "waarom niet",
        "yes why not",
        "no problem",
        "no hay problema",
        "pas de probleme",
        "sem problema",
        "sem problemas",
        "sin problema",
        "i think so",
        "think so",
        "creo que si",
        "acho que sim",
        "je crois que oui",
        "ik denk het wel",
        "denk het wel",
        "i guess so",
    }
)
"""Sayings that mean yes and may mean something else."""
_WAVERING = frozenset(
    {
        "wait",
        "but",
        "maybe",
        "sometimes",
        "pero",
        "quizas",
        "talvez",
        "tal vez",
        "mais",
        "peut etre",
        "parfois",
        "mas",
        "men",
        "petet",
        "maar",
        "misschien",
        "soms",
        "espera",
        "or",
        "if",
        "unless",
        "except",
        "depende",
        "depends",
        "depend",
        "depann",
        "almost",
        "casi",
        "presque",
        "quase",
        "bijna",
        "partly",
        "partially",
        "half",
    }
)
_NEGATING = frozenset(
    {
        "not",
        "no",
        "never",
        "dont",
        "didnt",
        "havent",
        "nope",
        "cannot",
        "cant",
        "wasnt",
        "isnt",
        "doesnt",
        "nunca",
        "jamas",
        "non",
        "pas",
        "jamais",
        "nao",
        "pa",
        "janm",
        "nee",
        "niet",
        "geen",
        "nooit",
        "poko",
        "tampoco",
        "aun no",
        "nah",
        "nuh",
        "neva",
    }
)
_AFFIRMING = frozenset({"yes", "yeah", "yep", "si", "oui", "ouais", "sim", "wi", "ja", "jawel", "yea", "yup"})
_NOUNS_AFTER_NO = frozenset(
    {
        "problem",
        "problema",
        "problemas",
        "worries",
        "matter",
        "way",
        "doubt",
        "idea",
        "se",
        "sei",
        "comment",
        "more",
        "mas",
        "mais",
        "one",
        "body",
        "puedo",
        "entiendo",
        "entendi",
        "comprendo",
    }
)
_PLAIN_NO = frozenset({"no", "non", "nao", "nee", "nope"})
_LONGEST_LEAD = 5


def read_yesno(text: str, ask: Ask) -> Reading:
    """True or False; "1" and "2" are the buttons' numbers for yes and no."""
    folded = fold(text)
    if (signed := _by_signs(folded)) is not None:
        return signed
    words = plain(text)
    if not words:
        return _again("question" if "?" in folded else "empty", "neither yes nor no")
    if words in ("1", "2") and "-" not in folded:
        return _said(words == "1", "picked by its number")
    if (whole := _whole(words, ask.language)) is not None:
        doubtful = "?" in folded
        return (
            _again("question", "asked rather than told")
            if doubtful
            else _said(whole, "a plain yes" if whole else "a plain no")
        )
    if words in _INVITING:
        return _said(True, "a saying that means yes", confirm=True)
    if obstacle(folded):
        return _again("media", "no yes and no no")
    said = next(filter(None, (stance(plain(part), ask.language) for part in re.split(r"[,;.!?]", folded))), "")
    if words in _words(ask.language, "maybe") or any(words in _words(code, "maybe") for code in BY_LANGUAGE):
        return unclear(words, ask.language, "yes_or_no", "neither yes nor no")
    if said in ("refused", "unknown") and words.split()[0] not in _AFFIRMING:
        return unclear(words, ask.language, "", "")
    if (led := _led(folded, words, ask.language)) is not None:
        return led
    if said:
        return unclear(words, ask.language, "yes_or_no", "neither yes nor no")
    if (ending := _ending(words.split())) is not None and "?" not in folded:
        return _said(ending, "ends with a yes" if ending else "ends with a no", confirm=len(words.split()) > 3)
    return _again("question" if "?" in folded else "yes_or_no", "neither yes nor no")


def _again(hint: str, reason: str) -> Reading:
    return Reading(ReadingKind.ASK_AGAIN, hint=hint, reason=reason)


def _said(yes: bool, why: str, *, confirm: bool = False) -> Reading:
    return Reading(ReadingKind.VALUE, value=yes, confirm=confirm, reason=why)


def _by_signs(folded: str) -> Reading | None:
    bare = _SKIN.sub("", folded)
    yes, no = any(c in bare for c in _YES_SIGNS), any(c in bare for c in _NO_SIGNS)
    if yes and no:
        return _again("sides", "a yes and a no")
    if not (yes or no):
        return None
    if re.search(r"[^\W_]", bare):
        return None
    return _said(yes, "a thumb or a tick")


@lru_cache(maxsize=64)
def _words(language: str, name: str) -> frozenset[str]:
    words = BY_LANGUAGE.get(language)
    return frozenset(plain(entry) for entry in getattr(words, name)) if words else frozenset()


@lru_cache(maxsize=8)
def _polite(language: str) -> tuple[str, ...]:
    words = BY_LANGUAGE.get(language, BY_LANGUAGE["en"])
    return tuple(sorted((plain(p) for p in words.polite), key=len, reverse=True))


def _squeezed(words: str) -> list[str]:
    """The words with drawn-out letters shortened: yesss → yess and yes, sííí → sii and si."""
    return [words, re.sub(r"(\w)\1{2,}", r"\1\1", words), re.sub(r"(\w)\1+", r"\1", words)]


def _whole(words: str, language: str) -> bool | None:
    """What the whole message is a usual way of saying; the client's language first, politeness around it dropped."""
    for code in (language, *(c for c in BY_LANGUAGE if c != language)):
        for form in dict.fromkeys([*_squeezed(words), _impolite(words, code), *_squeezed(_impolite(words, code))]):
            no, yes = form in _words(code, "no"), form in _words(code, "yes")
            if yes != no:
                return yes
    return None


def _impolite(words: str, language: str) -> str:
    for _ in range(2):
        for polite in _polite(language):
            if words.startswith(polite + " "):
                words = words[len(polite) + 1 :]
            if words.endswith(" " + polite):
                words = words[: -len(polite) - 1]
    return words


def _led(folded: str, words: str, language: str) -> Reading | None:
    """A reply that begins with a yes or a no and goes on without taking it back."""
    for code in (language, *(c for c in BY_LANGUAGE if c != language)):
        split = words.split()
        for length in range(min(_LONGEST_LEAD, len(split) - 1), 0, -1):
            lead = " ".join(split[:length])
            answer = _whole_in(lead, code)
            if answer is None:
                continue
            return _judged(answer, lead, split[length:], folded)
    return None


def _ending(words: list[str]) -> bool | None:
    """A short reply that only comes to its yes or no at the end: "well yes", "I would say no"."""
    said = set(words)
    if len(words) > 6 or said & _WAVERING:
        return None
    if words[-1] in _AFFIRMING and not said & _NEGATING:
        return True
    return False if words[-1] in _PLAIN_NO and not said & _AFFIRMING and len(said & _NEGATING) == 1 else None


def _whole_in(lead: str, code: str) -> bool | None:
    if len(lead) < 2:
        return None
    for form in _squeezed(lead):
        if form in _words(code, "yes"):
            return True
        if form in _words(code, "no"):
            return False
    return None


def _judged(answer: bool, lead: str, rest: list[str], folded: str) -> Reading | None:
    left = set(rest)
    if left & _WAVERING or "?" in folded:
        return _again("sides", "a yes or no that is taken back")
    if lead == "no" and rest[0] in _NOUNS_AFTER_NO:
        return None
    if answer and left & _NEGATING:
        return _again("sides", "a yes and a no")
    if not answer and left & _AFFIRMING:
        return _again("sides", "a no and a yes")
    return _said(answer, "begins with a yes" if answer else "begins with a no", confirm=len(rest) > 8)
