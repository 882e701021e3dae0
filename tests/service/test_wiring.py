"""The assistant is wired completely: every flow closes, every effect is carried out, every timer has its action."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from bot.flows.catalog import FLOWS
from bot.flows.form import Drop, Effect, Finish, Keep, Reopen
from bot.model import Say
from bot.service import assistant
from bot.service.assistant import EFFECTS, HOOKS, TIMERS, Assistant
from bot.service.rules import Rules
from bot.service.timers import action_of
from bot.text.language import Catalogs
from storage.schema import Timer
from tests.service.world import World


def test_a_flow_without_a_closing_time_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FLOWS, "own", replace(FLOWS["counseling"], name="own"))
    with pytest.raises(ValueError, match="no subject has hooks for: own"):
        Assistant(Catalogs.load(), Rules())


def test_every_effect_has_its_handler() -> None:
    by_conversations, by_the_engine = {Say, Keep, Drop, Finish}, {Reopen}
    assert set(get_args(Effect)) - by_conversations - by_the_engine == set(EFFECTS)


def test_hooks_are_of_flows() -> None:
    assert set(FLOWS) == set(HOOKS)


def test_every_timer_that_a_registration_and_its_session_plan_has_an_action(world: World) -> None:
    world.register()
    with world.database.read() as db:
        kinds = {timer.kind for timer in db.query(Timer)}
    assert kinds
    assert {action_of(TIMERS, kind) for kind in kinds} <= set(TIMERS.values())


def test_an_unknown_timer_is_an_error() -> None:
    with pytest.raises(KeyError, match="no action for timer 'followup'"):
        action_of(TIMERS, "followup")


def test_a_longer_name_finds_its_action() -> None:
    assert action_of(assistant.TIMERS, "followup.nudge.2") is TIMERS["followup.nudge"]
