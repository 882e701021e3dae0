"""What the program has to know of SMS and WhatsApp by Twilio."""

from __future__ import annotations

from datetime import timedelta

from bot.channels.spec import ChannelSpec, Picker, Route, Shows
from bot.model import Delivery
from scheduler.policy.send_rates import Limits

EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
INBOUND = Route("/webhooks/twilio/inbound", body=EMPTY_TWIML, media_type="text/xml")
STATUS = Route("/webhooks/twilio/status", status=204)
ACCOUNT = (("twilio_account_sid",), ("twilio_auth_token",))
FACTORY = "bot.channels.twilio.channel:open_channel"
API, API_SETTING = "https://api.twilio.com", "twilio_api_url"
TEXT = 1600

SMS = ChannelSpec(
    name="sms",
    label="SMS",
    factory=FACTORY,
    routes=(INBOUND, STATUS),
    needs=(*ACCOUNT, ("twilio_sms_from", "twilio_messaging_service_sid")),
    shows=Shows(text=TEXT),
    is_phone=True,
    rates=Limits(sender=1),
    price_unit="segment",
    opt_out_is_stop=True,
    reports=(Delivery.SENT, Delivery.DELIVERED),
    finds=True,
    api=API,
    api_setting=API_SETTING,
)
"""A long code sends a segment a second."""

WHATSAPP = ChannelSpec(
    name="whatsapp",
    label="WhatsApp",
    factory=FACTORY,
    routes=(INBOUND, STATUS),
    needs=(*ACCOUNT, ("twilio_whatsapp_from",)),
    shows=Shows(
        text=TEXT,
        buttons=Picker(most=3, id_bytes=200, label=20, distinct=True),
        rows=Picker(most=10, id_bytes=200, label=24, distinct=True),
        text_with_choices=1024,
    ),
    is_phone=True,
    rates=Limits(sender=80),
    price_unit="message",
    window=timedelta(hours=24),
    opt_out_is_stop=True,
    reports=(Delivery.SENT, Delivery.DELIVERED, Delivery.READ),
    finds=True,
    api=API,
    api_setting=API_SETTING,
)
"""A sender sends 80 messages a second."""

SPECS = (SMS, WHATSAPP)
