"""A table of figures that a network brings along: what each row says, checked by itself and against the rows before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.indicators import EMPLOYEES_FULL, EMPLOYEES_PART, EXPORTS_MONTH, FINANCING, INDICATORS, RETAINED, SALES_MONTH
from storage.checks import RegisterError, a_currency, a_line, one_of
from storage.imports import csv_table
from storage.imports.csv_table import Problem, a_number, a_past_day
from storage.imports.known_clients import Known, client_of
from storage.schema import Center

COLUMNS = (
    "client",
    "wave",
    "day",
    "indicator",
    "value",
    "currency",
    "outcome",
    "kind",
    "attribution",
    "review",
    "reviewed_by",
    "source",
)
NEEDED = ("client", "wave", "day", "indicator", "value")
BASELINE = "baseline"
IMPORT = "import"
"""Who started a survey, and where a figure is from."""
UNANSWERED = "unanswered"
LEVELS = tuple(one.name for one in (SALES_MONTH, EXPORTS_MONTH, EMPLOYEES_FULL, EMPLOYEES_PART))
FLOWS = (FINANCING.name, RETAINED.name)
OUTCOMES = ("value", "refused", "unknown", UNANSWERED)
KINDS = ("loan", "grant", "equity")
ATTRIBUTIONS = ("yes", "partly", "no")
REVIEWS = ("verified", "queried", "rejected")
LARGEST = Decimal(10) ** 15
PLACES = Decimal("0.0001")
LAST_WAVE = 120
"""Months after a session."""

_WAVE = re.compile(r"([1-9]\d{0,2})m")

Survey = tuple[int, str, date]
"""Id of the client, wave and day."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one row says: a figure, or that a survey was not answered."""

    line: int
    client_id: int
    code: str
    #: baseline, 3m, 6m …
    wave: str
    day: date
    #: "" where the survey was not answered.
    indicator: str
    #: value, zero, refused, unknown or unanswered.
    outcome: str
    value: Decimal | None
    currency: str | None
    kind: str | None
    attribution: str | None
    #: verified, queried or rejected; None: unreviewed.
    review: str | None
    reviewed_by: str | None
    source: str | None

    @property
    def survey(self) -> Survey:
        return self.client_id, self.wave, self.day

    @property
    def says(self) -> tuple[object, ...]:
        """What makes it another figure, where it differs."""
        return self.outcome, self.value, self.currency, self.kind


@dataclass(slots=True)
class Table:
    """What a file says. A row that repeats an earlier one is not in `told`."""

    told: list[Told] = field(default_factory=list)
    #: The row of each survey that says first whether the center helped.
    attributions: dict[Survey, Told] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    repeated: int = 0


def read(
    lines: Iterable[tuple[int, Mapping[str, str]]],
    center: Center,
    clients: Known,
    at: datetime,
    progress: Callable[[int], None] = lambda line: None,
) -> Table:
    reader = _Reader(center, clients, at.astimezone(ZoneInfo(center.zone)).date())
    table = Table()
    earlier: dict[tuple[Survey, str], Told] = {}
    first_baseline: dict[tuple[int, str], Told] = {}
    for line, values in lines:
        told, problems = reader.read(line, values)
        if told is not None:
            problems = [*_against_the_table(told, table, earlier, first_baseline)]
            before = earlier.setdefault((told.survey, told.indicator), told)
            if before is told and not problems:
                table.told.append(told)
            elif not problems:
                table.repeated += 1
        table.problems += problems
        progress(line)
    return table


def _against_the_table(
    told: Told,
    table: Table,
    earlier: Mapping[tuple[Survey, str], Told],
    first_baseline: dict[tuple[int, str], Told],
) -> Iterator[Problem]:
    before = earlier.get((told.survey, told.indicator))
    if before is not None and (before.says, before.review) != (told.says, told.review):
        yield Problem(told.line, "value", f"says something else than line {before.line} about the same figure")
    if told.wave == BASELINE:
        baseline = first_baseline.setdefault((told.client_id, told.indicator), told)
        if baseline.day != told.day:
            yield Problem(told.line, "day", f"line {baseline.line} has a baseline of {told.code} on {baseline.day}")
    answered = [key for key in (*LEVELS, *FLOWS) if (told.survey, key) in earlier]
    if (told.outcome == UNANSWERED and answered) or (told.outcome != UNANSWERED and (told.survey, "") in earlier):
        yield Problem(told.line, "outcome", "the survey is both unanswered and answered in this file")
    if told.attribution is not None:
        first = table.attributions.setdefault(told.survey, told)
        if first.attribution != told.attribution:
            other = f"line {first.line} of the same survey says {first.attribution}"
            yield Problem(told.line, "attribution", f"says {told.attribution}, {other}")


