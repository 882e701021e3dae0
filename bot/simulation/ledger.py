"""What a made-up client truly told and a provider truly took, kept apart from the store, so that they can be compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from bot.flows import followup, registration
from bot.indicators import Measures
from bot.simulation.fate import Fate

FIGURES = tuple(one.name for one in followup.indicators() if one.measures is not Measures.STATEMENT)
BASELINE = frozenset(one.name for one in registration.BASELINE)
UNKNOWN = "unknown"
Truth = Decimal | str
"""A figure, the choice of an attribution, or UNKNOWN."""


@dataclass
class Survey:
    """One survey as its client went through it, by the names of its questions."""

    meant: dict[str, Truth]
    taken: set[str] = field(default_factory=set)
    """Questions whose answers the assistant went on from."""
    answered: set[str] = field(default_factory=set)
    slips: dict[str, Truth] = field(default_factory=dict)
    """What was mistyped."""
    blurred: bool = False
    """Something was typed twice, so that it may have met another question."""
    reviewed: bool = False
    """The client saw every figure as meant and agreed."""

    def asked(self, question: str) -> None:
        """The prompt for `question` has come: whatever else was answered was taken."""
        self.taken |= self.answered - {question}
        self.taken.discard(question)
        self.answered.discard(question)


@dataclass(slots=True)
class Handed:
    """What truly became of one row of the outbox at a provider."""

    recipient: str
    taken: int = 0
    """How often it was taken."""
    untold: int = 0
    """How often that was never told us."""
    given_back: int = 0
    """How often the network gave it back."""
    ids: list[str] = field(default_factory=list)
    """The provider's id of each time."""


def invent(fate: Fate, name: str, usual: int) -> dict[str, Truth]:
    """What the owner has in mind when asked."""
    step = usual // 40
    sales = Decimal(round(usual * fate.between(f"{name} sales", 0.4, 2) / step) * step)
    told: dict[str, Truth] = {
        "sales_month": sales,
        "employees_full": Decimal(int(fate.between(f"{name} full", 0, 6))),
        "employees_part": Decimal(int(fate.between(f"{name} part", 0, 4))),
        "exports_month": Decimal(0) if fate.number(f"{name} exports") < 0.8 else sales // 4,
        "financing": UNKNOWN
        if fate.befalls(f"{name} does not know the financing", 0.04)
        else Decimal(0 if fate.number(f"{name} loan") < 0.8 else step * 50),
        "attribution": fate.pick(f"{name} attribution", ("yes", "yes", "partly", "no")),
    }
    for one in followup.indicators():
        told.setdefault(one.name, sales // 5 if one.money else Decimal(one.typical))
    return told


def problem(survey: Survey, found: dict[str, Truth], *, completed: bool) -> str | None:
    """What is wrong with the figures that the store has of a survey that is closed, or None."""
    strict = survey.reviewed or not survey.blurred
    for question, value in found.items():
        slipped = not survey.reviewed and value == survey.slips.get(question)
        if strict and not slipped and value != survey.meant[question]:
            return f"{question} is {value}, the client told {survey.meant[question]}"
    expected = set(survey.meant) if completed else survey.taken
    if strict and (missing := expected & set(survey.meant) - set(found)):
        return f"{', '.join(sorted(missing))} was told and is not there"
    return None
