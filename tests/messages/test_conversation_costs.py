"""What the built-in conversations cost on each channel."""

from __future__ import annotations

from functools import cache

import pytest

from bot.channels.registry import CHANNELS
from bot.flows.catalog import FLOWS
from bot.messages import catalogs
from bot.messages.conversation_costs import Cost, costs, markdown
from bot.model import LANGUAGES
from bot.text.language import Catalogs


@cache
def found() -> list[Cost]:
    """Reckoned when the first test asks."""
    return costs(Catalogs.load())


def of(language: str, channel: str = "sms") -> list[Cost]:
    return [cost for cost in found() if (cost.language, cost.channel) == (language, channel)]


def test_every_flow_is_held_in_every_language_on_every_channel() -> None:
    assert len(found()) == len(FLOWS) * len(LANGUAGES) * len(CHANNELS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_sms_prompt_is_hardly_ever_more_than_one_segment(language: str) -> None:
    held = of(language)
    per_prompt = sum(cost.segments for cost in held) / sum(cost.messages for cost in held)
    assert per_prompt <= 1.1, {cost.flow: cost.longest for cost in held if cost.segments > cost.messages}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_follow_up_is_seven_prompts_and_a_thank_you_of_one_segment_each(language: str) -> None:
    (followup,) = [cost for cost in of(language) if cost.flow == "followup"]
    assert followup.messages <= 8
    assert followup.per_message <= 1.1, followup.longest


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
def test_elsewhere_a_message_is_a_message(channel: str) -> None:
    assert all(cost.segments == cost.messages for language in LANGUAGES for cost in of(language, channel))


def test_the_table_has_a_row_for_each_flow_and_channel() -> None:
    table = markdown(found()).splitlines()
    assert table[0] == "| flow | channel | en | es | fr | pt | ht | nl |"
    assert len(table) == 2 + len(FLOWS) * len(CHANNELS)


@pytest.mark.slow
def test_no_english_text_is_at_fault() -> None:
    assert [problem for problem in catalogs.problems() if problem.startswith("en:")] == []
