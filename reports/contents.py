"""What a report says, in order. HTML and PDF show exactly this."""

from __future__ import annotations

from typing import Any

from reports import evidence, groups, results
from reports.masking import Report, masked
from reports.method import LIMITS, METHOD
from reports.parts import Document, Section
from reports.tables import day
from reports.words import group_name, groups_in_words, period_name


def shown(report: Report, *, identified: bool) -> Report:
    """The report as it may go out: small groups are masked unless it is identified. Raises masking.TooFew."""
    return report if identified else masked(report)


def document(report: Report, *, identified: bool = False) -> Document:
    data = shown(report, identified=identified)
    sections = (
        evidence.changes(data),
        results.results(data),
        groups.over_time(data),
        results.by_indicator(data),
        groups.by_group(data),
        evidence.response(data),
        evidence.extrapolation(data),
        evidence.economy(data),
        evidence.codes(data),
        evidence.rates(data),
        Section("How the figures are made", points=METHOD),
        Section("What they cannot say", points=LIMITS),
        evidence.parameters(data, identified=identified),
    )
    since, until = day(data["since"]), day(data["until"])
    return Document(
        network=data.get("parameters", {}).get("network") or "Acompaña",
        title="Outcomes report",
        scope=scope(data),
        period=period_name(since, until) if since and until else "",
        status=status(data),
        headlines=results.headlines(data),
        sections=tuple(section for section in sections if section is not None),
    )


def scope(report: Report) -> str:
    given: dict[str, Any] = report.get("parameters", {})
    where = "All centers"
    if given.get("center"):
        where = f"Center {given['center']}"
    elif given.get("country"):
        where = group_name("country", given["country"])
    return f"{where}, only {groups_in_words(given['only'])}" if given.get("only") else where


def status(report: Report) -> str:
    """An issued report never changes; any other is a draft."""
    issued = report.get("parameters", {}).get("issued_at")
    code = report.get("issued", {}).get("code")
    return f"{f'Report {code}, issued' if code else 'Issued'} on {issued[:10]}" if issued else "Draft, not issued"