class _Reader:
    """Checks each row by itself."""

    def __init__(self, center: Center, clients: Known, today: date) -> None:
        self.center = center
        self.clients = clients
        self.today = today

    def read(self, line: int, values: Mapping[str, str]) -> tuple[Told | None, list[Problem]]:
        row = csv_table.Checked(line)

        def cell(name: str) -> str:
            return values.get(name, "")

        outcome = cell("outcome").lower() or "value"
        row.run(lambda: csv_table.no_surplus(values))
        client = row.run(lambda: client_of(self.clients, self.center, cell("client")))
        wave = row.run(lambda: _wave(cell("wave").lower()))
        day = row.run(lambda: a_past_day("day", cell("day"), self.today))
        indicator = row.run(lambda: _indicator(cell("indicator").lower(), wave, outcome))
        figure = row.run(lambda: self._figure(cell("indicator").lower(), outcome, values))
        attribution = row.run(lambda: _attribution(cell("attribution").lower(), wave, outcome))
        review = row.run(lambda: _review(cell("review").lower(), outcome))
        reviewed_by = row.run(lambda: _line_of("reviewed_by", cell("reviewed_by")))
        source = row.run(lambda: _line_of("source", cell("source")))
        if row.problems or client is None or wave is None or day is None or indicator is None or figure is None:
            return None, row.problems
        outcome, value, currency, kind = figure
        return Told(
            line=line,
            client_id=client[0],
            code=client[1],
            wave=wave,
            day=day,
            indicator=indicator,
            outcome=outcome,
            value=value,
            currency=currency,
            kind=kind,
            attribution=attribution,
            review=review,
            reviewed_by=reviewed_by,
            source=source,
        ), []

    def _figure(
        self, indicator: str, outcome: str, values: Mapping[str, str]
    ) -> tuple[str, Decimal | None, str | None, str | None]:
        """Outcome, value, currency and kind."""
        one_of("outcome", outcome, OUTCOMES)
        text, kind = values.get("value", ""), values.get("kind", "").lower()
        currency = a_currency(values["currency"]) if values.get("currency") else None
        if kind and indicator != FINANCING.name:
            raise RegisterError("kind", f"only {FINANCING.name} has a kind; leave it empty")
        if kind:
            one_of("kind", kind, KINDS)
        if outcome != "value":
            if text:
                raise RegisterError("value", f"must be empty where the outcome is {outcome}")
            return outcome, None, None, None
        known = INDICATORS.get(indicator)
        if known is None:
            return outcome, None, None, None
        value = _amount(text)
        if not known.money and value != value.to_integral_value():
            raise RegisterError("value", f"{text} is not a whole number of people")
        money = (currency or self.center.currency) if known.money else None
        return "value" if value else "zero", value, money, kind or None


def _wave(wave: str) -> str:
    months = _WAVE.fullmatch(wave)
    if wave != BASELINE and (months is None or int(months[1]) > LAST_WAVE):
        raise RegisterError("wave", f"{wave!r} is not a wave; write baseline, 3m, 6m, 12m …" if wave else "is missing")
    return wave


def _indicator(indicator: str, wave: str | None, outcome: str) -> str:
    if outcome == UNANSWERED:
        if indicator:
            raise RegisterError("indicator", "must be empty where the outcome is unanswered")
        if wave == BASELINE:
            raise RegisterError("outcome", "a baseline is not asked for in a survey and cannot be unanswered")
        return ""
    if not indicator:
        raise RegisterError("indicator", "is missing")
    one_of("indicator", indicator, (*LEVELS, *FLOWS))
    if wave == BASELINE and indicator in FLOWS:
        raise RegisterError("indicator", f"{indicator} is no part of a baseline; it is told in a follow-up")
    return indicator


def _amount(text: str) -> Decimal:
    value = a_number("value", text)
    if value < 0:
        raise RegisterError("value", f"{text} is negative; a figure is 0 or more")
    if value >= LARGEST:
        raise RegisterError("value", f"{text} is too large; a figure is less than 10^15")
    if value != value.quantize(PLACES):
        raise RegisterError("value", f"{text} has more than four decimals")
    return abs(value)


def _attribution(said: str, wave: str | None, outcome: str) -> str | None:
    if not said:
        return None
    one_of("attribution", said, ATTRIBUTIONS)
    if wave == BASELINE:
        raise RegisterError("attribution", "must be empty in a baseline, which no help preceded")
    if outcome == UNANSWERED:
        raise RegisterError("attribution", "must be empty where the outcome is unanswered")
    return said


def _review(state: str, outcome: str) -> str | None:
    if not state or state == "unreviewed":
        return None
    one_of("review", state, REVIEWS)
    if outcome == UNANSWERED:
        raise RegisterError("review", "must be empty where the outcome is unanswered")
    return state


def _line_of(column: str, text: str) -> str | None:
    return a_line(column, text) if text else None
