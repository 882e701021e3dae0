"""What people call money: signs, codes and names, and what each means in a country."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.answers.countries import currency_of

UNLISTED = "XXX"
"""ISO 4217 for no currency: money that nobody in these countries keeps books in."""

_SIGNS = {
    "ec$": "XCD",
    "$ec": "XCD",
    "xcd$": "XCD",
    "bds$": "BBD",
    "bbd$": "BBD",
    "bz$": "BZD",
    "$bz": "BZD",
    "bzd$": "BZD",
    "j$": "JMD",
    "ja$": "JMD",
    "$ja": "JMD",
    "$j": "JMD",
    "jmd$": "JMD",
    "tt$": "TTD",
    "$tt": "TTD",
    "ttd$": "TTD",
    "g$": "GYD",
    "gyd$": "GYD",
    "rd$": "DOP",
    "$rd": "DOP",
    "dop$": "DOP",
    "mx$": "MXN",
    "$mx": "MXN",
    "mxn$": "MXN",
    "r$": "BRL",
    "us$": "USD",
    "u$": "USD",
    "$us": "USD",
    "usd$": "USD",
    "$usd": "USD",
    "ci$": "KYD",
    "sr$": "SRD",
    "srd$": "SRD",
    "$srd": "SRD",
    "€": "EUR",
    "£": "GBP",
    "₡": "CRC",
    "¢": "CRC",
    "b/.": "PAB",
    "b/": "PAB",
    "s/": "PEN",
    "htg$": "HTG",
    "col$": "COP",
    "cop$": "COP",
    "a$": "AUD",
    "ca$": "CAD",
    "cad$": "CAD",
    "n$": UNLISTED,
    "₲": "PYG",
}
_BY_PLACE = {"c$": {"NI": "NIO"}, "b$": {"BS": "BSD", "BZ": "BZD", "BB": "BBD", "BM": "BMD"}}
_ELSEWHERE = {"c$": "CAD", "b$": "BSD"}
_CODES = [
    "xcd",
    "bbd",
    "bzd",
    "bsd",
    "gyd",
    "jmd",
    "ttd",
    "srd",
    "htg",
    "dop",
    "crc",
    "gtq",
    "hnl",
    "nio",
    "pab",
    "usd",
    "mxn",
    "cop",
    "brl",
    "eur",
    "gbp",
    "cad",
    "kyd",
    "awg",
    "xcg",
    "pen",
    "clp",
    "ars",
    "uyu",
    "bob",
    "pyg",
    "ves",
]
NAMES = {
    **{code: code.upper() for code in _CODES},
    **dict.fromkeys(
        [
            "ec",
            "ecd",
            "ec dollars",
            "ec dollar",
            "eastern caribbean",
            "eastern caribbean dollars",
            "east caribbean",
            "east caribbean dollars",
            "e c",
        ],
        "XCD",
    ),
    **dict.fromkeys(
        [
            "jamaican",
            "jamaican dollars",
            "jamaican dollar",
            "jamaica dollars",
            "jamaican money",
            "ja dollars",
            "j dollars",
            "jm",
        ],
        "JMD",
    ),
    **dict.fromkeys(
        ["tt", "tt dollars", "tt dollar", "trini dollars", "trinidad dollars", "trinidadian dollars"], "TTD"
    ),
    **dict.fromkeys(
        [
            "bz",
            "belize",
            "belize dollars",
            "belize dollar",
            "belizean dollars",
            "belizean",
            "bz dollars",
            "dolares belicenos",
            "dolares de belice",
            "dolar beliceno",
        ],
        "BZD",
    ),
    **dict.fromkeys(["bds", "bajan dollars", "barbados dollars", "barbadian dollars", "bajan", "bds dollars"], "BBD"),
    **dict.fromkeys(["bahamian dollars", "bahamian", "bahamas dollars"], "BSD"),
    **dict.fromkeys(["guyana dollars", "guyanese dollars", "guyanese", "gy dollars", "guyana money", "gy"], "GYD"),
    **dict.fromkeys(["rd", "pesos dominicanos", "dominican pesos", "peso dominicano"], "DOP"),
    **dict.fromkeys(["pesos mexicanos", "mexican pesos", "peso mexicano", "mx"], "MXN"),
    **dict.fromkeys(["pesos colombianos", "peso colombiano"], "COP"),
    **dict.fromkeys(["quetzales", "quetzal", "quetzals", "qtz", "quetz", "qs"], "GTQ"),
    **dict.fromkeys(["lempiras", "lempira", "lps", "lp", "lemps"], "HNL"),
    **dict.fromkeys(["cordobas", "cordoba"], "NIO"),
    **dict.fromkeys(["colones", "colon", "colons"], "CRC"),
    **dict.fromkeys(["balboas", "balboa"], "PAB"),
    **dict.fromkeys(["reais", "real", "reales", "brl", "reals"], "BRL"),
    **dict.fromkeys(["euros", "euro", "eur", "ero"], "EUR"),
    **dict.fromkeys(["gourdes", "gourde", "gdes", "gde", "goud", "gouds", "goudes", "gud", "gds"], "HTG"),
    **dict.fromkeys(["surinaamse dollar", "surinaamse dollars", "sr dollar", "srd's", "srds", "sranan dollar"], "SRD"),
    **dict.fromkeys(
        [
            "us",
            "usd",
            "u s",
            "us dollars",
            "us dollar",
            "american dollars",
            "u s dollars",
            "dolares americanos",
            "dolar americano",
            "dolares us",
            "dola ameriken",
            "dola us",
            "dola meriken",
            "dollars americains",
            "dollars us",
            "dolares estadounidenses",
            "dolar us",
            "amerikaanse dollars",
            "amerikaanse dollar",
            "us money",
            "american",
            "usdollar",
            "americanos",
            "verdes",
        ],
        "USD",
    ),
    **dict.fromkeys(["pounds", "pound", "sterling"], "GBP"),
    **dict.fromkeys(["canadian dollars", "canadian"], "CAD"),
    **dict.fromkeys(
        ["$", "dollars", "dollar", "dolars", "dollas", "dolla", "dollaz", "dolares", "dolar", "dolla dem", "dolas"],
        "dollar",
    ),
    **dict.fromkeys(["dola", "dola ayisyen", "dola ht", "dola haitien", "dollars haitiens", "haitian dollars"], "dola"),
    **dict.fromkeys(["pesos", "peso", "varos", "baros", "pesitos", "morlacos", "maracas"], "peso"),
    **dict.fromkeys(["bucks", "buck", "money", "cash", "moni"], "local"),
    **dict.fromkeys(
        [
            "balles",
            "plata",
            "varas",
            "pisto",
            "lana",
            "lajan",
            "argent",
            "dinero",
            "dinheiro",
            "geld",
            "pila",
            "pilas",
            "pau",
            "paus",
            "mangos",
            "barras",
        ],
        "local",
    ),
}
"""Folded name of money → ISO code, or a word whose meaning hangs on the country: dollar, peso, dola, local."""

NAMES |= dict.fromkeys(["francs", "franc", "yen", "rupees", "yuan", "rubles", "bolivianos"], UNLISTED)

LETTERS = {"q": "GT", "l": "HN", "g": "HT", "c": "CR", "b": "PA"}
"""A letter that stands before or after a figure in one country only."""

DOLA = Decimal(5)
"""A Haitian "dola" is five gourdes: money of account, no coin."""

_DOLLAR_COUNTRIES = frozenset({"PA", "SV", "EC", "PR", "US"})
_PESO = frozenset({"DOP", "MXN", "COP", "CLP", "ARS", "UYU"})
_PESO_FOR_LOCAL = frozenset({"HNL", "GTQ", "NIO", "CRC", "USD", "PAB"})


@dataclass(frozen=True, slots=True)
class Currency:
    """`code` is ISO 4217; `sure` is False where another one may be meant; `factor` turns the figure into that currency."""

    code: str | None
    sure: bool = True
    factor: Decimal = Decimal(1)


def local(country: str, given: str | None = None) -> str | None:
    return given or currency_of(country)


def meant(name: str, country: str, given: str | None = None) -> Currency:
    """What `name` (a sign or a name of NAMES, folded) means to somebody in `country` whose own money may be `given`."""
    own = local(country, given)
    word = NAMES.get(name) or _SIGNS.get(name) or _BY_PLACE.get(name, {}).get(country) or _ELSEWHERE.get(name) or name
    if word in LETTERS:
        return Currency(own)
    if word == "dollar":
        return _dollar(name, country, own)
    if word == "dola":
        return Currency("HTG", sure=False, factor=DOLA) if country == "HT" else _dollar(name, country, own)
    if word == "peso":
        return Currency(own, sure=own in _PESO or own in _PESO_FOR_LOCAL)
    if word == "local":
        return Currency(own)
    if own == "PAB" and word == "USD":
        return Currency("USD")
    return Currency(word, sure=word == own)


def _dollar(name: str, country: str, own: str | None) -> Currency:
    is_dollar = own in {"XCD", "BBD", "BZD", "BSD", "GYD", "JMD", "TTD", "SRD", "USD", "CAD", "KYD", "AUD"}
    if name == "$":
        return Currency(own, sure=is_dollar or own in _PESO or own in {"NIO", "PAB", "BRL"} or country == "")
    if is_dollar or country in _DOLLAR_COUNTRIES or own is None:
        return Currency("USD" if own == "PAB" else own)
    return Currency("USD", sure=False)
