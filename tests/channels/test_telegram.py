"""Telegram: what its updates tell, what we send, and what its refusals mean."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.channels.base import (
    ChannelError,
    Forged,
    Malformed,
    Misconfigured,
    OptedOut,
    Request,
    RetryLater,
    UnknownOutcome,
    Unreachable,
)
from bot.channels.telegram.channel import SECRET_HEADER, TelegramChannel, deep_link
from bot.channels.telegram.updates import Tap
from bot.messages.shape import SHARE_PHONE
from bot.model import Button, Inbound, Message, Outgoing
from tests.channels.wire import HANG_UP, Wire

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SENT_AT = datetime(2026, 11, 23, 11, 59, tzinfo=UTC)
ANA = {"id": 42, "is_bot": False, "first_name": "Ana", "last_name": "Luz", "language_code": "es"}
CHAT = {"id": 42, "type": "private", "first_name": "Ana"}
SECRET = "se-cret_1"


def channel(api_url: str = "http://127.0.0.1:9") -> TelegramChannel:
    return TelegramChannel(token="123:TEST", webhook_secret=SECRET, api_url=api_url, timeout=1, retries=1)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[TelegramChannel]:
    made = channel(url)
    try:
        yield made
    finally:
        await made.close()


def request(update: object, secret: str = SECRET) -> Request:
    body = update if isinstance(update, bytes) else json.dumps(update).encode()
    return Request("POST", "http://127.0.0.1/webhooks/telegram", {SECRET_HEADER.lower(): secret}, body, at=NOW)


def message(**parts: Any) -> dict[str, Any]:
    told = {"message_id": 7, "date": int(SENT_AT.timestamp()), "chat": CHAT, "from": ANA, **parts}
    return {"update_id": 1001, "message": told}


def inbound(**parts: Any) -> Inbound:
    known: dict[str, Any] = {
        "channel": "telegram",
        "provider_id": "1001",
        "sender": "42",
        "at": SENT_AT,
        "profile_name": "Ana Luz",
        "language_hint": "es",
    }
    return Inbound(**{**known, **parts})


FILE = {"file_id": "f", "file_unique_id": "u"}
CONTACT = {"phone_number": "50937000000", "first_name": "Ana"}
TAP = {
    "id": "q9",
    "from": ANA,
    "chat_instance": "ci",
    "data": "yes",
    "message": {
        "message_id": 8,
        "date": 1,
        "chat": CHAT,
        "text": "Ok?",
        "reply_markup": {"inline_keyboard": [[{"text": "Sí", "callback_data": "yes"}]]},
    },
}
TAPPED: dict[str, Any] = {
    "channel": "telegram",
    "provider_id": "1001",
    "sender": "42",
    "at": NOW,
    "choice": "yes",
    "profile_name": "Ana Luz",
    "language_hint": "es",
    "query_id": "q9",
    "message_id": 8,
}


@pytest.mark.parametrize(
    ("update", "told"),
    [
        (message(text="hola"), inbound(text="hola")),
        (message(text="/start LC"), inbound(text="/start LC")),
        (message(text="/start@OurBot LC"), inbound(text="/start LC")),
        (message(photo=[{**FILE, "width": 1, "height": 1}]), inbound(media="photo")),
        (
            message(photo=[{**FILE, "width": 1, "height": 1}], caption="mi tienda"),
            inbound(media="photo", text="mi tienda"),
        ),
        (message(voice={**FILE, "duration": 3}), inbound(media="voice")),
        (message(audio={**FILE, "duration": 3}), inbound(media="voice")),
        (message(video={**FILE, "duration": 3, "width": 1, "height": 1}), inbound(media="video")),
        (message(video_note={**FILE, "duration": 3, "length": 1}), inbound(media="video")),
        (message(document=FILE), inbound(media="document")),
        (
            message(
                sticker={**FILE, "width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"}
            ),
            inbound(media="sticker"),
        ),
        (
            message(location={"latitude": 18.5, "longitude": -72.3}),
            inbound(media="location", text="18.500, -72.300"),
        ),
        (
            message(
                location={"latitude": 0, "longitude": 0},
                venue={"location": {"latitude": 0, "longitude": 0}, "title": "Boutik Ana", "address": "Pòtoprens"},
            ),
            inbound(media="location", text="Boutik Ana, Pòtoprens"),
        ),
        (message(dice={"emoji": "🎲", "value": 3}), inbound(media="other")),
        (message(contact={**CONTACT, "user_id": 42}), inbound(contact_phone="+50937000000")),
        (message(contact={**CONTACT, "user_id": 43}), inbound(media="contact")),
        (message(contact=CONTACT), inbound(media="contact")),
        ({"update_id": 1001, "callback_query": TAP}, Tap(**TAPPED, text="Sí")),
        (
            {"update_id": 1001, "callback_query": {**TAP, "message": {"message_id": 8, "date": 0, "chat": CHAT}}},
            Tap(**TAPPED),
        ),
        ({"update_id": 1001, "callback_query": {**TAP, "data": None}}, None),
        ({"update_id": 1001, "callback_query": {**TAP, "message": None}}, None),
        (message(text="hola", chat={"id": -5, "type": "group", "title": "g"}), None),
        (message(text="hola", **{"from": {**ANA, "is_bot": True}}), None),
        ({"update_id": 1001, "edited_message": message(text="otra")["message"]}, None),
        (
            {
                "update_id": 1001,
                "channel_post": {**message(text="x")["message"], "chat": {"id": -6, "type": "channel"}},
            },
            None,
        ),
        ({"update_id": 1001, "something_new": {"id": 1}}, None),
        (
            {
                "update_id": 1001,
                "my_chat_member": {
                    "chat": CHAT,
                    "from": ANA,
                    "date": int(SENT_AT.timestamp()),
                    "old_chat_member": {"status": "member", "user": ANA},
                    "new_chat_member": {"status": "kicked", "user": ANA, "until_date": 0},
                },
            },
            inbound(opt_out=True, profile_name=None),
        ),
        (
            {
                "update_id": 1001,
                "my_chat_member": {
                    "chat": CHAT,
                    "from": ANA,
                    "date": int(SENT_AT.timestamp()),
                    "old_chat_member": {"status": "kicked", "user": ANA, "until_date": 0},
                    "new_chat_member": {"status": "member", "user": ANA},
                },
            },
            None,
        ),
    ],
)
def test_what_an_update_tells(update: dict[str, Any], told: Inbound | None) -> None:
    assert channel().parse(request(update)) == ([told] if told else [])


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"{}", b"\xff", b'{"update_id": 1, "message": {"x": 1}}'])
def test_what_is_no_update(body: bytes) -> None:
    with pytest.raises(Malformed):
        channel().parse(request(body))


def test_the_secret_token_is_checked() -> None:
    channel().verify(request({}))
    for wrong in ("", "other", SECRET + "x", "ñ"):
        with pytest.raises(Forged):
            channel().verify(request({}, wrong))
    with pytest.raises(Forged):
        channel().verify(Request("POST", "/", {}, b""))


def test_a_deep_link() -> None:
    assert deep_link("@OurBot", "LC") == "https://t.me/OurBot?start=LC"


# --- sending ---------------------------------------------------------------------------------------------------------

ACCEPTED = {"ok": True, "result": {"message_id": 99, "date": 1, "chat": CHAT, "text": "x"}}


def outgoing(text: str = "Ok?", *buttons: Button) -> Outgoing:
    return Outgoing(5, "telegram", "42", Message(text, buttons), "es")


async def sent(wire: Wire, what: Outgoing) -> str:
    async with opened(wire.url) as made:
        return await made.send(what)


def test_buttons_go_as_an_inline_keyboard_in_pairs(wire: Wire) -> None:
    wire.answer("/sendMessage", ACCEPTED)
    labels = ("Sí", "No", "Después")
    assert asyncio.run(sent(wire, outgoing("Ok?", *(Button(label.lower(), label) for label in labels)))) == "42:99"
    (call,) = wire.calls
    assert call.path == "/bot123:TEST/sendMessage"
    assert (call.fields["chat_id"], call.fields["text"]) == ("42", "Ok?")
    assert "parse_mode" not in call.fields
    keyboard = json.loads(call.fields["reply_markup"])["inline_keyboard"]
    assert keyboard == [
        [{"text": "Sí", "callback_data": "sí"}, {"text": "No", "callback_data": "no"}],
        [{"text": "Después", "callback_data": "después"}],
    ]


def test_a_phone_can_be_asked_for_its_number(wire: Wire) -> None:
    wire.answer("/sendMessage", ACCEPTED)
    asyncio.run(sent(wire, outgoing("Ok?", Button(SHARE_PHONE, "Mi número"), Button("no", "No"))))
    markup = json.loads(wire.calls[0].fields["reply_markup"])
    assert markup["keyboard"] == [
        [{"text": "Mi número", "request_contact": True}],
        [{"text": "No", "request_contact": False}],
    ]
    assert markup["one_time_keyboard"] is True


def test_a_long_text_goes_in_pieces_with_the_buttons_under_the_last(wire: Wire) -> None:
    wire.answer("/sendMessage", ACCEPTED)
    asyncio.run(sent(wire, outgoing("A sentence of words. " * 300, Button("y", "Yes"))))
    first, last = wire.calls
    assert len(first.fields["text"]) <= 4096
    assert first.fields["text"].endswith("words.")
    assert "reply_markup" not in first.fields
    assert "reply_markup" in last.fields


def test_of_a_long_text_only_what_is_missing_is_sent_again(wire: Wire) -> None:
    wire.answer("/sendMessage", ACCEPTED)
    wire.answer("/sendMessage", refusal(500, "Internal Server Error"), 500)
    wire.answer("/sendMessage", ACCEPTED)
    long = outgoing("A sentence of words. " * 300, Button("y", "Yes"))

    async def until_it_is_out() -> None:
        async with opened(wire.url) as made:
            with pytest.raises(RetryLater):
                await made.send(long)
            await made.send(long)
            await made.send(long)

    asyncio.run(until_it_is_out())
    lengths = [len(call.fields["text"]) for call in wire.calls]
    first, last = lengths[:2]
    assert lengths == [first, last, last, first, last]


def refusal(code: int, description: str, **parameters: object) -> dict[str, object]:
    return {"ok": False, "error_code": code, "description": description, "parameters": parameters or None}


@pytest.mark.parametrize(
    ("status", "body", "error", "code"),
    [
        (403, refusal(403, "Forbidden: bot was blocked by the user"), OptedOut, "blocked"),
        (403, refusal(403, "Forbidden: user is deactivated"), Unreachable, "deactivated"),
        (403, refusal(403, "Forbidden: bot can't initiate conversation with a user"), Unreachable, "never started"),
        (403, refusal(403, "Forbidden: bot was kicked from the group chat"), Unreachable, "kicked"),
        (403, refusal(403, "Forbidden: something new"), Unreachable, "403"),
        (400, refusal(400, "Bad Request: chat not found"), Unreachable, "chat not found"),
        (400, refusal(400, "Bad Request: PEER_ID_INVALID"), Unreachable, "chat not found"),
        (400, refusal(400, "Bad Request: message text is empty"), Misconfigured, "400"),
        (401, refusal(401, "Unauthorized"), Misconfigured, "401"),
        (404, refusal(404, "Not Found"), Misconfigured, "401"),
        (409, refusal(409, "Conflict: terminated by other getUpdates request"), Misconfigured, "409"),
        (429, refusal(429, "Too Many Requests: retry after 900", retry_after=900), RetryLater, "429"),
        (500, refusal(500, "Internal Server Error"), RetryLater, "5xx"),
        (502, {"no": "json we know"}, RetryLater, "5xx"),
        (HANG_UP, None, UnknownOutcome, "no answer"),
    ],
)
def test_what_a_refusal_means(wire: Wire, status: int, body: object, error: type[ChannelError], code: str) -> None:
    wire.answer("/sendMessage", body, status)
    with pytest.raises(error) as raised:
        asyncio.run(sent(wire, outgoing()))
    assert raised.value.code == code
    assert raised.value.reason
    if isinstance(raised.value, RetryLater) and code == "429":
        assert raised.value.after == timedelta(minutes=15)


def test_where_nobody_listens_nothing_was_sent() -> None:
    async def attempt() -> None:
        async with opened("http://127.0.0.1:9") as made:
            await made.send(outgoing())

    with pytest.raises(RetryLater, match="cannot be reached"):
        asyncio.run(attempt())


@pytest.mark.parametrize(("code", "error"), [("blocked", OptedOut), ("deactivated", Unreachable), ("new", RetryLater)])
def test_a_code_is_explained(code: str, error: type[ChannelError]) -> None:
    assert isinstance(channel().explain(code), error)


def test_a_short_wait_is_sat_out(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(_seconds: float) -> None:
        return None

    wire.answer("/sendMessage", refusal(429, "Too Many Requests: retry after 3", retry_after=3), 429)
    wire.answer("/sendMessage", ACCEPTED)
    monkeypatch.setattr("telegram.ext._aioratelimiter.asyncio.sleep", at_once)
    assert asyncio.run(sent(wire, outgoing())) == "42:99"
    assert len(wire.calls) == 2


def test_a_chat_that_moved_is_followed(wire: Wire) -> None:
    wire.answer("/sendMessage", refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=77), 400)
    wire.answer("/sendMessage", ACCEPTED)
    asyncio.run(sent(wire, outgoing()))
    assert [call.fields["chat_id"] for call in wire.calls] == ["42", "77"]


def test_a_tap_is_answered_and_its_keyboard_removed(wire: Wire) -> None:
    wire.answer("/answerCallbackQuery", {"ok": False, "description": "Bad Request: query is too old"}, 400)
    wire.answer("/editMessageReplyMarkup", ACCEPTED)

    async def acknowledge() -> None:
        async with opened(wire.url) as made:
            await made.acknowledge(Tap(**TAPPED))
            await made.acknowledge(inbound(text="hola"))

    asyncio.run(acknowledge())
    answered, removed = wire.calls
    assert answered.fields == {"callback_query_id": "q9"}
    assert removed.fields == {"chat_id": "42", "message_id": "8"}


def test_what_an_operator_sets_up(wire: Wire) -> None:
    for method in ("setWebhook", "setMyCommands"):
        wire.answer("/" + method, {"ok": True, "result": True})
    wire.answer("/getMe", {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "B", "username": "OurBot"}})
    wire.answer(
        "/getWebhookInfo",
        {"ok": True, "result": {"url": "https://x.org/t", "has_custom_certificate": False, "pending_update_count": 0}},
    )

    async def set_up() -> tuple[str, str, str]:
        async with opened(wire.url) as made:
            await made.set_menu({"en": [("help", "What I can do")], "es": [("help", "Qué puedo hacer")]})
            return await made.check(), await made.register_webhook("https://x.org/"), await made.webhook()

    assert asyncio.run(set_up()) == ("@OurBot", "https://x.org/webhooks/telegram", "https://x.org/t")
    (hook,) = wire.to("/setWebhook")
    assert hook.fields["secret_token"] == SECRET
    assert json.loads(hook.fields["allowed_updates"]) == ["message", "callback_query", "my_chat_member"]
    assert [call.fields.get("language_code") for call in wire.to("/setMyCommands")] == ["en", None, "es"]


# --- polling ---------------------------------------------------------------------------------------------------------


def updates(*ids: int) -> dict[str, object]:
    return {"ok": True, "result": [{**message(text=f"number {each}"), "update_id": each} for each in ids]}


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.telegram.channel.SHORTEST_PAUSE", 0.001)


async def polled(wire: Wire, handle: Callable[[Inbound], bool], until: int) -> list[str]:
    """Poll until `until` messages were handed over; `handle` says whether one was taken."""
    stop, seen = asyncio.Event(), []

    async def taken(one: Inbound) -> None:
        seen.append(one.text)
        if len(seen) >= until:
            stop.set()
        if not handle(one):
            raise RuntimeError("the database is full")

    async with opened(wire.url) as made:
        await asyncio.wait_for(made.poll(taken, stop=stop, wait=timedelta(0)), 5)
    return seen


def test_polling_acknowledges_only_what_was_handled(wire: Wire) -> None:
    wire.answer("/deleteWebhook", {"ok": True, "result": True})
    wire.answer("/getUpdates", updates(5, 6))
    wire.answer("/getUpdates", updates())
    wire.answer("/getUpdates", updates(7))
    assert asyncio.run(polled(wire, lambda _one: True, 3)) == ["number 5", "number 6", "number 7"]
    assert [call.fields.get("offset") for call in wire.to("/getUpdates")] == [None, "7", "7"]


def test_an_update_that_fails_is_handed_over_again_and_at_last_left_out(wire: Wire) -> None:
    wire.answer("/deleteWebhook", {"ok": True, "result": True})
    wire.answer("/getUpdates", updates(5, 6))
    wire.answer("/getUpdates", updates(7))
    seen = asyncio.run(polled(wire, lambda one: one.text != "number 5", 7))
    assert seen == ["number 5"] * 5 + ["number 6", "number 7"]
    assert [call.fields.get("offset") for call in wire.to("/getUpdates")] == [None, "7"]


def test_polling_goes_on_after_a_failure_of_telegrams(wire: Wire) -> None:
    wire.answer("/deleteWebhook", refusal(502, "Bad Gateway"), 502)
    wire.answer("/deleteWebhook", {"ok": True, "result": True})
    wire.answer("/getUpdates", refusal(502, "Bad Gateway"), 502)
    wire.answer("/getUpdates", refusal(409, "Conflict: terminated by other getUpdates request"), 409)
    wire.answer("/getUpdates", updates(5))
    assert asyncio.run(polled(wire, lambda _one: True, 1)) == ["number 5"]


def test_polling_with_a_wrong_token_says_so(wire: Wire) -> None:
    wire.answer("/deleteWebhook", refusal(401, "Unauthorized"), 401)
    with pytest.raises(Misconfigured, match="token"):
        asyncio.run(polled(wire, lambda _one: True, 1))
