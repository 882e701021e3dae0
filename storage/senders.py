"""Numbers of ours that belong to one center."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from storage.checks import RegisterError
from storage.schema import Address, Center, Client


def set_sender(db: Session, center: Center, channel: str, number: str | None) -> None:
    """Let the center write from `number` on the channel; None: from that of the network. Whoever wrote to another number
    of ours goes on with that one. Raises RegisterError."""
    for other in db.scalars(select(Center).where(Center.id != center.id)):
        if number is not None and other.sender_of(channel) == number:
            raise RegisterError(f"{channel} sender", f"{number} already belongs to {other.code}; choose another number")
    before = center.sender_of(channel)
    senders = {**(center.settings.get("senders") or {}), channel: number}
    center.settings = {**center.settings, "senders": {name: one for name, one in senders.items() if one}}
    unchosen: ColumnElement[bool] = Address.sender.is_(None)
    if before is not None:
        unchosen |= Address.sender == before
    theirs = select(Client.id).where(Client.center_id == center.id)
    mine = (Address.client_id.in_(theirs), Address.channel == channel, Address.simulated.is_(False), unchosen)
    db.execute(update(Address).where(*mine).values(sender=number).execution_options(synchronize_session=False))
