"""The emulators, each started once for a run and empty for every test. Without Node, these tests fail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager

import pytest

from tests.e2e import processes
from tests.e2e.content import Contents
from tests.e2e.gate import Gate, open_gate
from tests.e2e.phones import TelegramEmulator, TwilioEmulator

DOCUMENTS = "node_modules/@twilio/cli-core/src/services/twilio-api"


@pytest.fixture(scope="session")
def telegram_process() -> Iterator[TelegramEmulator]:
    with processes.node(str(processes.HERE / "telegram.js")) as url:
        emulator = TelegramEmulator(url)
        yield emulator
        emulator.http.close()


@pytest.fixture
def telegram_emulator(telegram_process: TelegramEmulator) -> Iterator[TelegramEmulator]:
    """Telegram's Bot API; `telegram_emulator.phone()` is somebody who writes to the bot."""
    telegram_process.reset()
    yield telegram_process
    telegram_process.reset()


@pytest.fixture
def twilio_emulator() -> Iterator[TwilioEmulator]:
    """Twilio's messaging API with its signed webhooks, one SMS and one WhatsApp number."""
    port = str(processes.free_port())
    with processes.node(str(processes.HERE / "twilio.js"), port) as behind, open_gate({"/": behind + "/"}) as gate:
        emulator = TwilioEmulator(gate)
        yield emulator
        emulator.http.close()


@pytest.fixture
def twilio_with_buttons() -> Iterator[TwilioEmulator]:
    """The same with WhatsApp's buttons and lists."""
    port, contents = str(processes.free_port()), Contents()
    with (
        processes.node(str(processes.HERE / "twilio.js"), port) as behind,
        open_gate({"/": behind + "/"}, contents) as gate,
    ):
        emulator = TwilioEmulator(gate, contents)
        yield emulator
        emulator.http.close()


@pytest.fixture(scope="session")
def twilio_documents() -> Iterator[Gate]:
    with (
        _mock("twilio_api_v2010.json") as api,
        _mock("twilio_content_v1.json") as content,
        _mock("twilio_messaging_v1.json") as services,
        _mock("twilio_messaging_v2.json") as senders,
        open_gate(
            {
                "/content/": content + "/",
                "/messaging/v1/": services + "/v1/",
                "/messaging/v2/": senders + "/v2/",
                "/": api + "/",
            }
        ) as gate,
    ):
        yield gate


@pytest.fixture
def twilio_openapi(twilio_documents: Gate) -> Iterator[Gate]:
    """Twilio's own OpenAPI documents as a mock that refuses what they do not allow; `passages` says what it answered."""
    twilio_documents.reset()
    yield twilio_documents
    twilio_documents.reset()


def _mock(document: str) -> AbstractContextManager[str]:
    port = str(processes.free_port())
    prism = "node_modules/@stoplight/prism-cli/dist/index.js"
    return processes.node(
        prism, "mock", "-h", "127.0.0.1", "-p", port, f"{DOCUMENTS}/{document}", url=f"http://127.0.0.1:{port}"
    )
