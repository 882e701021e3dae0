"""The simulator: a phone in the browser, and the same over HTTP. What it sends takes the way of every other message."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Query, Request, Response
from sqlalchemy import func, select

from bot.model import Inbound
from bot.service.assistant import Assistant
from scheduler.sender import Sender
from storage.engine import Database
from storage.schema import Inbox, Outbox
from web.console import assets
from web.console.html import page
from web.simulator import phones
from web.simulator.phone_messages import BadMessage, a_channel, digits, read_message

MOST_BYTES = 1_000_000
OVERLAP = timedelta(seconds=5)
"""A message may be committed a little later than the time it bears; a page that asks for news gets this much again."""

OutboxId = Annotated[int, Query(ge=0, le=2**53)]

router = APIRouter(tags=["simulator"])


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one message led to."""

    #: None where the message was here before.
    inbox_id: int | None
    #: Outbox ids of what goes back to the phone.
    replies: tuple[int, ...] = ()
    #: The ids of all addresses that were written to.
    addresses: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Simulator:
    """What the routes of one app share."""

    database: Database
    assistant: Assistant
    sender: Sender
    now: Callable[[], datetime]

    def receive(self, inbound: Inbound) -> Receipt:
        """Take in a message; a choice without a text gets the text of its button."""
        with self.database.write() as db:
            before = db.scalar(select(func.max(Outbox.id))) or 0
            if inbound.choice and not inbound.text:
                mine = [a.id for a in phones.phone_of(db, inbound.sender.removeprefix("+"), inbound.channel)]
                label = phones.labels_of(db, [inbound.choice], mine).get(inbound.choice, "")
                inbound = replace(inbound, text=label)
            inbox_id = self.assistant.receive(db, inbound)
            if inbox_id is None:
                return Receipt(None)
            db.flush()
            address_id = db.get_one(Inbox, inbox_id).address_id
            queued = db.execute(
                select(Outbox.id, Outbox.address_id)
                .where(Outbox.id > before, Outbox.due_at <= inbound.at)
                .order_by(Outbox.id)
            )
            written = list(queued)
            replies = tuple(row for row, to in written if to == address_id)
            return Receipt(inbox_id, replies, tuple(dict.fromkeys([address_id, *(to for _row, to in written)])))

    def replies_of(self, receipt: Receipt) -> list[dict[str, Any]]:
        with self.database.read() as db:
            rows = db.scalars(select(Outbox).where(Outbox.id.in_(receipt.replies)).order_by(Outbox.id))
            return [phones.as_reply(row) for row in rows if row.status not in ("failed", "dropped")]


async def the_simulator(request: Request) -> Simulator:
    simulator: Simulator = request.app.state.simulator
    return simulator


SimulatorDep = Annotated[Simulator, Depends(the_simulator)]


def mount(app: FastAPI, database: Database, assistant: Assistant, sender: Sender, now: Callable[[], datetime]) -> None:
    """To be mounted only where the simulator is switched on: whoever reaches it can write as any simulated phone."""
    app.state.simulator = Simulator(database, assistant, sender, now)
    app.include_router(assets.router, prefix="/simulator")
    app.include_router(router)


@router.post("/simulator/messages")
async def write(request: Request, simulator: SimulatorDep) -> dict[str, Any]:
    """Send {channel, from, text?, choice?, media?, language?, id?}; answers with what came back to that phone."""
    body = await _json(request)
    with bad_message_as_422():
        inbound = read_message(body, simulator.now())
    receipt = await to_thread.run_sync(simulator.receive, inbound)
    for address_id in receipt.addresses:
        await simulator.sender.drain(address_id=address_id)
    replies = await to_thread.run_sync(simulator.replies_of, receipt) if receipt.replies else []
    return {"replies": replies, "received": receipt.inbox_id, "duplicate": receipt.inbox_id is None}


@router.get("/simulator/messages")
def messages(
    request: Request,
    simulator: SimulatorDep,
    channel: str | None = None,
    after: OutboxId | None = None,
    since: datetime | None = None,
) -> dict[str, Any]:
    """What reached the phone `from` (on one `channel`, or on all): after an outbox id, since a time, or the latest."""
    if since is not None and since.tzinfo is None:
        raise HTTPException(422, "since needs its time zone, like 2026-11-23T10:00:00Z.")
    cursor = simulator.now() - OVERLAP
    with bad_message_as_422():
        number = digits(request.query_params.get("from"))
        on = a_channel(channel) if channel else None
    with simulator.database.read() as db:
        phone = phones.phone_of(db, number, on)
        return {
            "replies": phones.received(db, phone, after, since),
            "inbound": phones.written_by(db, phone, since),
            "cursor": cursor.isoformat(),
        }


@router.get("/simulator/understood")
def understood(request: Request, simulator: SimulatorDep, channel: str | None = None) -> dict[str, Any]:
    """Whose phone `from` is, and what was understood of its latest answers."""
    with bad_message_as_422():
        number = digits(request.query_params.get("from"))
        on = a_channel(channel) if channel else None
    with simulator.database.read() as db:
        return phones.understood(db, phones.phone_of(db, number, on))


@router.get("/simulator", include_in_schema=False)
def phone(simulator: SimulatorDep) -> Response:
    with simulator.database.read() as db:
        return page("simulator.html", centers=phones.centers(db), recent=phones.recent(db))


@contextmanager
def bad_message_as_422() -> Iterator[None]:
    """Answers a BadMessage with 422 and its sentence."""
    try:
        yield
    except BadMessage as error:
        raise HTTPException(422, str(error)) from None


async def _json(request: Request) -> Any:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(413, f"a message of more than {MOST_BYTES} bytes is not read.")
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise HTTPException(422, "the body must be JSON.") from None
