"""Replies that hold no answer but a stance: I do not know, I would rather not say, nothing."""

from __future__ import annotations

UNKNOWN = frozenset(
    {
        "i don't know",
        "i dont know",
        "dont know",
        "don't know",
        "idk",
        "no se",
        "je ne sais pas",
        "je sais pas",
        "nao sei",
        "mwen pa konnen",
        "m pa konnen",
        "ik weet het niet",
        "weet niet",
    }
)
REFUSED = frozenset(
    {
        "rather not say",
        "i'd rather not say",
        "prefer not to say",
        "prefiero no decir",
        "je prefere ne pas dire",
        "prefiro nao dizer",
        "mwen pito pa di",
        "zeg ik liever niet",
    }
)
ZERO = frozenset(
    {
        "zero",
        "none",
        "nothing",
        "nada",
        "cero",
        "ninguno",
        "nadie",
        "rien",
        "aucun",
        "personne",
        "okenn",
        "anyen",
        "nenhum",
        "niets",
        "geen",
        "niemand",
    }
)
YES = frozenset({"yes", "y", "si", "oui", "wi", "sim", "ja", "yeah", "1", "👍"})
NO = frozenset({"no", "n", "non", "nao", "nee", "2", "👎"})
