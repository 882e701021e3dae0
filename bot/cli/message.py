"""Messages that were given up: what they are, why, and sending them again."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer
from sqlalchemy import Select, select

from bot.cli.common import Problem, actor, counted, opened_store, show_table, writing
from bot.cli.common import now as clock
from bot.cli.groups import message
from bot.service import resend
from storage import audit
from storage.schema import Client, Outbox

Since = Annotated[float, typer.Option(help="Only those of the last so many hours.", min=0.01)]
Channel = Annotated[str, typer.Option(help="sms, whatsapp or telegram; all when left out.")]


def _given_up(since: float, channel: str) -> Select[Outbox, str]:
    query = (
        select(Outbox, Client.code)
        .outerjoin(Client, Client.id == Outbox.client_id)
        .where(Outbox.status.in_(resend.GIVEN_UP), Outbox.created_at >= clock() - timedelta(hours=since))
        .order_by(Outbox.id)
    )
    return query.where(Outbox.channel == channel) if channel else query


@message.command("list")
def listed(since: Since = 24 * 90, channel: Channel = "") -> None:
    """What was given up, and why. Words and numbers are not shown."""
    with opened_store() as database, database.read() as db:
        found = db.execute(_given_up(since, channel)).all()
        rows = [(row.id, code or "", row.channel, row.created_at, row.status, row.reason) for row, code in found]
    if not rows:
        typer.echo("Everything got through.")
        return
    show_table(("message", "client", "channel", "queued", "state", "why"), rows)


@message.command("again")
def again(
    numbers: Annotated[list[int] | None, typer.Argument(help="As `acompana message list` shows them.")] = None,
    since: Annotated[
        float | None, typer.Option(help="All that were given up in the last so many hours.", min=0.01)
    ] = None,
    channel: Channel = "",
) -> None:
    """Queue messages once more. What is out of date, or was replaced, stays where it is, and is told."""
    if not numbers and since is None:
        raise Problem("Name messages (acompana message list shows them), or all of the last hours: --since 6")
    at, sent, kept = clock(), 0, []
    with writing() as db:
        query = _given_up(since or 24 * 365, channel)
        if numbers:
            query = query.where(Outbox.id.in_(numbers))
        found = db.execute(query).all()
        for row, code in found:
            made = resend.again(db, row, at)
            if isinstance(made, str):
                kept.append((row.id, code or "", made))
                continue
            sent += 1
            audit.record(db, actor(), "message.again", code or str(row.id), at=at)
    unknown = sorted(set(numbers or ()) - {row.id for row, _code in found})
    kept += [(number, "", "no message that was given up has this number") for number in unknown]
    typer.echo(f"{counted(sent, 'message')} queued for the worker.")
    if kept:
        show_table(("message", "client", "not sent"), kept)
    if not sent:
        raise typer.Exit(1)
