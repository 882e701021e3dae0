"""The channels by name. A new provider is its folder, its import and its line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

from bot.channels.base import Channel
from bot.channels.simulator import SimulatorChannel
from bot.channels.spec import ChannelSpec
from bot.channels.telegram import spec as telegram
from bot.channels.twilio import spec as twilio
from bot.config.settings import Settings

SPECS: Mapping[str, ChannelSpec] = MappingProxyType(
    {
        spec.name: spec
        for spec in (
            *twilio.SPECS,
            *telegram.SPECS,
        )
    }
)
CHANNELS = tuple(SPECS)
PHONE_CHANNELS = tuple(spec.name for spec in SPECS.values() if spec.is_phone)


def configured(settings: Settings) -> tuple[str, ...]:
    """The channels for which the settings hold what they need."""
    return tuple(
        name
        for name, spec in SPECS.items()
        if all(any(getattr(settings, field) for field in group) for group in spec.needs)
    )


def open_channel(name: str, settings: Settings) -> Channel:
    """A channel that is configured."""
    module, _, function = SPECS[name].factory.partition(":")
    factory: Callable[[ChannelSpec, Settings], Channel] = getattr(import_module(module), function)
    return factory(SPECS[name], settings)


def open_channels(settings: Settings) -> dict[str, Channel]:
    """Every channel that is configured."""
    return {name: open_channel(name, settings) for name in configured(settings)}


def simulators() -> dict[str, Channel]:
    """For each channel, the simulated phones that imitate it."""
    return {name: SimulatorChannel(name) for name in SPECS}
