"""acompana center, staff, training and rate: what must be known before anybody writes."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.cli.commands import center, rate, staff, training
from bot.cli.edge import Problem, actor, now, opened_store, show_table, writing
from bot.config.parsers import hours, phone, phone_or_short_code
from storage import audit, registers
from storage.checks import RegisterError
from storage.exchange_rates import set_rate
from storage.schema import Center
from storage.senders import set_sender

LINK_LIFE = timedelta(days=7)
"""How long a staff member has to write the code from the phone."""
DAY = ["%Y-%m-%d"]
MINUTE = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]

CenterCode = Annotated[str, typer.Option("--center", help="The center's code, like LC.", metavar="CODE")]
OneCenter = Annotated[str | None, typer.Option("--center", help="Only this center.", metavar="CODE")]


# --- centers ---------------------------------------------------------------------------------------------------------


@center.command("add")
def add_center(
    code: Annotated[
        str, typer.Argument(help="Two to ten letters or digits. Clients write it: JOIN LC", metavar="CODE")
    ],
    name: Annotated[str, typer.Argument(help="The name that clients know.", metavar="NAME")],
    country: Annotated[str, typer.Option(help="Two letters, like LC for Saint Lucia.", metavar="COUNTRY")],
    currency: Annotated[str | None, typer.Option(help="Else that of the country.", metavar="XCD")] = None,
    zone: Annotated[str | None, typer.Option(help="Else that of the capital.", metavar="America/St_Lucia")] = None,
    language: Annotated[str | None, typer.Option(help="en, es, fr, pt, ht or nl; else the country's.")] = None,
    cadence: Annotated[
        str, typer.Option(help="Months after a session at which the follow-ups are due, or none.", metavar="3,6,12")
    ] = "3,6,12",
) -> None:
    """Add a center. Its money, clock and language are its country's unless you say otherwise."""
    with writing() as db:
        made = registers.add_center(
            db,
            code,
            name,
            country,
            at=now(),
            currency=currency,
            zone=zone,
            language=language,
            cadence=_months(cadence),
        )
        audit.record(db, actor(), "center.add", made.code, at=now())
        facts = f"{made.currency}, {made.zone}, {made.language}"
    typer.echo(f"Added {made.code}, {made.name} ({facts}). Clients join it by writing: JOIN {made.code}")


def _months(text: str) -> list[int]:
    if text.strip().lower() in ("none", ""):
        return []
    try:
        return [int(month) for month in text.split(",")]
    except ValueError:
        raise RegisterError("cadence", f"{text!r} is not a list of months, like 3,6,12") from None


@center.command("set")
def set_center(
    code: Annotated[str, typer.Argument(help="The center's code, like LC.", metavar="CODE")],
    fold_sms: Annotated[
        bool | None,
        typer.Option(
            "--fold-sms/--no-fold-sms",
            help="Whether an SMS drops accents (á → a); with them it costs two segments or three instead of one.",
        ),
    ] = None,
    cadence: Annotated[
        str | None, typer.Option(help="Months after a session, for sessions from now on, or none.", metavar="3,6,12")
    ] = None,
    quiet_hours: Annotated[
        str | None,
        typer.Option(
            help="When no message is begun, on the center's clock; off, or default for those of the network.",
            metavar="20:00-08:00",
        ),
    ] = None,
    sms_from: Annotated[
        str | None, typer.Option(help="A number of its own for SMS, or default.", metavar="+17585550100")
    ] = None,
    whatsapp_from: Annotated[
        str | None, typer.Option(help="A WhatsApp sender of its own, or default.", metavar="+17585550100")
    ] = None,
) -> None:
    """Change how a center works; without an option, show how it does.

    Whoever writes to a number of the center's own joins that center. Its webhook at Twilio is the same as that of the
    others.
    """
    with writing() as db:
        home = registers.find_center(db, code)
        registers.set_center(
            home,
            fold_sms=fold_sms,
            cadence=None if cadence is None else _months(cadence),
            quiet_hours=None if quiet_hours is None else _quiet(quiet_hours),
        )
        for channel, number in (("sms", sms_from), ("whatsapp", whatsapp_from)):
            if number is not None:
                set_sender(db, home, channel, _sender(channel, number))
        if (fold_sms, cadence, quiet_hours, sms_from, whatsapp_from) != (None,) * 5:
            senders = {channel: home.sender_of(channel) for channel in ("sms", "whatsapp")}
            chosen = {"fold_sms": home.fold_sms, "cadence": home.cadence, "quiet_hours": _hours(home), **senders}
            audit.record(db, actor(), "center.set", home.code, at=now(), **chosen)
        accents = "without accents" if home.fold_sms else "as it is written"
        typer.echo(
            f"{home.code}, {home.name}: an SMS goes {accents}; follow-ups {_after(home.cadence)}; "
            f"quiet hours {_hours(home)}."
        )
        for channel, name in (("sms", "SMS"), ("whatsapp", "WhatsApp")):
            if own := home.sender_of(channel):
                typer.echo(f"It writes by {name} from {own}.")


