"""Short and local multipliers: what "k", "mil", "grand" or "rojos" after a figure stands for, and how surely."""

from __future__ import annotations

from decimal import Decimal

_THOUSAND, _MILLION = Decimal(1000), Decimal(1_000_000)
_ROMANCE = frozenset(
    {
        "DO",
        "MX",
        "HN",
        "NI",
        "CR",
        "CO",
        "GT",
        "PA",
        "SV",
        "EC",
        "PE",
        "CL",
        "AR",
        "UY",
        "BO",
        "PY",
        "VE",
        "ES",
        "PR",
        "BR",
        "PT",
        "HT",
    }
)
_MIXED = frozenset({"BZ", "SR", "GP", "MQ", "GF"})
"""Where "mil" may be the Spanish, Portuguese or French thousand or the English or Dutch million."""

_SLANG = {
    "grand": (_THOUSAND, None),
    "grands": (_THOUSAND, None),
    "gran": (_THOUSAND, {"en"}),
    "g": (_THOUSAND, {"en"}),
    "gs": (_THOUSAND, {"en"}),
    "rack": (_THOUSAND, {"en"}),
    "racks": (_THOUSAND, {"en"}),
    "stack": (_THOUSAND, {"en"}),
    "stacks": (_THOUSAND, {"en"}),
    "bag": (_THOUSAND, {"en"}),
    "bills": (Decimal(100), {"en"}),
    "bill": (Decimal(100), {"en"}),
    "rojos": (_THOUSAND, {"es"}),
    "rojo": (_THOUSAND, {"es"}),
    "tejas": (Decimal(100), {"es"}),
    "teja": (Decimal(100), {"es"}),
    "lucas": (_THOUSAND, {"es"}),
    "luca": (_THOUSAND, {"es"}),
    "palos": (_MILLION, {"es"}),
    "palo": (_MILLION, {"es"}),
    "melones": (_MILLION, {"es"}),
    "tucanes": (Decimal(5000), {"es"}),
    "barras": (_MILLION, {"es"}),
    "contos": (_THOUSAND, {"pt"}),
    "conto": (_THOUSAND, {"pt"}),
    "barki": (Decimal(100), None),
    "barkie": (Decimal(100), None),
    "briques": (Decimal(10_000), {"fr"}),
    "patates": (_THOUSAND, {"fr"}),
    "kilo": (_THOUSAND, {"fr"}),
    "kk": (_MILLION, None),
    "mm": (_MILLION, None),
    "mi": (_MILLION, {"pt"}),
    "doi": (_THOUSAND, {"nl"}),
    "ton": (Decimal(100_000), {"nl"}),
    "rooitjes": (Decimal(10), {"nl"}),
}
_SURE = {
    "k": _THOUSAND,
    "mln": _MILLION,
    "mn": _MILLION,
    "mio": _MILLION,
    "mill": _MILLION,
    "milly": _MILLION,
    "milli": _MILLION,
    "mills": _MILLION,
    "miles": _THOUSAND,
    "dz": Decimal(12),
    "doz": Decimal(12),
    "ths": _THOUSAND,
    "thou": _THOUSAND,
    "thous": _THOUSAND,
}
_EXACT_SLANG = frozenset({"grand", "grands"})


def short_scale(word: str, language: str, country: str) -> tuple[Decimal, str] | None:
    """The factor that `word` right after a figure stands for, and "" or the hint of why it is not sure."""
    if word in {"mill", "mills"} and language in {"es", "pt"}:
        return _MILLION, "multiplier"
    if word in _SURE:
        return _SURE[word], ""
    if word == "m":
        return _MILLION, "multiplier" if language in {"es", "pt", "ht"} else ""
    if word == "mil":
        return _mil(language, country)
    if word not in _SLANG:
        return None
    factor, languages = _SLANG[word]
    if languages is not None and language not in languages:
        return None
    if word in {"tejas", "teja", "rojos", "rojo", "tucanes"} and country != "CR":
        return None
    return factor, "" if word in _EXACT_SLANG else "slang"


def _mil(language: str, country: str) -> tuple[Decimal, str]:
    if language in {"es", "pt", "ht", "fr"}:
        return _THOUSAND, ""
    if country in _ROMANCE:
        return _THOUSAND, "slang"
    if language == "nl" or country in _MIXED:
        return _MILLION, "multiplier"
    return _MILLION, ""
