"""What a country writes: its currency, how it is abbreviated, and how figures are grouped."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    """`currency` is ISO 4217, `symbol` stands before an amount, `grouping` and `decimal` are the separators."""

    currency: str
    symbol: str
    grouping: str = ","
    decimal: str = "."


COUNTRIES = {
    "AG": Country("XCD", "EC$"),
    "AI": Country("XCD", "EC$"),
    "AR": Country("ARS", "$", ".", ","),
    "AW": Country("AWG", "AWG ", ".", ","),
    "BB": Country("BBD", "Bds$"),
    "BO": Country("BOB", "BOB ", ".", ","),
    "BR": Country("BRL", "R$ ", ".", ","),
    "BS": Country("BSD", "B$"),
    "BZ": Country("BZD", "BZ$"),
    "CA": Country("CAD", "CA$"),
    "CL": Country("CLP", "$", ".", ","),
    "CO": Country("COP", "$", ".", ","),
    "CR": Country("CRC", "₡", " ", ","),
    "CW": Country("XCG", "XCG ", ".", ","),
    "DM": Country("XCD", "EC$"),
    "DO": Country("DOP", "RD$"),
    "EC": Country("USD", "$", ".", ","),
    "ES": Country("EUR", "€", ".", ","),
    "FR": Country("EUR", "€", " ", ","),
    "GB": Country("GBP", "£"),
    "GD": Country("XCD", "EC$"),
    "GF": Country("EUR", "€", " ", ","),
    "GP": Country("EUR", "€", " ", ","),
    "GT": Country("GTQ", "Q"),
    "GY": Country("GYD", "G$"),
    "HN": Country("HNL", "L "),
    "HT": Country("HTG", "G ", " ", ","),
    "JM": Country("JMD", "J$"),
    "KN": Country("XCD", "EC$"),
    "KY": Country("KYD", "CI$"),
    "LC": Country("XCD", "EC$"),
    "MQ": Country("EUR", "€", " ", ","),
    "MS": Country("XCD", "EC$"),
    "MX": Country("MXN", "$"),
    "NI": Country("NIO", "C$"),
    "NL": Country("EUR", "€", ".", ","),
    "PA": Country("PAB", "B/."),
    "PE": Country("PEN", "PEN "),
    "PR": Country("USD", "$"),
    "PT": Country("EUR", "€", " ", ","),
    "PY": Country("PYG", "₲", ".", ","),
    "SR": Country("SRD", "SRD ", ".", ","),
    "SV": Country("USD", "$"),
    "TC": Country("USD", "$"),
    "TT": Country("TTD", "TT$"),
    "US": Country("USD", "$"),
    "UY": Country("UYU", "$", ".", ","),
    "VC": Country("XCD", "EC$"),
    "VE": Country("VES", "VES ", ".", ","),
    "VG": Country("USD", "$"),
    "VI": Country("USD", "$"),
}


def currency_of(country: str) -> str | None:
    """The ISO currency of a country (ISO 3166 alpha-2), or None where it is not listed."""
    known = COUNTRIES.get(country.upper())
    return known.currency if known else None