def _sender(channel: str, text: str) -> str | None:
    if text.strip().lower() == "default":
        return None
    try:
        return (phone_or_short_code if channel == "sms" else phone)(text.strip())
    except ValueError as error:
        raise RegisterError(f"{channel} sender", str(error)) from None


def _quiet(text: str) -> tuple[time, time] | tuple[()]:
    if text.strip().lower() == "default":
        return ()
    try:
        return hours(text.strip())
    except ValueError as error:
        raise RegisterError("quiet hours", str(error)) from None


def _hours(home: Center) -> str:
    own = home.quiet_hours
    if own is None:
        return "as in the whole network"
    return "none" if own[0] == own[1] else f"{own[0]:%H:%M}-{own[1]:%H:%M}"


@center.command("list")
def list_centers() -> None:
    """List the centers."""
    with opened_store() as database, database.read() as db:
        columns = ("code", "name", "country", "currency", "zone", "language", "follow-ups after")
        show_table(
            columns,
            (
                (row.code, row.name, row.country, row.currency, row.zone, row.language, _after(row.cadence))
                for row in registers.list_centers(db)
            ),
        )


def _after(cadence: list[int]) -> str:
    return ",".join(map(str, cadence)) + " months" if cadence else "by hand"


# --- staff -----------------------------------------------------------------------------------------------------------


@staff.command("add")
def add_staff(
    name: Annotated[str, typer.Argument(help="First and last name.", metavar="NAME")],
    role: Annotated[str, typer.Option(help="counselor, coordinator or admin.")] = "counselor",
    center_code: OneCenter = None,
    email: Annotated[str | None, typer.Option(help="By which they log in to the console.")] = None,
    login: Annotated[
        bool, typer.Option("--login", help="Ask for a password for the console (a line, from a pipe).")
    ] = False,
) -> None:
    """Add a member of staff. A counselor belongs to a center; a coordinator without one sees the whole network."""
    password = _asked_password() if login else None
    with writing() as db:
        home = registers.find_center(db, center_code) if center_code else None
        made = registers.add_staff(db, home, name, role, email, at=now(), password=password)
        audit.record(db, actor(), "staff.add", f"staff:{made.id}", at=now(), role=made.role)
    typer.echo(
        f"Added {made.name}, {made.role}. For their own phone: acompana staff link {made.email or repr(made.name)}"
    )


@staff.command("password")
def set_password(who: Annotated[str, typer.Argument(help="E-mail, or name.", metavar="WHO")]) -> None:
    """Set a new password for the console: asked for twice, or a line from a pipe."""
    password = _asked_password()
    with writing() as db:
        found = registers.find_staff(db, who)
        registers.set_password(found, password)
        audit.record(db, actor(), "staff.password", f"staff:{found.id}", at=now())
    typer.echo(f"{found.name} has a new password.")


def _asked_password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


@staff.command("list")
def list_staff(center_code: OneCenter = None) -> None:
    """List the staff."""
    with opened_store() as database, database.read() as db:
        home = registers.find_center(db, center_code) if center_code else None
        rows = registers.list_staff(db, home)
        show_table(
            ("name", "role", "center", "email", "console", "active"),
            (
                (
                    row.name,
                    row.role,
                    row.center.code if row.center else "all",
                    row.email,
                    "yes" if row.password_hash else "no",
                    "yes" if row.active else "no",
                )
                for row in rows
            ),
        )


