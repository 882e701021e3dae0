"""acompana message: failed messages, why they failed, and sending them again."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer
from sqlalchemy import Select, select

from bot.cli.common import Problem, actor, counted, opened_database, show_table, writing
from bot.cli.common import now as clock
from bot.cli.groups import message
from bot.service import resend
from storage import audit
from storage.schema import Client, Outbox

Since = Annotated[float, typer.Option(help="Only messages of the last N hours.", min=0.01)]
Channel = Annotated[str, typer.Option(help="sms, whatsapp or telegram. Default: all.")]


def _failed(since: float, channel: str) -> Select[Outbox, str]:
    query = (
        select(Outbox, Client.code)
        .outerjoin(Client, Client.id == Outbox.client_id)
        .where(Outbox.status.in_(resend.GIVEN_UP), Outbox.created_at >= clock() - timedelta(hours=since))
        .order_by(Outbox.id)
    )
    return query.where(Outbox.channel == channel) if channel else query


@message.command("list")
def listed(since: Since = 24 * 90, channel: Channel = "") -> None:
    """List failed messages and why they failed (without text or phone numbers)."""
    with opened_database() as database, database.read() as db:
        matches = db.execute(_failed(since, channel)).all()
        rows = [(row.id, code or "", row.channel, row.created_at, row.status, row.reason) for row, code in matches]
    if not rows:
        typer.echo("No failed messages.")
        return
    show_table(("message", "client", "channel", "queued", "state", "why"), rows)


@message.command("again")
def again(
    numbers: Annotated[list[int] | None, typer.Argument(help="Message numbers from `acompana message list`.")] = None,
    since: Annotated[float | None, typer.Option(help="All messages that failed in the last N hours.", min=0.01)] = None,
    channel: Channel = "",
) -> None:
    """Send failed messages again. Outdated or already replaced messages are skipped and listed."""
    if not numbers and since is None:
        raise Problem("choose messages by number (see: acompana message list), or all of the last hours with --since 6")
    at, sent, kept = clock(), 0, []
    with writing() as db:
        query = _failed(since or 24 * 365, channel)
        if numbers:
            query = query.where(Outbox.id.in_(numbers))
        matches = db.execute(query).all()
        for row, code in matches:
            result = resend.again(db, row, at)
            if isinstance(result, str):
                kept.append((row.id, code or "", result))
                continue
            sent += 1
            audit.record(db, actor(), "message.again", code or str(row.id), at=at)
    unknown = sorted(set(numbers or ()) - {row.id for row, _code in matches})
    kept += [(number, "", "no failed message has this number") for number in unknown]
    typer.echo(f"{counted(sent, 'message')} queued for the worker.")
    if kept:
        show_table(("message", "client", "not sent"), kept)
    if not sent:
        raise typer.Exit(1)
