"""Forms of the console, each declared as a model: what its fields may hold, and what to say beside one that holds
something else. The page is shown again with what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from web.console.context import Form

M = TypeVar("M", bound=BaseModel)


def _without_spaces_and_commas(text: object) -> object:
    return text.replace(",", "").replace(" ", "") if isinstance(text, str) else text


def _with_decimal_point(text: object) -> object:
    return text.replace(",", ".") if isinstance(text, str) else text


def _has_utc_time(start: datetime) -> datetime:
    """The first and the last day of the calendar have no UTC time everywhere."""
    if start.date() in (date.min, date.max):
        raise ValueError("out of range")
    return start


Hours = Annotated[Decimal, BeforeValidator(_with_decimal_point), Field(gt=0)]
Figure = Annotated[Decimal, BeforeValidator(_without_spaces_and_commas)]


class FormModel(BaseModel):
    """The fields of a form; those it does not declare, like the CSRF token, are left out."""

    model_config = ConfigDict(str_strip_whitespace=True, extra="ignore")


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


def check(model: type[M], form: Form) -> Checked[M]:
    """Read a form as its model."""
    try:
        return Checked(model.model_validate(form.fields), Typed(model.__name__, form.fields))
    except ValidationError as error:
        errors = {str(problem["loc"][0]): _words(problem["type"], problem.get("ctx", {})) for problem in error.errors()}
        return Checked(None, Typed(model.__name__, form.fields, errors))


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
        case _:
            return "This cannot be read."
