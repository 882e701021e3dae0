"""Golden transcripts: registration and follow-up in every language on every channel, word for word.

A change on purpose is written with `python -m tests.flows.renew`, read as a diff and committed.
"""

from __future__ import annotations

from difflib import unified_diff
from itertools import pairwise

import pytest

from bot.answers.commands import Command, recognise
from bot.channels.registry import CHANNELS
from bot.flows.state import State
from bot.model import LANGUAGES
from tests.flows.renew import ALL, FLOWS, FOLDER, phone, transcript
from tests.flows.scripts import CLIENTS


@pytest.mark.parametrize("name", ALL)
def test_the_conversation_goes_as_written(name: str) -> None:
    written = (FOLDER / f"{name}.txt").read_text("utf-8")
    now = transcript(name)
    if now != written:
        changes = unified_diff(written.splitlines(), now.splitlines(), f"{name} as written", f"{name} now", lineterm="")
        pytest.fail("\n".join([*changes, "", "If this is meant: python -m tests.flows.renew"]), pytrace=False)


def test_no_transcript_is_left_over() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(ALL)


@pytest.mark.parametrize("name", ALL)
def test_every_conversation_has_all_that_can_happen(name: str) -> None:
    speaking = phone(name)
    replies = speaking.client.replies[speaking.flow]
    speaking.replay(replies)
    states = [turn.state for turn in speaking.turns]
    seen = {
        "a read-back": any(state.pending for state in states),
        "a read-back corrected": any(corrected(before, after) for before, after in pairwise(states)),
        "a reply that was not understood": any(state.tries for state in states),
        "the end": states[-1].done and not any(state.done for state in states[:-1]),
        "another language": any(f"speak {code}" in line for code in LANGUAGES for line in speaking.lines),
        "a tap": speaking.channel == "sms" or any(line.startswith("> [") for line in speaking.lines),
    } | {
        command.value: any(recognise(reply.text) is command for reply in replies)
        for command in (Command.BACK, Command.SKIP, Command.HELP)
    }
    assert [what for what, there in seen.items() if not there] == []


def corrected(before: State, after: State) -> bool:
    """Whether what was read back is not what stands there now."""
    if before.pending is None or before.question is None or after.pending is before.pending:
        return False
    kept = after.answers.get(before.question)
    return kept is None or kept.value != before.pending.value


@pytest.mark.parametrize("flow", FLOWS)
def test_a_conversation_keeps_the_same_on_every_channel(flow: str) -> None:
    for language in LANGUAGES:
        kept = []
        for channel in CHANNELS:
            speaking = phone(f"{flow}.{language}.{channel}")
            speaking.replay(CLIENTS[language].replies[flow])
            kept.append({name: reading.value for name, reading in speaking.state.answers.items()})
        assert all(one == kept[0] for one in kept), language