@staff.command("link")
def link(who: Annotated[str, typer.Argument(help="E-mail, or name.", metavar="WHO")]) -> None:
    """Show, once, the code by which a member of staff makes their phone known. It lives for seven days."""
    from bot.service.linking import issue

    with writing() as db:
        found = registers.find_staff(db, who)
        code = issue(db, now(), LINK_LIFE, staff_id=found.id)
        audit.record(db, actor(), "staff.link", f"staff:{found.id}", at=now())
    typer.echo(f"{found.name} writes this from their own phone to the assistant, within seven days: LINK {code}")


# --- trainings -------------------------------------------------------------------------------------------------------


@training.command("add")
def add_training(
    title: Annotated[str, typer.Argument(help="As clients will read it.", metavar="TITLE")],
    center_code: CenterCode,
    start: Annotated[
        datetime, typer.Option(help="Day and time on the center's clock.", metavar='"2026-12-03 14:00"', formats=MINUTE)
    ],
    place: Annotated[str, typer.Option(help="Where it is.")],
    area: Annotated[
        str, typer.Option(help="finance, technology, standards, cooperatives or value_chains.", metavar="AREA")
    ],
    hours: Annotated[str, typer.Option(help="How long it lasts.")] = "2",
    seats: Annotated[int, typer.Option(help="How many can come; the others wait.")] = 20,
    language: Annotated[str | None, typer.Option(help="Else the center's.")] = None,
) -> None:
    """Add a training. Clients are invited to it with: acompana training invite"""
    with writing() as db:
        home = registers.find_center(db, center_code)
        starts_at = start.replace(tzinfo=ZoneInfo(home.zone)).astimezone(UTC)
        made = registers.add_training(
            db,
            home,
            title,
            starts_at,
            hours=number("hours", hours),
            place=place,
            capacity=seats,
            area=area,
            language=language,
            at=now(),
        )
        audit.record(db, actor(), "training.add", made.code, at=now())
    past = " It is in the past: nobody will be reminded." if starts_at < now() else ""
    typer.echo(f"Added {made.code}, {made.title}, {start:%Y-%m-%d %H:%M} in {home.zone}.{past}")


@training.command("list")
def list_trainings(
    center_code: OneCenter = None,
    past: Annotated[bool, typer.Option("--all", help="Those that are over too.")] = False,
) -> None:
    """List the trainings to come, by time (the center's clock)."""
    with opened_store() as database, database.read() as db:
        home = registers.find_center(db, center_code) if center_code else None
        rows = registers.list_trainings(db, home, None if past else now() - timedelta(days=1))
        show_table(
            ("code", "title", "start", "hours", "place", "seats", "language", "area"),
            (
                (
                    row.code,
                    row.title,
                    row.starts_at.astimezone(ZoneInfo(row.center.zone)).strftime("%Y-%m-%d %H:%M"),
                    row.hours,
                    row.place,
                    row.capacity,
                    row.language,
                    row.area,
                )
                for row in rows
            ),
        )


def number(field: str, text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise Problem(f"{field}: {text!r} is not a number; write it like 1.5") from None


# --- rates -----------------------------------------------------------------------------------------------------------


@rate.command("set")
def enter_rate(
    currency: Annotated[str, typer.Argument(help="Three letters, like JMD.", metavar="CURRENCY")],
    per_usd: Annotated[str, typer.Argument(help="What one US dollar costs.", metavar="PER_USD")],
    day: Annotated[datetime | None, typer.Option(help="The day it holds for; else today.", formats=DAY)] = None,
    source: Annotated[str, typer.Option(help="Where it comes from, like the central bank.")] = "",
) -> None:
    """Enter the exchange rate of a day. Figures told from then on are exported in US dollars too."""
    with writing() as db:
        on: date = (day or now()).date()
        made = set_rate(db, currency, on, number("per_usd", per_usd), source)
        audit.record(db, actor(), "rate.set", f"{made.currency} {made.day}", at=now(), per_usd=str(made.per_usd))
    typer.echo(f"{made.day}: 1 USD = {made.per_usd} {made.currency}")
