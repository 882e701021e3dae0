"""What the pack of an issued report says of itself: its seal, and what of it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.outcomes.seal import Seal, canonical


@dataclass(frozen=True, slots=True)
class Issue:
    code: str
    since: date
    until: date
    #: In UTC.
    at: str
    by: str
    #: Of the report's JSON, byte for byte as it was issued.
    seal: Seal
    #: Businesses in it that were erased since.
    withdrawn: int


def seal_file(issue: Issue, *, identified: bool) -> bytes:
    return canonical(
        {
            "report": issue.code,
            "issued_at": issue.at,
            "issued_by": issue.by,
            "sha256": issue.seal.sha256,
            "signature": issue.seal.signature,
            "public_key": issue.seal.public_key,
            "algorithm": "Ed25519 over the bytes of the report's JSON; signature and raw public key in base64",
            "covers": "report.json"
            if identified
            else f"the report's JSON without masking: acompana report show {issue.code}",
            "businesses_withdrawn": issue.withdrawn,
        }
    )


def notes(issue: Issue, *, identified: bool) -> str:
    """For people, in a file beside the report."""
    sealed = (
        "report.json is byte for byte what was issued; seal.json has its SHA-256 and signature."
        if identified
        else (
            "Groups of fewer than 5 businesses are masked here. The seal in seal.json is of the JSON as it was issued,\n"
            f"which is not masked: acompana report show {issue.code} writes it, and checks the signature."
        )
    )
    return f"""Report {issue.code}, {issue.since} to {issue.until}, issued on {issue.at[:10]} by {issue.by}

The totals are those that were issued, and never change. {sealed}

data/contributions.csv holds what each business brought to the totals, under a key that is drawn at random for this
report. It is kept with the report. The figures, answers and sessions behind it are not: they change with every
correction and review, and are in the packs of today.

{_withdrawn(issue.withdrawn)}
"""


def _withdrawn(number: int) -> str:
    if not number:
        return "No business has withdrawn since."
    businesses = "1 business has" if number == 1 else f"{number} businesses have"
    return (
        f"{businesses} withdrawn since: the data behind was erased. The issued totals still hold it. In the contributions\n"
        'it stands as one line "withdrawn" for each sum, so that they still add up; by whom it was, in which group or\n'
        "center, cannot be told any more, so that totals of groups cannot be added up again from the contributions."
    )
