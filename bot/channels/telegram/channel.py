"""Telegram, by python-telegram-bot: webhook or long polling."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from telegram import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.error import ChatMigrated, TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.channels.base import ChannelError, Forged, Malformed, Misconfigured, Request, RetryLater
from bot.channels.spec import ChannelSpec
from bot.channels.telegram.errors import REFUSALS, PatientLimiter, translated
from bot.channels.telegram.spec import TELEGRAM, WEBHOOK
from bot.channels.telegram.updates import NAME, READ, Tap, read_update
from bot.config.settings import Settings
from bot.messages.shape import SHARE_PHONE, shape, split
from bot.model import Button, Inbound, Outgoing, Status

log = logging.getLogger(__name__)
logging.getLogger("httpx").setLevel(logging.WARNING)  # it writes addresses at INFO, and the token is part of them

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
SHORT_LABEL = 14  # two such labels stand side by side on a small phone
RECENT = timedelta(hours=1)
"""How long ago a call of Telegram's that failed still tells something."""
MANY = 20  # messages that wait at Telegram; so few come and go in a moment
TRIES = 5  # of an update that cannot be handled, before it is left out
POLL = timedelta(seconds=30)
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 60.0

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup
Handler = Callable[[Inbound], Awaitable[None]]


def open_channel(spec: ChannelSpec, settings: Settings) -> TelegramChannel:
    assert settings.telegram_token is not None
    return TelegramChannel(
        token=settings.telegram_token.get_secret_value(),
        webhook_secret=settings.telegram_webhook_secret,
        api_url=settings.telegram_api_url,
    )


