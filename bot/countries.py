"""What the program must know of a country: its money, its clock, its telephones and how figures are written there.

Dialling codes and the time zones of small islands are stable; currencies carry the sign that people write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from babel import Locale, UnknownLocaleError

SYMBOLS: Mapping[str, str] = MappingProxyType(
    {
        "ARS": "$",
        "BBD": "Bds$",
        "BRL": "R$",
        "BSD": "B$",
        "BZD": "BZ$",
        "CAD": "CA$",
        "CLP": "$",
        "COP": "$",
        "CRC": "₡",
        "DOP": "RD$",
        "EUR": "€",
        "GTQ": "Q",
        "GYD": "G$",
        "HNL": "L",
        "HTG": "G",
        "JMD": "J$",
        "MXN": "$",
        "NIO": "C$",
        "PAB": "B/.",
        "SRD": "SRD",
        "TTD": "TT$",
        "USD": "US$",
        "UYU": "$",
        "XCD": "EC$",
    }
)

PEGS: Mapping[str, Decimal] = MappingProxyType(
    {
        "XCD": Decimal("2.70"),
        "BBD": Decimal("2.00"),
        "BZD": Decimal("2.00"),
        "BSD": Decimal("1.00"),
        "PAB": Decimal("1.00"),
        "USD": Decimal("1.00"),
    }
)
"""Units of a currency to one US dollar, where that rate is fixed by law. All others float."""
PEG_SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "XCD": "fixed by the Eastern Caribbean Central Bank",
        "BBD": "fixed by the Central Bank of Barbados",
        "BZD": "fixed by the Central Bank of Belize",
        "BSD": "fixed by the Central Bank of The Bahamas",
        "PAB": "fixed by law: the balboa is at par with the US dollar",
        "USD": "the US dollar itself",
    }
)
"""Who fixes each of them."""


@dataclass(frozen=True, slots=True)
class Country:
    """`code` is ISO 3166 alpha-2, `zones` IANA names (the capital's first), `calling_codes` E.164 prefixes without +."""

    code: str
    name: str
    currency: str
    language: str
    zones: tuple[str, ...]
    calling_codes: tuple[str, ...]

    @property
    def zone(self) -> str:
        """The time zone of the capital."""
        return self.zones[0]

    @property
    def symbol(self) -> str:
        """The sign of the country's own currency, as people there write it."""
        return "$" if self.currency == "USD" else SYMBOLS[self.currency]

    def symbol_of(self, currency: str) -> str:
        """The sign by which `currency` is told apart from the country's own: a bare $ is always the local one."""
        if currency == self.currency:
            return self.symbol
        symbol = SYMBOLS.get(currency, currency)
        return currency if symbol == "$" else symbol


# code | name | currency | sign before an amount (_ is a space) | how figures are written | main language |
# time zones, the capital's first | calling codes. Where centers can be, all of it; elsewhere what readers need.
_TABLE = """
AG | Antigua and Barbuda | XCD | EC$ | 1,234.5 | en | America/Antigua | 1268
AI | Anguilla | XCD | EC$ | 1,234.5
AR | Argentina | ARS | $ | 1.234,5 | es | America/Argentina/Buenos_Aires | 54
AW | Aruba | AWG | AWG_ | 1.234,5
BB | Barbados | BBD | Bds$ | 1,234.5 | en | America/Barbados | 1246
BO | Bolivia | BOB | BOB_ | 1.234,5
BR | Brazil | BRL | R$_ | 1.234,5 | pt | America/Sao_Paulo America/Manaus America/Rio_Branco | 55
BS | Bahamas | BSD | B$ | 1,234.5 | en | America/Nassau | 1242
BZ | Belize | BZD | BZ$ | 1,234.5 | en | America/Belize | 501
CA | Canada | CAD | CA$ | 1,234.5
CL | Chile | CLP | $ | 1.234,5 | es | America/Santiago America/Punta_Arenas | 56
CO | Colombia | COP | $ | 1.234,5 | es | America/Bogota | 57
CR | Costa Rica | CRC | ₡ | 1 234,5 | es | America/Costa_Rica | 506
CW | Curaçao | XCG | XCG_ | 1.234,5
DM | Dominica | XCD | EC$ | 1,234.5 | en | America/Dominica | 1767
DO | Dominican Republic | DOP | RD$ | 1,234.5 | es | America/Santo_Domingo | 1809 1829 1849
EC | Ecuador | USD | $ | 1.234,5 | es | America/Guayaquil Pacific/Galapagos | 593
ES | Spain | EUR | € | 1.234,5
FR | France | EUR | € | 1 234,5
GB | United Kingdom | GBP | £ | 1,234.5
GD | Grenada | XCD | EC$ | 1,234.5 | en | America/Grenada | 1473
GF | French Guiana | EUR | € | 1 234,5
GP | Guadeloupe | EUR | € | 1 234,5
GT | Guatemala | GTQ | Q | 1,234.5 | es | America/Guatemala | 502
GY | Guyana | GYD | G$ | 1,234.5 | en | America/Guyana | 592
HN | Honduras | HNL | L_ | 1,234.5 | es | America/Tegucigalpa | 504
HT | Haiti | HTG | G_ | 1 234,5 | ht | America/Port-au-Prince | 509
JM | Jamaica | JMD | J$ | 1,234.5 | en | America/Jamaica | 1876 1658
KN | Saint Kitts and Nevis | XCD | EC$ | 1,234.5 | en | America/St_Kitts | 1869
KY | Cayman Islands | KYD | CI$ | 1,234.5
LC | Saint Lucia | XCD | EC$ | 1,234.5 | en | America/St_Lucia | 1758
MQ | Martinique | EUR | € | 1 234,5
MS | Montserrat | XCD | EC$ | 1,234.5
MX | Mexico | MXN | $ | 1,234.5 | es | America/Mexico_City America/Tijuana America/Cancun America/Hermosillo | 52
NI | Nicaragua | NIO | C$ | 1,234.5 | es | America/Managua | 505
NL | Netherlands | EUR | € | 1.234,5
PA | Panama | PAB | B/. | 1,234.5 | es | America/Panama | 507
PE | Peru | PEN | PEN_ | 1,234.5
PR | Puerto Rico | USD | $ | 1,234.5
PT | Portugal | EUR | € | 1 234,5
PY | Paraguay | PYG | ₲ | 1.234,5
SR | Suriname | SRD | SRD_ | 1.234,5 | nl | America/Paramaribo | 597
SV | El Salvador | USD | $ | 1,234.5 | es | America/El_Salvador | 503
TC | Turks and Caicos Islands | USD | $ | 1,234.5
TT | Trinidad and Tobago | TTD | TT$ | 1,234.5 | en | America/Port_of_Spain | 1868
US | United States | USD | $ | 1,234.5
UY | Uruguay | UYU | $ | 1.234,5 | es | America/Montevideo | 598
VC | Saint Vincent and the Grenadines | XCD | EC$ | 1,234.5 | en | America/St_Vincent | 1784
VE | Venezuela | VES | VES_ | 1.234,5
VG | British Virgin Islands | USD | $ | 1,234.5
VI | U.S. Virgin Islands | USD | $ | 1,234.5
"""
_SEPARATORS = {"1,234.5": (",", "."), "1.234,5": (".", ","), "1 234,5": (" ", ",")}


@dataclass(frozen=True, slots=True)
class Writing:
    """How a country writes an amount."""

    #: ISO 4217.
    currency: str
    #: What stands before an amount, with its space where there is one.
    sign: str = ""
    #: Between thousands.
    grouping: str = ","
    #: Before a fraction.
    decimal: str = "."


def _rows() -> Iterator[list[str]]:
    for line in _TABLE.strip().splitlines():
        yield [cell.strip() for cell in line.split("|")]


def _country(cells: list[str]) -> Country:
    code, name, currency, _sign, _written, language, zones, calling = cells
    return Country(code, name, currency, language, tuple(zones.split()), tuple(calling.split()))


def _writing(cells: list[str]) -> Writing:
    grouping, decimal = _SEPARATORS[cells[4]]
    return Writing(cells[2], cells[3].replace("_", " "), grouping, decimal)


COUNTRIES: Mapping[str, Country] = MappingProxyType({cells[0]: _country(cells) for cells in _rows() if len(cells) == 8})
"""The countries of the networks, where centers can be."""
WRITING: Mapping[str, Writing] = MappingProxyType({cells[0]: _writing(cells) for cells in _rows()})
"""How amounts are written there and elsewhere."""


def currency_of(country: str) -> str | None:
    """The ISO currency of a country (ISO 3166 alpha-2), or None where it is not listed."""
    known = WRITING.get(country.upper())
    return known.currency if known else None


_AT_LARGE: Mapping[str, str] = MappingProxyType(
    {"en": "en_001", "es": "es_419", "fr": "fr", "pt": "pt", "ht": "fr_HT", "nl": "nl"}
)


def country_of(phone: str) -> str | None:
    """The country whose calling code begins the E.164 number `phone`; None where the program knows none."""
    digits = phone.removeprefix("+")
    found = {
        prefix: country.code
        for country in COUNTRIES.values()
        for prefix in country.calling_codes
        if digits.startswith(prefix)
    }
    return found[max(found, key=len)] if found else None


def number_locale(country: str) -> Locale:
    """The locale that writes figures as `country` does, in whatever language; an unknown country writes 1,234.5."""
    known = COUNTRIES.get(country)
    return text_locale(known.language, country) if known else Locale.parse("en_001")


def text_locale(language: str, country: str) -> Locale:
    """The locale that writes dates in `language` as in `country`, or in the language at large where there is none.

    Babel has neither names nor formats in Haitian Creole; Haiti's French locale stands in for it.
    """
    try:
        return Locale.parse(f"{'fr' if language == 'ht' else language}_{country}")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_AT_LARGE.get(language, "en_001"))


_MEXICO = re.compile(r"\A\+521(\d{10})\Z")


def one_number(number: str) -> str:
    """One form for the two in which a mobile of Mexico is told: +521 and ten digits is +52 and the same ten."""
    return _MEXICO.sub(r"+52\1", number)
