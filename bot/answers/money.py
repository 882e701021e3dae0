"""What people call money: signs, codes and names, and what each means in a country."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.countries import currency_of

UNLISTED = "XXX"
"""ISO 4217 for no currency: money that nobody in these countries keeps books in."""


def _listed(table: str) -> dict[str, str]:
    """`CODE: name | name` lines, indented further where they go on, as name → code."""
    found: dict[str, str] = {}
    for line in table.strip().replace("\n        ", " ").splitlines():
        code, names = line.strip().split(": ", 1)
        found |= dict.fromkeys((name.strip() for name in names.split("|")), code)
    return found


_SIGNS = _listed(
    """
    XCD: ec$ | $ec | xcd$
    BBD: bds$ | bbd$
    BZD: bz$ | $bz | bzd$
    JMD: j$ | ja$ | $ja | $j | jmd$
    TTD: tt$ | $tt | ttd$
    GYD: g$ | gyd$
    DOP: rd$ | $rd | dop$
    MXN: mx$ | $mx | mxn$
    BRL: r$
    USD: us$ | u$ | $us | usd$ | $usd
    KYD: ci$
    SRD: sr$ | srd$ | $srd
    EUR: €
    GBP: £
    CRC: ₡ | ¢
    PAB: b/. | b/
    PEN: s/
    HTG: htg$
    COP: col$ | cop$
    AUD: a$
    CAD: ca$ | cad$
    XXX: n$
    PYG: ₲
    """
)
_BY_PLACE = {"c$": {"NI": "NIO"}, "b$": {"BS": "BSD", "BZ": "BZD", "BB": "BBD", "BM": "BMD"}}
_ELSEWHERE = {"c$": "CAD", "b$": "BSD"}

NAMES = _listed(
    """
    XCD: xcd | ec | ecd | ec dollars | ec dollar | eastern caribbean | eastern caribbean dollars | east
        caribbean | east caribbean dollars | e c
    BBD: bbd | bds | bajan dollars | barbados dollars | barbadian dollars | bajan | bds dollars
    BZD: bzd | bz | belize | belize dollars | belize dollar | belizean dollars | belizean | bz dollars | dolares
        belicenos | dolares de belice | dolar beliceno
    BSD: bsd | bahamian dollars | bahamian | bahamas dollars
    GYD: gyd | guyana dollars | guyanese dollars | guyanese | gy dollars | guyana money | gy
    JMD: jmd | jamaican | jamaican dollars | jamaican dollar | jamaica dollars | jamaican money | ja dollars | j
        dollars | jm
    TTD: ttd | tt | tt dollars | tt dollar | trini dollars | trinidad dollars | trinidadian dollars
    SRD: srd | surinaamse dollar | surinaamse dollars | sr dollar | srd's | srds | sranan dollar
    HTG: htg | gourdes | gourde | gdes | gde | goud | gouds | goudes | gud | gds
    DOP: dop | rd | pesos dominicanos | dominican pesos | peso dominicano
    CRC: crc | colones | colon | colons
    GTQ: gtq | quetzales | quetzal | quetzals | qtz | quetz | qs
    HNL: hnl | lempiras | lempira | lps | lp | lemps
    NIO: nio | cordobas | cordoba
    PAB: pab | balboas | balboa
    USD: usd | us | u s | us dollars | us dollar | american dollars | u s dollars | dolares americanos | dolar
        americano | dolares us | dola ameriken | dola us | dola meriken | dollars americains | dollars us |
        dolares estadounidenses | dolar us | amerikaanse dollars | amerikaanse dollar | us money | american |
        usdollar | americanos | verdes
    MXN: mxn | pesos mexicanos | mexican pesos | peso mexicano | mx
    COP: cop | pesos colombianos | peso colombiano
    BRL: brl | reais | real | reales | reals
    EUR: eur | euros | euro | ero
    GBP: gbp | pounds | pound | sterling
    CAD: cad | canadian dollars | canadian
    KYD: kyd
    AWG: awg
    XCG: xcg
    PEN: pen
    CLP: clp
    ARS: ars
    UYU: uyu
    BOB: bob
    PYG: pyg
    VES: ves
    dollar: $ | dollars | dollar | dolars | dollas | dolla | dollaz | dolares | dolar | dolla dem | dolas
    dola: dola | dola ayisyen | dola ht | dola haitien | dollars haitiens | haitian dollars
    peso: pesos | peso | varos | baros | pesitos | morlacos | maracas
    local: bucks | buck | money | cash | moni | balles | plata | varas | pisto | lana | lajan | argent | dinero
        | dinheiro | geld | pila | pilas | pau | paus | mangos | barras
    XXX: francs | franc | yen | rupees | yuan | rubles | bolivianos
    """
)
"""Folded name of money → ISO code, or a word whose meaning hangs on the country: dollar, peso, dola, local."""

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
