"""What the program has to know of Telegram."""

from __future__ import annotations

from bot.channels.spec import ChannelSpec, Picker, Route, Shows
from scheduler.policy.send_rates import Limits

WEBHOOK = Route("/webhooks/telegram")
TELEGRAM = ChannelSpec(
    name="telegram",
    label="Telegram",
    factory="bot.channels.telegram.channel:open_channel",
    routes=(WEBHOOK,),
    needs=(("telegram_token",),),
    shows=Shows(text=4096, buttons=Picker(most=100, id_bytes=64), contact_button=True),
    is_phone=False,
    rates=Limits(overall=30, chat=1),
    initiates=False,
    api="https://api.telegram.org",
    api_setting="telegram_api_url",
)
"""A bot sends 30 messages a second, and one to each chat. Who refuses it has blocked it, which is no STOP."""

SPECS = (TELEGRAM,)
