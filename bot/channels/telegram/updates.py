"""What a Telegram update tells. Only private chats concern us; edits, groups and channels do not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.channels.base import Request
from bot.channels.places import place
from bot.model import Inbound

NAME = "telegram"
READ = ["message", "callback_query", "my_chat_member"]
"""The kinds of update that we ask for."""

_MEDIA = {
    "photo": "photo",
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "document": "document",
    "sticker": "sticker",
    "location": "location",
    "venue": "location",
    "contact": "contact",
}
_ADDRESSED = re.compile(r"^(/\w+)@\w+")


@dataclass(frozen=True, slots=True)
class Tap(Inbound):
    """A button that was tapped: the query is still to be answered, and the keyboard of `message_id` to be removed."""

    query_id: str = ""
    message_id: int | None = None


def read_update(update: Update, request: Request) -> Inbound | None:
    """None for what is of no concern. `request.at` stands in where Telegram gives no time."""
    if (query := update.callback_query) and query.message and query.message.chat.type == ChatType.PRIVATE:
        return _tap(update.update_id, query, query.message.chat, request)
    message = update.message
    if message and message.chat.type == ChatType.PRIVATE and message.from_user and not message.from_user.is_bot:
        return _message(update.update_id, message, message.from_user)
    change = update.my_chat_member
    if change and change.chat.type == ChatType.PRIVATE and change.new_chat_member.status == ChatMemberStatus.BANNED:
        return _blocked(update.update_id, change)
    return None


def _tap(update_id: int, query: CallbackQuery, chat: Chat, request: Request) -> Inbound | None:
    if not query.data:
        return None
    return Tap(
        channel=NAME,
        provider_id=str(update_id),
        sender=str(chat.id),
        at=request.at,
        text=_label(query),
        choice=query.data,
        profile_name=query.from_user.full_name,
        language_hint=query.from_user.language_code,
        query_id=query.id,
        message_id=query.message.message_id if query.message else None,
    )


def _label(query: CallbackQuery) -> str:
    """What stood on the button, where Telegram still has the message."""
    markup = query.message.reply_markup if isinstance(query.message, Message) else None
    rows = markup.inline_keyboard if markup else ()
    return next((button.text for row in rows for button in row if button.callback_data == query.data), "")


def _message(update_id: int, message: Message, person: User) -> Inbound:
    """A contact is a proof of a phone number only where it is the sender's own."""
    contact = message.contact
    own = contact is not None and contact.user_id == person.id
    return Inbound(
        channel=NAME,
        provider_id=str(update_id),
        sender=str(message.chat.id),
        at=message.date,
        text=_ADDRESSED.sub(r"\1", message.text or message.caption or _place(message)),
        media=None if own else _media(message),
        profile_name=person.full_name,
        language_hint=person.language_code,
        contact_phone="+" + contact.phone_number.lstrip("+") if contact and own else None,
    )


def _place(message: Message) -> str:
    venue, at = message.venue, message.location
    if at is None:
        return ""
    return place(at.latitude, at.longitude, *((venue.title, venue.address) if venue else ()))


def _media(message: Message) -> str | None:
    for kind, name in _MEDIA.items():
        if getattr(message, kind):
            return name
    return None if message.text or message.caption else "other"


def _blocked(update_id: int, change: ChatMemberUpdated) -> Inbound:
    """Blocking the bot is a STOP. Taking the block away is no START: that needs a word."""
    return Inbound(
        channel=NAME,
        provider_id=str(update_id),
        sender=str(change.chat.id),
        at=change.date,
        language_hint=change.from_user.language_code,
        opt_out=True,
    )
