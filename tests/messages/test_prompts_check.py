"""What does not fit a channel is named, with its flow, its language and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.flows.catalog import FLOWS
from bot.messages.prompts_check import crowded
from bot.model import Choice
from bot.text.language import Catalogs

CATALOGS = Catalogs.load()
LONG = tuple(Choice(str(number), f"A choice with the number {number}", literal=True) for number in range(1, 5))


def test_every_prompt_fits_every_channel() -> None:
    assert crowded(CATALOGS) == []


@pytest.mark.parametrize(
    ("text", "choices", "named"),
    [
        ("Which? " + "x" * 160, (), ["2 SMS segments (GSM-7)"]),
        ("\u4f60" * 71, (), ["2 SMS segments (UCS-2)"]),
        ("Which one?", LONG, ["its choices do not fit the buttons and lists of whatsapp"]),
        ("x" * 4097, (), ["27 SMS segments (GSM-7)", "3 messages on whatsapp", "2 messages on telegram"]),
    ],
)
def test_what_does_not_fit_is_named(
    monkeypatch: pytest.MonkeyPatch, text: str, choices: tuple[Choice, ...], named: list[str]
) -> None:
    monkeypatch.setattr("bot.messages.prompts_check.CHANNELS", ("sms", "whatsapp", "telegram"))
    flow = FLOWS["registration"]
    questions = tuple(
        replace(one, text=text, choices=choices) if one.name == "sector" else one for one in flow.questions
    )
    monkeypatch.setitem(FLOWS, "registration", replace(flow, questions=questions))
    found = [line for line in crowded(CATALOGS) if ", es: " in line]
    assert found == [f"registration.sector, es: {wrong}" for wrong in named]
