"""The people at the other end: phones on the emulated Telegram and on the emulated Twilio."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx
from twilio.request_validator import RequestValidator

from tests.e2e.content import Contents
from tests.e2e.gate import Gate

PATIENCE = 10.0  # seconds that a phone waits for a reply

TELEGRAM_TOKEN = "123456:TEST"
TWILIO_SID = "AC" + "0" * 32
TWILIO_TOKEN = "twilio_test_auth_token"
TWILIO_NUMBER = "+15551234567"
TWILIO_SERVICE = "MG" + "0" * 31 + "1"


@dataclass
class TelegramEmulator:
    """`url` stands in for https://api.telegram.org."""

    url: str
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=30, trust_env=False))

    def phone(self, chat: int = 4242, name: str = "Ana", language: str = "es") -> TelegramPhone:
        return TelegramPhone(self, chat, name, language)

    def fail(
        self,
        method: str,
        status: int,
        description: str,
        *,
        times: int = 1,
        chat: int | None = None,
        **parameters: object,
    ) -> None:
        """The next `times` calls of `method` (to `chat`) fail as Telegram would fail them."""
        fault = {"method": method, "status": status, "description": description, "times": times, "chat": chat}
        self.post("/_control/fault", {**fault, "parameters": parameters or None})

    def calls(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every call of `method`, oldest first."""
        journal = self.http.get(self.url + "/_control/calls").json()
        return [call["params"] for call in journal if call["method"] == method]

    def reset(self) -> None:
        self.post("/_control/reset", {})

    def post(self, path: str, body: object) -> Any:
        answer = self.http.post(self.url + path, json=body)
        answer.raise_for_status()
        return answer.json()


@dataclass
class TelegramPhone:
    emulator: TelegramEmulator
    chat: int
    name: str
    language: str
    last: dict[str, Any] = field(default_factory=dict)

    def say(self, text: str, **parts: Any) -> None:
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            entities = [{"type": "bot_command", "offset": 0, "length": length}]
            self.emulator.post("/sendCommand", self._message(text=text, entities=entities))
        else:
            self.emulator.post("/sendMessage", self._message(**({"text": text} if text else {}), **parts))

    def share_number(self, phone: str, *, of: int | None = None) -> None:
        """Share a contact: one's own, or that of the user `of`."""
        self.say("", contact={"phone_number": phone, "first_name": self.name, "user_id": of or self.chat})

    def tap(self, label: str) -> None:
        """Tap a button under the last message."""
        shown = {button["text"]: button["callback_data"] for row in self._rows() for button in row}
        message = {
            "message_id": self.last["messageId"],
            "date": int(time.time()),
            "chat": self._chat(),
            "text": self.last["message"]["text"],
            "reply_markup": self.last["message"]["reply_markup"],
        }
        query = {"botToken": TELEGRAM_TOKEN, "from": self._user(), "data": shown[label], "message": message}
        self.emulator.post("/sendCallback", query)

    def read(self, wait: float = PATIENCE) -> str:
        """The next message of the bot's, "" where none comes within `wait` seconds."""
        end = time.monotonic() + wait
        while True:
            new = self.emulator.post("/getUpdates", {"token": TELEGRAM_TOKEN, "chatId": self.chat})["result"]
            if new:
                self.last = new[-1]
                return "\n".join(each["message"]["text"] for each in new)
            if time.monotonic() >= end:
                return ""
            time.sleep(0.05)

    def buttons(self) -> list[str]:
        """The labels under the last message, as they are now."""
        return [button["text"] for row in self._rows() for button in row]

    def _rows(self) -> list[list[dict[str, str]]]:
        history = self.emulator.post("/getUpdatesHistory", {"token": TELEGRAM_TOKEN})["result"]
        for each in history:
            if each["messageId"] == self.last.get("messageId") and "chat_id" in each.get("message", {}):
                markup = each["message"].get("reply_markup") or {}
                return list(markup.get("inline_keyboard") or markup.get("keyboard") or [])
        return []

    def _user(self) -> dict[str, Any]:
        return {"id": self.chat, "is_bot": False, "first_name": self.name, "language_code": self.language}

    def _chat(self) -> dict[str, Any]:
        return {"id": self.chat, "type": "private", "first_name": self.name}

    def _message(self, **parts: Any) -> dict[str, Any]:
        return {
            "botToken": TELEGRAM_TOKEN,
            "from": self._user(),
            "chat": self._chat(),
            "date": int(time.time()),
            **parts,
        }

    def pick(self, number: int) -> None:
        """Tap the button of that number, counted from 1."""
        self.tap(self.buttons()[number - 1])


@dataclass
class TwilioEmulator:
    """`gate.url` stands in for https://api.twilio.com. `contents`, where given, knows what is on WhatsApp's buttons."""

    gate: Gate
    contents: Contents | None = None
    http: httpx.Client = field(
        default_factory=lambda: httpx.Client(timeout=30, trust_env=False, auth=(TWILIO_SID, TWILIO_TOKEN))
    )

    @property
    def url(self) -> str:
        return self.gate.url

    def call_back(self, public_url: str) -> None:
        """Have both numbers' inbound messages posted below `public_url`."""
        numbers = self.http.get(f"{self._account}/IncomingPhoneNumbers.json").json()["incoming_phone_numbers"]
        for number in numbers:
            hook = {"SmsUrl": public_url + "/webhooks/twilio/inbound", "SmsMethod": "POST"}
            self.http.post(f"{self._account}/IncomingPhoneNumbers/{number['sid']}.json", data=hook).raise_for_status()

    def messages(self, to: str) -> list[dict[str, Any]]:
        """What was sent to an address, oldest first."""
        found = self.http.get(f"{self._account}/Messages.json", params={"To": to, "PageSize": 1000}).json()["messages"]
        return [message for message in reversed(found) if message["direction"].startswith("outbound")]

    def told(self, sender: str) -> dict[str, str]:
        """The SID of what an address wrote through the emulator, by its text."""
        found = self.http.get(f"{self._account}/Messages.json", params={"From": sender, "PageSize": 1000}).json()
        return {message["body"]: message["sid"] for message in found["messages"] if message["direction"] == "inbound"}

    def phone(self, address: str, public_url: str) -> TwilioPhone:
        return TwilioPhone(self, address, public_url)

    def report(self, sid: str, status: str) -> None:
        """Move a message on, which calls its status callback."""
        self._simulate("message-status", MessageSid=sid, Status=status)

    def write(self, sender: str, text: str) -> None:
        """An inbound message by way of the emulator. `sender` is +1… or whatsapp:+1…"""
        to = TWILIO_NUMBER if sender.startswith("+") else "whatsapp:" + TWILIO_NUMBER
        self._simulate("inbound-message", From=sender, To=to, Body=text)

    def _simulate(self, what: str, **fields: str) -> None:
        self.http.post(f"{self.url}/_twilio/simulate/{what}", data=fields).raise_for_status()

    @property
    def _account(self) -> str:
        return f"{self.url}/2010-04-01/Accounts/{TWILIO_SID}"


@dataclass
class TwilioPhone:
    """A phone at `address`, +1… for SMS or whatsapp:+1…, that writes to the program at `public_url`."""

    emulator: TwilioEmulator
    address: str
    public_url: str
    seen: int = 0

    def say(self, text: str) -> None:
        self.emulator.write(self.address, text)

    def pick(self, number: int) -> None:
        """Tap the button of that number, counted from 1; type the number where there is none."""
        shown = self.emulator.contents.shown.get(self.address) if self.emulator.contents else None
        if not shown:
            self.say(str(number))
            return
        label, payload = list(shown.items())[number - 1]
        url = self.public_url + "/webhooks/twilio/inbound"
        tapped = {"ButtonText": label, "ButtonPayload": payload} if len(shown) <= 3 else {"ListTitle": label}
        if len(shown) > 3:
            tapped |= {"ListId": payload, "MessageType": "interactive"}
        answer = signed_webhook(url, From=self.address, **tapped)
        assert answer.status_code == 200, answer.text

    def read(self, wait: float = PATIENCE) -> str:
        """The next messages from the program, "" where none comes within `wait` seconds."""
        end = time.monotonic() + wait
        while True:
            new = self.emulator.messages(self.address)[self.seen :]
            if new:
                self.seen += len(new)
                return "\n".join(str(message["body"]) for message in new)
            if time.monotonic() >= end:
                return ""
            time.sleep(0.05)


def signed_webhook(url: str, *, token: str = TWILIO_TOKEN, **fields: str) -> httpx.Response:
    """Post a WhatsApp webhook in a shape that the emulator does not know (button, list, location, media), signed."""
    sid = "SM" + uuid.uuid4().hex
    known = {"MessageSid": sid, "SmsSid": sid, "AccountSid": TWILIO_SID, "SmsStatus": "received", "NumMedia": "0"}
    form = {**known, "To": "whatsapp:" + TWILIO_NUMBER, "Body": "", **fields}
    signature = RequestValidator(token).compute_signature(url, form)
    return httpx.post(url, data=form, headers={"X-Twilio-Signature": signature}, timeout=30, trust_env=False)
