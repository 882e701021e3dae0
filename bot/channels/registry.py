"""The channels that a center's settings open, by name. A new channel is a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol

from bot.channels.base import Capabilities, Channel
from bot.channels.simulator import SimulatorChannel
from bot.channels.telegram import channel as telegram
from bot.channels.twilio import channel as twilio


class ChannelSettings(Protocol):
    """What the channels read of the settings; None or "" is not set."""

    @property
    def public_url(self) -> str | None: ...
    @property
    def telegram_token(self) -> str | None: ...
    @property
    def telegram_api_url(self) -> str | None: ...
    @property
    def telegram_webhook_secret(self) -> str: ...
    @property
    def twilio_account_sid(self) -> str | None: ...
    @property
    def twilio_auth_token(self) -> str | None: ...
    @property
    def twilio_shared_key(self) -> str | None: ...
    @property
    def twilio_sms_from(self) -> str | None: ...
    @property
    def twilio_whatsapp_from(self) -> str | None: ...
    @property
    def twilio_messaging_service_sid(self) -> str | None: ...
    @property
    def twilio_api_url(self) -> str | None: ...


def _telegram(settings: ChannelSettings) -> Channel | None:
    if not settings.telegram_token:
        return None
    return telegram.TelegramChannel(
        token=settings.telegram_token,
        webhook_secret=settings.telegram_webhook_secret,
        api_url=settings.telegram_api_url or None,
    )


def _sms(settings: ChannelSettings) -> Channel | None:
    return _twilio("sms", settings, settings.twilio_sms_from, settings.twilio_messaging_service_sid)


def _whatsapp(settings: ChannelSettings) -> Channel | None:
    return _twilio("whatsapp", settings, settings.twilio_whatsapp_from, None)


def _twilio(name: str, settings: ChannelSettings, sender: str | None, service: str | None) -> Channel | None:
    if not (settings.twilio_account_sid and settings.twilio_auth_token and (sender or service)):
        return None
    return twilio.TwilioChannel(
        name,
        account_sid=settings.twilio_account_sid,
        auth_token=settings.twilio_auth_token,
        sender=sender or None,
        messaging_service_sid=service or None,
        shared_key=settings.twilio_shared_key or None,
        public_url=settings.public_url or None,
        api_url=settings.twilio_api_url or None,
    )


FACTORIES: Mapping[str, Callable[[ChannelSettings], Channel | None]] = MappingProxyType(
    {"sms": _sms, "whatsapp": _whatsapp, "telegram": _telegram}
)
CAPABILITIES: Mapping[str, Capabilities] = MappingProxyType({**twilio.CAPABILITIES, "telegram": telegram.CAPABILITIES})


def open_channels(settings: ChannelSettings) -> dict[str, Channel]:
    """Every channel for which the settings hold what it needs."""
    made = {name: factory(settings) for name, factory in FACTORIES.items()}
    return {name: channel for name, channel in made.items() if channel is not None}


def simulators() -> dict[str, Channel]:
    """For each channel, the simulated phones that imitate it."""
    return {name: SimulatorChannel(name, capabilities) for name, capabilities in CAPABILITIES.items()}