class TelegramChannel:
    """`api_url` replaces https://api.telegram.org, for a Bot API server of one's own."""

    def __init__(
        self,
        *,
        token: str,
        webhook_secret: str,
        api_url: str | None = None,
        retries: int = 3,
        timeout: float = 15.0,
    ) -> None:
        base = (api_url or TELEGRAM.api).rstrip("/")
        self._secret = webhook_secret
        self._out: dict[int, int] = {}
        """Outbox id → pieces of a long text that are out, where the rest is not."""
        self._requests = [
            HTTPXRequest(read_timeout=timeout, write_timeout=timeout, connect_timeout=timeout, pool_timeout=timeout)
            for _use in ("send", "poll")
        ]
        self.bot = ExtBot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._requests[0],
            get_updates_request=self._requests[1],
            rate_limiter=PatientLimiter(max_retries=retries),
        )

    @property
    def name(self) -> str:
        return NAME

    def verify(self, request: Request) -> None:
        if not hmac.compare_digest(request.header(SECRET_HEADER).encode(), self._secret.encode()):
            raise Forged("no valid secret token")

    def parse(self, request: Request) -> list[Inbound | Status]:
        try:
            update = Update.de_json(json.loads(request.body), self.bot)
            inbound = read_update(update, request)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise Malformed("not an update") from error
        return [inbound] if inbound else []

    async def acknowledge(self, inbound: Inbound) -> None:
        if not isinstance(inbound, Tap):
            return
        with suppress(TelegramError):
            await self.bot.answer_callback_query(inbound.query_id)
        if inbound.message_id is not None:
            with suppress(TelegramError):
                await self.bot.edit_message_reply_markup(chat_id=int(inbound.sender), message_id=inbound.message_id)

    async def send(self, outgoing: Outgoing) -> str:
        """Of a long text, what an earlier attempt got out is not sent again."""
        shaped = shape(outgoing.message, NAME)
        pieces = split(shaped.text, TELEGRAM.shows.text)
        chat, sent, out = int(outgoing.recipient), 0, self._out.pop(outgoing.id, 0)
        for number, piece in enumerate(pieces[out:], start=out):
            if number:
                self._out[outgoing.id] = number
            markup = keyboard(shaped.buttons) if number == len(pieces) - 1 else None
            chat, sent = await self._send(chat, piece, markup)
        self._out.pop(outgoing.id, None)
        return f"{chat}:{sent}"

    async def _send(self, chat: int, text: str, markup: Keyboard | None) -> tuple[int, int]:
        """The chat that it went to, which is another one where Telegram has moved the chat, and the message's id."""
        try:
            return await self._message(chat, text, markup)
        except ChatMigrated as moved:
            return await self._send(moved.new_chat_id, text, markup)
        except TelegramError as error:
            raise translated(error) from error

    async def _message(self, chat: int, text: str, markup: Keyboard | None) -> tuple[int, int]:
        message = await self.bot.send_message(
            chat, text, reply_markup=markup, link_preview_options=LinkPreviewOptions(is_disabled=True)
        )
        return message.chat_id, message.message_id

    async def find(self, outgoing: Outgoing) -> str | None:
        """Telegram lets a bot look nothing up."""
        return None

    def explain(self, code: str) -> ChannelError:
        for kind, known, reason in REFUSALS.values():
            if known == code:
                return kind(code, reason)
        return RetryLater(code, "Telegram gave a code that is not known here")

    async def check(self) -> str:
        try:
            me = await self.bot.get_me()
        except TelegramError as error:
            raise translated(error) from error
        return f"@{me.username}"

    async def faults(self, public_url: str | None) -> list[str]:
        try:
            webhook = await self.bot.get_webhook_info()
        except TelegramError as error:
            raise translated(error) from error
        if not public_url:
            return []
        wanted = public_url.rstrip("/") + WEBHOOK.path
        if webhook.url != wanted:
            calls = f"calls {webhook.url}" if webhook.url else "calls no webhook"
            return [f"Telegram {calls}, not {wanted}; run: acompana telegram webhook"]
        waiting = f"{webhook.pending_update_count} messages wait" if webhook.pending_update_count else ""
        if webhook.last_error_date is not None and datetime.now(UTC) - webhook.last_error_date < RECENT:
            said = "; ".join(filter(None, (webhook.last_error_message, waiting)))
            return [f"Telegram could not call {wanted} a while ago ({said}); check that it is reachable from outside"]
        if webhook.pending_update_count > MANY:
            return [f"{waiting} at Telegram; check that `acompana run` keeps up with them"]
        return []

    async def close(self) -> None:
        for request in self._requests:
            await request.shutdown()

    # --- what an operator sets up --------------------------------------------------------------------------------------

    async def register_webhook(self, public_url: str) -> str:
        """Have Telegram call us; the address that it was told."""
        url = public_url.rstrip("/") + WEBHOOK.path
        try:
            await self.bot.set_webhook(url, secret_token=self._secret, allowed_updates=READ)
        except TelegramError as error:
            raise translated(error) from error
        return url

    async def webhook(self) -> str:
        """The address that Telegram calls; "" while updates are polled."""
        try:
            return (await self.bot.get_webhook_info()).url
        except TelegramError as error:
            raise translated(error) from error

    async def set_menu(self, menus: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """`menus` maps a language to (command, description); the English one is for every other language too."""
        try:
            for language, commands in menus.items():
                menu = [BotCommand(command, description) for command, description in commands]
                await self.bot.set_my_commands(menu, language_code=language)
                if language == "en":
                    await self.bot.set_my_commands(menu)
        except TelegramError as error:
            raise translated(error) from error

    # --- polling -------------------------------------------------------------------------------------------------------

    async def poll(self, handle: Handler, *, stop: asyncio.Event | None = None, wait: timedelta = POLL) -> None:
        """Read updates until `stop` is set, and tell Telegram that one was taken only after `handle` has returned.

        `handle` returns after its commit. Where it raises, the update is handed to it again, five times in all.
        Raises `Misconfigured` where Telegram does not accept us.
        """
        stop = stop or asyncio.Event()
        await self._stop_webhook(stop)
        offset, pause = None, SHORTEST_PAUSE
        while not stop.is_set():
            try:
                updates = await self.bot.get_updates(offset=offset, timeout=wait, allowed_updates=READ)
            except TelegramError as error:
                if isinstance(translated(error), Misconfigured) and not _passing(error):
                    raise translated(error) from error
                log.warning("polling Telegram failed: %s", type(error).__name__)
                pause = await _rest(stop, pause)
                continue
            pause = SHORTEST_PAUSE
            for update in updates:
                if stop.is_set():
                    return
                await self._take(update, handle, stop)
                offset = update.update_id + 1

    async def _stop_webhook(self, stop: asyncio.Event) -> None:
        """Telegram lets nobody poll while a webhook is set."""
        pause = SHORTEST_PAUSE
        while not stop.is_set():
            try:
                await self.bot.delete_webhook(drop_pending_updates=False)
            except TelegramError as error:
                if isinstance(translated(error), Misconfigured):
                    raise translated(error) from error
                pause = await _rest(stop, pause)
            else:
                return

    async def _take(self, update: Update, handle: Handler, stop: asyncio.Event) -> None:
        inbound = read_update(update, Request("POLL", "", {}, b""))
        if inbound is None:
            return
        pause = SHORTEST_PAUSE
        for left in reversed(range(TRIES)):
            try:
                await handle(inbound)
            except Exception as error:  # whatever it is, the updates after this one must not wait for ever
                log.error("update %s failed (%s), tries left: %s", update.update_id, type(error).__name__, left)
                if left:
                    pause = await _rest(stop, pause)
                if stop.is_set():
                    return
            else:
                await self.acknowledge(inbound)
                return


async def _rest(stop: asyncio.Event, pause: float) -> float:
    """Wait `pause` seconds or until `stop`; how long to wait the next time."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), pause)
    return min(2 * pause, LONGEST_PAUSE)


def _passing(error: TelegramError) -> bool:
    """During a restart the old process may still be polling."""
    return translated(error).code == "409"


def keyboard(buttons: Sequence[Button]) -> Keyboard | None:
    """Inline buttons, short ones in pairs; a reply keyboard where the phone is to share its number."""
    if any(button.id == SHARE_PHONE for button in buttons):
        return ReplyKeyboardMarkup(
            [[KeyboardButton(button.label, request_contact=button.id == SHARE_PHONE)] for button in buttons],
            resize_keyboard=True,
            one_time_keyboard=True,
        )
    if not buttons:
        return None
    width = 2 if all(len(button.label) <= SHORT_LABEL for button in buttons) else 1
    shown = [InlineKeyboardButton(button.label, callback_data=button.id) for button in buttons]
    return InlineKeyboardMarkup([shown[at : at + width] for at in range(0, len(shown), width)])


def deep_link(username: str, payload: str) -> str:
    """The link that opens the bot and sends it `/start payload` (64 characters of A-Z a-z 0-9 _ -)."""
    return f"https://t.me/{username.removeprefix('@')}?start={payload}"
