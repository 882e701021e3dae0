"""Forms of the console, each declared as a model: what its fields may hold, and what to say beside one that holds
something else. The page is shown again with what was typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from bot.service.keyed_figures import HOW
from storage.exports import EXPORTS, FORMATS
from storage.periods import Period

LONGEST_LOGIN = 1000
"""Characters of an e-mail or a password that are looked at."""

M = TypeVar("M", bound=BaseModel)


def _without_spaces_and_commas(text: object) -> object:
    return text.replace(",", "").replace(" ", "") if isinstance(text, str) else text


def _with_decimal_point(text: object) -> object:
    return text.replace(",", ".") if isinstance(text, str) else text


def _empty_is_none(text: object) -> object:
    return (text.strip() or None) if isinstance(text, str) else text


def _empty_is_zero(text: object) -> object:
    return (text.strip() or 0) if isinstance(text, str) else text


def _has_utc_time(start: datetime) -> datetime:
    """The first and the last day of the calendar have no UTC time everywhere."""
    if start.date() in (date.min, date.max):
        raise ValueError("this cannot be read")
    return start


def _cut(text: str) -> str:
    return text[:LONGEST_LOGIN]


def _one_of(allowed: Collection[str]) -> AfterValidator:
    def choose(given: str) -> str:
        if given not in allowed:
            raise ValueError(f"choose one of {', '.join(allowed)}")
        return given

    return AfterValidator(choose)


def is_id(text: str) -> bool:
    """Whether a text from a form can be the id of a row."""
    return text.isascii() and text.isdigit() and len(text) < 16


Hours = Annotated[Decimal, BeforeValidator(_with_decimal_point), Field(gt=0)]
OptionalDay = Annotated[date | None, BeforeValidator(_empty_is_none)]
Figure = Annotated[Decimal, BeforeValidator(_without_spaces_and_commas)]


class FormModel(BaseModel):
    """The fields of a form; those it does not declare, like the CSRF token, are left out."""

    model_config = ConfigDict(str_strip_whitespace=True, extra="ignore")


class LoginForm(FormModel):
    """Log in. Nothing is refused here: a wrong login does not say which of its fields is wrong."""

    email: Annotated[str, StringConstraints(to_lower=True), AfterValidator(_cut)] = ""
    #: With the spaces around it.
    password: Annotated[str, StringConstraints(strip_whitespace=False), AfterValidator(_cut)] = ""
    #: The page that was asked for before the login.
    next: str = ""


class ReplyForm(FormModel):
    """Write to a client."""

    text: str


class SessionForm(FormModel):
    """Log a session."""

    day: date
    hours: Annotated[Hours, Field(le=24)]
    type: str
    area: str
    notes: str = ""


class CorrectionForm(FormModel):
    """Correct a figure."""

    indicator: str
    wave: str
    #: The id of the follow-up that the figure was given in; "" for a baseline.
    survey: str = ""
    value: Figure
    why: str


class CallForm(FormModel):
    """Note what came of a call."""

    followup: Annotated[int, Field(ge=1, lt=10**15)]
    result: str
    #: On which day to call back.
    again_on: OptionalDay = None


class ReviewForm(FormModel):
    """Review a figure."""

    #: The id of the figure as it was shown.
    outcome: Annotated[int, Field(ge=1, lt=10**15)]
    state: str
    evidence: Annotated[str | None, BeforeValidator(_empty_is_none)] = None
    why: str = ""
    #: Of a query: why it is asked for, as the client reads it.
    words: str = ""
    #: The queue that it was reviewed from.
    queue: str = ""


class PaperForm(FormModel):
    """Record that a paper is on file."""

    #: The id of the follow-up.
    survey: Annotated[int, Field(ge=1, lt=10**15)]
    note: str


class EnterForm(FormModel):
    """Enter figures that a client told. The fields of a question are named like reply-sales_month and agree-sales_month."""

    how: Annotated[str, _one_of(HOW)]
    #: The id of the follow-up that is completed; "" for a talk of its own.
    survey: str = ""
    #: What the replies were read as when the page was shown.
    seen: str = ""
    #: By question: what was typed.
    replies: dict[str, str]
    #: By question: the figure that was read back and is right.
    agreed: dict[str, str]

    @model_validator(mode="before")
    @classmethod
    def _by_question(cls, fields: Mapping[str, Any]) -> dict[str, Any]:
        def of(prefix: str) -> dict[str, Any]:
            return {name.removeprefix(prefix): value for name, value in fields.items() if name.startswith(prefix)}

        return {**fields, "replies": of("reply-"), "agreed": of("agree-")}


class RateForm(FormModel):
    """Enter an exchange rate."""

    currency: Annotated[str, StringConstraints(to_upper=True)]
    day: date
    per_usd: Annotated[Decimal, BeforeValidator(_with_decimal_point)]
    source: str = ""


class RatesForm(FormModel):
    """Enter a table of exchange rates."""

    table: str


class TrainingForm(FormModel):
    """Plan a training."""

    center: str
    title: str
    #: On the clock of the center.
    start: Annotated[datetime, AfterValidator(_has_utc_time)]
    hours: Annotated[Hours, Field(le=200)]
    place: str
    capacity: Annotated[int, Field(ge=1, le=10_000)]
    area: str


class InviteForm(FormModel):
    """Invite clients to a training; "" stands for all sectors, stages or languages."""

    sector: str = ""
    stage: str = ""
    language: str = ""
    #: Hours to spread the invitations over.
    over: Annotated[int, BeforeValidator(_empty_is_zero), Field(ge=0, le=72)] = 0


class AttendanceForm(FormModel):
    """Mark attendance. The fields are named like came-12, by the id of the enrollment, and hold yes, no or nothing."""

    #: By the id of the enrollment; those without an answer are left out.
    came: dict[int, bool]

    @model_validator(mode="before")
    @classmethod
    def _by_enrollment(cls, fields: Mapping[str, Any]) -> dict[str, Any]:
        marks = {name.removeprefix("came-"): value for name, value in fields.items() if name.startswith("came-")}
        return {"came": {number: value for number, value in marks.items() if value and is_id(number)}}


class ExportForm(FormModel):
    """Download an export."""

    what: Annotated[str, _one_of(EXPORTS)]
    format: Annotated[str, _one_of(FORMATS)]
    #: The code of a center; "" for all. Only who sees the network can choose.
    center: str = ""
    since: OptionalDay = None
    until: OptionalDay = None
    #: With what tells who a client is.
    identified: bool = False

    @field_validator("until")
    @classmethod
    def _not_before_since(cls, until: date | None, info: ValidationInfo) -> date | None:
        return Period(info.data.get("since"), until).until


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form shows: the text of each field and the error beside it, by the name of the field."""

    #: Which form of the page it is; "" where none was sent.
    form: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: str, default: object = "") -> str:
        return self.values.get(name, str(default))


