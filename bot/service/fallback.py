"""What follows when a message did not arrive: another try, the client's next channel, and at the end the counselor."""

from __future__ import annotations

from datetime import datetime

from bot.channels.base import ChannelError, Misconfigured, OptedOut, RetryLater, UnknownOutcome, Unreachable
from bot.channels.registry import SPECS
from bot.messages.announcements import MESSAGE, announced
from bot.model import Delivery, Status
from bot.service.outcomes import followup_id
from bot.service.staff_notices import tell_staff
from scheduler.policy import retry
from storage import optouts, outbox
from storage.addresses import addresses_of, every_address_of_staff, get_address
from storage.centers import get_center
from storage.clients import get_client
from storage.conversations import get_conversation
from storage.followups import get_followup
from storage.messages import tried_addresses
from storage.persons import speaker
from storage.schema import Address, Outbox
from storage.turns import Db

MOST_DELIVERIES = 3
"""How often a message is handed over that the provider takes each time and then cannot deliver: each costs."""


def reported(db: Db, row: Outbox, status: Status, error: ChannelError | None = None) -> bool:
    """Note what the provider tells of a message that it took; False when that is old news. A message that it could not
    deliver, for the reason `error`, is treated like one that it did not take."""
    if not outbox.reported(row, status.state.value, status.at, status.code, status.reason):
        return False
    if status.state is Delivery.FAILED:
        unexplained = RetryLater(status.code or "", status.reason or "the provider gave no reason")
        not_sent(db, row, error or unexplained, status.at, taken=True)
    return True


def not_sent(db: Db, row: Outbox, error: ChannelError, now: datetime, *, taken: bool = False) -> None:
    """Plan another try of `row`, or give it up and go on to the next channel. `row` and its client are locked. `taken`:
    the provider accepted it first, so that another try is another message."""
    row.code, row.reason, row.lease_until = error.code[:40], error.reason[:200], None
    if not outbox.wanted(row, optouts.opted_out_messages(db, [row]).get(row.id)):
        row.status, row.reason = "failed" if taken else "dropped", unwanted(row)
        return
    after = error.after if isinstance(error, RetryLater) else None
    decision = retry.retry(row.attempts, trouble(error), now, row.created_at, after)
    if isinstance(decision, retry.Retry) and not (taken and row.attempts >= MOST_DELIVERIES):
        unknown = isinstance(error, UnknownOutcome) or row.status == "unknown"
        row.status, row.due_at = ("unknown" if unknown else "queued"), decision.at
        row.lease_until = decision.at if unknown else None
        row.provider_id = row.sent_at = None
        return
    row.status = "failed"
    if isinstance(decision, retry.GiveUp) and not error.permanent:
        row.reason = decision.reason[:200]
    _elsewhere(db, row, error, now)


def unwanted(row: Outbox) -> str:
    """Why a message goes out no more."""
    why = "record erased" if row.text is None else "client opted out"
    return why + outbox.UNSURE if row.status == "unknown" else why


def trouble(error: ChannelError) -> retry.Trouble:
    """What an error means for trying again."""
    if error.permanent:
        return retry.Trouble.PERMANENT
    if isinstance(error, UnknownOutcome):
        return retry.Trouble.UNKNOWN
    if isinstance(error, Misconfigured):
        return retry.Trouble.MISCONFIGURED
    return retry.Trouble.LATER


def _elsewhere(db: Db, row: Outbox, error: ChannelError, now: datetime) -> None:
    address = get_address(db, row.address_id)
    if isinstance(error, Unreachable | OptedOut):
        address.unreachable_at, address.unreachable_reason = now, error.reason[:200]
    if row.client_id is None:
        _to_staff(db, row, address, now)
        return
    client = get_client(db, row.client_id)
    if isinstance(error, OptedOut) and SPECS[address.channel].opt_out_is_stop and address.opted_out_at is None:
        optouts.stop(db, client, address, speaker(db, client, address), now)
    if client.opted_out_at is not None:
        return
    tried = tried_addresses(db, row)
    theirs = addresses_of(db, client.id)
    stopped = optouts.opted_out(db, client, theirs)
    for other in outbox.reachable([one for one in theirs if one.id not in tried and one.id not in stopped])[:1]:
        db.add(instead(db, row, other, now))
        return
    _note_for_call(db, row, error)
    tell_staff(
        db,
        client.counselor_id,
        client.center_id,
        f"{client.name or client.code} ({client.code}) could not be reached by {row.channel}: {error.reason}. Please call.",
        now,
    )


def _to_staff(db: Db, row: Outbox, address: Address, now: datetime) -> None:
    """A notice goes to the next phone of its reader. When there is none it stays failed, and the console shows the rest."""
    if address.staff_id is None:
        return
    tried = tried_addresses(db, row)
    theirs = every_address_of_staff(db, address.staff_id)
    for other in outbox.reachable([one for one in theirs if one.id not in tried])[:1]:
        db.add(copied(row, other, now))


def _note_for_call(db: Db, row: Outbox, error: ChannelError) -> None:
    """Say on the call list why a follow-up did not come to its client."""
    conversation = get_conversation(db, row.conversation_id) if row.conversation_id is not None else None
    number = followup_id(conversation) if conversation is not None else None
    followup = get_followup(db, number) if number is not None else None
    if followup is not None and followup.status == "invited":
        followup.reason = f"could not be reached by {row.channel}: {error.reason}"[:200]


def instead(db: Db, row: Outbox, to: Address, now: datetime) -> Outbox:
    """What goes to another address of the same client, with words that announce it where WhatsApp wants a template."""
    made = copied(row, to, now)
    if SPECS[to.channel].window is not None and made.template is None and row.client_id is not None:
        center = get_center(db, get_client(db, row.client_id).center_id)
        made.template, made.variables = announced(MESSAGE, row.language, {"center": center.name})
    return made


def copied(row: Outbox, to: Address, now: datetime) -> Outbox:
    """The same message to another address, or in another way."""
    return Outbox(
        address_id=to.id,
        client_id=row.client_id,
        conversation_id=row.conversation_id,
        channel=to.channel,
        queue=to.queue,
        text=row.text,
        buttons=row.buttons,
        language=row.language,
        flow=row.flow,
        question=row.question,
        template=row.template,
        variables=row.variables,
        bulk=row.bulk,
        due_at=now,
        created_at=now,
        instead_of_id=row.id,
    )
