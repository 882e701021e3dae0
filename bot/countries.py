"""What the program must know of a country: its money, its clock, its telephones and how figures are written there.

Dialling codes and the time zones of small islands are stable; currencies carry the sign that people write.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
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


# code | name | currency | main language | time zones, the capital's first | calling codes
_TABLE = """
AG | Antigua and Barbuda | XCD | en | America/Antigua | 1268
AR | Argentina | ARS | es | America/Argentina/Buenos_Aires | 54
BB | Barbados | BBD | en | America/Barbados | 1246
BR | Brazil | BRL | pt | America/Sao_Paulo America/Manaus America/Rio_Branco | 55
BS | Bahamas | BSD | en | America/Nassau | 1242
BZ | Belize | BZD | en | America/Belize | 501
CL | Chile | CLP | es | America/Santiago America/Punta_Arenas | 56
CO | Colombia | COP | es | America/Bogota | 57
CR | Costa Rica | CRC | es | America/Costa_Rica | 506
DM | Dominica | XCD | en | America/Dominica | 1767
DO | Dominican Republic | DOP | es | America/Santo_Domingo | 1809 1829 1849
EC | Ecuador | USD | es | America/Guayaquil Pacific/Galapagos | 593
GD | Grenada | XCD | en | America/Grenada | 1473
GT | Guatemala | GTQ | es | America/Guatemala | 502
GY | Guyana | GYD | en | America/Guyana | 592
HN | Honduras | HNL | es | America/Tegucigalpa | 504
HT | Haiti | HTG | ht | America/Port-au-Prince | 509
JM | Jamaica | JMD | en | America/Jamaica | 1876 1658
KN | Saint Kitts and Nevis | XCD | en | America/St_Kitts | 1869
LC | Saint Lucia | XCD | en | America/St_Lucia | 1758
MX | Mexico | MXN | es | America/Mexico_City America/Tijuana America/Cancun America/Hermosillo | 52
NI | Nicaragua | NIO | es | America/Managua | 505
PA | Panama | PAB | es | America/Panama | 507
SR | Suriname | SRD | nl | America/Paramaribo | 597
SV | El Salvador | USD | es | America/El_Salvador | 503
TT | Trinidad and Tobago | TTD | en | America/Port_of_Spain | 1868
UY | Uruguay | UYU | es | America/Montevideo | 598
VC | Saint Vincent and the Grenadines | XCD | en | America/St_Vincent | 1784
"""


def _row(line: str) -> Country:
    code, name, currency, language, zones, calling = (cell.strip() for cell in line.split("|"))
    return Country(code, name, currency, language, tuple(zones.split()), tuple(calling.split()))


COUNTRIES: Mapping[str, Country] = MappingProxyType(
    {country.code: country for country in map(_row, _TABLE.strip().splitlines())}
)

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