NOTHING_TYPED = Typed()


@dataclass(frozen=True, slots=True)
class Checked(Generic[M]):
    """A form that was sent: the model, or the errors where it is none."""

    model: M | None
    typed: Typed

    def refused(self, name: str, reason: str) -> Typed:
        """The same form with the error that a use case found in one of its fields."""
        return Typed(self.typed.form, self.typed.values, {name: sentence(reason)})


def check(model: type[M], fields: Mapping[str, str]) -> Checked[M]:
    """Read the fields of a form as its model."""
    try:
        return Checked(model.model_validate(fields), Typed(model.__name__, fields))
    except ValidationError as error:
        errors = {
            "-".join(map(str, problem["loc"])): _words(problem["type"], problem.get("ctx", {}))
            for problem in error.errors()
        }
        return Checked(None, Typed(model.__name__, fields, errors))


def sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}."


def _words(kind: str, limits: Mapping[str, object]) -> str:
    match kind:
        case "missing":
            return "Fill in this field."
        case "date_parsing" | "date_from_datetime_parsing" | "date_from_datetime_inexact":
            return "Choose a day."
        case "datetime_parsing" | "datetime_from_date_parsing":
            return "Choose a day and a time."
        case "int_parsing" | "int_from_float" | "int_parsing_size":
            return "Write a whole number."
        case "greater_than":
            return f"Must be more than {limits['gt']}."
        case "greater_than_equal":
            return f"Must be at least {limits['ge']}."
        case "less_than_equal":
            return f"Must be at most {limits['le']}."
        case "decimal_parsing" | "decimal_type" | "finite_number":
            return "Write a number in digits, like 5200 or 5200.50."
        case "bool_parsing":
            return "Choose yes or no."
        case "value_error":
            return sentence(str(limits["error"]))
        case _:
            return "This cannot be read."
