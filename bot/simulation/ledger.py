"""What a client truly answered and a provider truly accepted, kept apart from the database to compare the two."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from bot.flows import followup, registration
from bot.indicators import RETAINED, Measures
from bot.simulation.fate import Fate

FIGURES = tuple(one.name for one in followup.indicators() if one.measures is not Measures.STATEMENT)
BASELINE = frozenset(one.name for one in registration.BASELINE)
NOT_ALWAYS_ASKED = frozenset({RETAINED.name})
"""What another answer, or its change in the review, makes pointless."""
UNKNOWN = "unknown"
Truth = Decimal | str
"""A figure, the choice of an attribution, or UNKNOWN."""


@dataclass
class Survey:
    """One survey as its client experienced it, by question."""

    truth: dict[str, Truth]
    """What the client means to answer."""
    accepted: set[str] = field(default_factory=set)
    """Questions that the assistant moved on from."""
    answered: set[str] = field(default_factory=set)
    typos: dict[str, Truth] = field(default_factory=dict)
    """Wrong figures that the client typed."""
    ambiguous: bool = False
    """Something was typed twice, so it may have answered another question."""
    reviewed: bool = False
    """The client saw every figure correct in the review and confirmed it."""

    def on_prompt(self, question: str) -> None:
        """The prompt for `question` has arrived: every other answer was accepted."""
        self.accepted |= self.answered - {question}
        self.accepted.discard(question)
        self.answered.discard(question)


@dataclass(slots=True)
class SendRecord:
    """What truly became of one outbox row at a provider."""

    accepted: int = 0
    """How often the provider accepted it."""
    returned: int = 0
    """How often the network reported it undelivered."""
    provider_ids: list[str] = field(default_factory=list)
    """The provider's id of each acceptance."""


def invent(fate: Fate, name: str, usual: int) -> dict[str, Truth]:
    """What the owner has in mind when asked."""
    step = usual // 40
    sales = Decimal(round(usual * fate.between(f"{name} sales", 0.4, 2) / step) * step)
    truth: dict[str, Truth] = {
        "sales_month": sales,
        "employees_full": Decimal(int(fate.between(f"{name} full", 0, 6))),
        "employees_part": Decimal(int(fate.between(f"{name} part", 0, 4))),
        "exports_month": Decimal(0) if fate.number(f"{name} exports") < 0.8 else sales // 4,
        "financing": UNKNOWN
        if fate.happens(f"{name} does not know the financing", 0.04)
        else Decimal(0 if fate.number(f"{name} loan") < 0.8 else step * 50),
        "attribution": fate.pick(f"{name} attribution", ("yes", "yes", "partly", "no")),
    }
    for one in followup.indicators():
        truth.setdefault(one.name, sales // 5 if one.money else Decimal(one.typical))
    return truth


def discrepancy(survey: Survey, stored: dict[str, Truth], *, completed: bool) -> str | None:
    """How the stored figures of a closed survey differ from what its client answered, or None."""
    strict = survey.reviewed or not survey.ambiguous
    for question, value in stored.items():
        mistyped = not survey.reviewed and value == survey.typos.get(question)
        if strict and not mistyped and value != survey.truth[question]:
            return f"{question} is {value}, the client answered {survey.truth[question]}"
    expected = set(survey.truth) - NOT_ALWAYS_ASKED if completed else survey.accepted - NOT_ALWAYS_ASKED
    if strict and (missing := expected & set(survey.truth) - set(stored)):
        return f"{', '.join(sorted(missing))} was answered and is not in the database"
    return None
