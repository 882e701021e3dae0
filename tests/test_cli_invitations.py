"""The addresses by which clients join."""

from __future__ import annotations

from bot.cli.invitations import addresses
from bot.config.settings import Settings


def test_each_channel_has_its_address() -> None:
    settings = Settings(twilio_whatsapp_from="+17585550100", twilio_sms_from="+17585550101")
    assert addresses(settings, "LC", "@sbdc_bot") == [
        ("whatsapp", "https://wa.me/17585550100?text=JOIN%20LC"),
        ("sms", "sms:+17585550101?body=JOIN%20LC"),
        ("telegram", "https://t.me/sbdc_bot?start=LC"),
    ]


def test_a_center_may_have_numbers_of_its_own() -> None:
    settings = Settings(twilio_whatsapp_from="+17585550100", twilio_sms_from="+17585550101")
    assert addresses(settings, "DO", None, {"sms": "+18095550100", "whatsapp": None}) == [
        ("whatsapp", "https://wa.me/17585550100?text=JOIN%20DO"),
        ("sms", "sms:+18095550100?body=JOIN%20DO"),
    ]


def test_no_channel_no_address() -> None:
    assert addresses(Settings(), "LC", None) == []
