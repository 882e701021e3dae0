"""What a client said on the phone or in a visit of the center's part: it counts once they write it, asked by one question,
or once a paper is on file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.flows.engine import Step
from bot.flows.form import Attribute, ChangeFigures, Effect
from bot.indicators import ATTRIBUTION
from bot.model import Reading, ReadingKind
from bot.service import conversations, followups, outcomes
from bot.service.opening import outreach
from bot.service.pacing import alone, waking
from bot.service.reachability import reach
from bot.service.results import Done, Refused
from bot.service.timers import Action, Skip, subject_number
from bot.service.turn import Closing, EffectHandler, FlowHooks, TurnContext, Wiring
from storage import audit, schema, timers
from storage.centers import get_center
from storage.clients import get_client, locked
from storage.figures import answer_ids, survey_of
from storage.followups import followups_of, get_followup
from storage.turns import Db

FLOW = "confirmation"
OPEN = timedelta(days=3)
"""How long an answer is taken."""
WORTH_ASKING = timedelta(days=30)
"""How long after the talk the client is still asked."""
LONGEST_NOTE = 300
"""Characters."""


def plan(db: Db, client: schema.Client, survey: schema.Followup, now: datetime) -> str:
    """Ask the client about a survey that staff keyed in, at the next convenient hour; "" or why they cannot be asked."""
    if _claimed(db, survey.id) is None:
        return "nothing is claimed"
    reachable = reach(db, client, now)
    if reachable.address is None:
        return reachable.why_not
    timers.plan(db, "confirmation.ask", f"confirmation:{survey.id}", now, client.id)
    return ""


def _claimed(db: Db, followup: int) -> schema.OutcomeRow | None:
    """What stands of the center's part in a survey, where it is a claim."""
    row = survey_of(db, followup)[1].get(ATTRIBUTION.name)
    return row if row is not None and row.claimed else None


def ask(wiring: Wiring, db: Db, timer: schema.Timer, now: datetime) -> None:
    survey = get_followup(db, subject_number(timer))
    if _claimed(db, survey.id) is None:
        raise Skip("it is confirmed already")
    if survey.closed_at is not None and now - survey.closed_at > WORTH_ASKING:
        raise Skip("too late to be of use")
    waking(wiring, get_center(db, get_client(db, survey.client_id).center_id), now)
    turn = outreach(wiring, db, survey.client_id, now, surveys=True)
    if isinstance(turn, str):
        raise Skip(turn)
    alone(db, turn, now)
    conversations.begin(turn, FLOW, timer.subject)
    turn.post()


def on_record(turn: TurnContext, conversation: schema.Conversation) -> Mapping[str, Reading]:
    """The figures of the survey as they stand."""
    rows = survey_of(turn.db, subject_number(conversation))[1]
    return {
        name: Reading(ReadingKind(row.outcome), row.value, currency=row.currency)
        for name, row in rows.items()
        if row.value is not None
    }


def confirm(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    """The client's own word takes the place of what staff noted, whatever it was."""
    assert isinstance(effect, Attribute)
    claimed = _claimed(turn.db, subject_number(conversation))
    if claimed is None:
        return
    answers = answer_ids(turn.db, conversation.id, {ATTRIBUTION.name})
    outcomes.tell_again(
        turn.db,
        turn.client,
        claimed,
        Reading(ReadingKind.VALUE, effect.answer),
        answer_id=answers.get(ATTRIBUTION.name),
        why="asked in the chat",
        now=turn.now,
    )


def change(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    conversations.close(turn, conversation, "completed")
    followups.change_figures(turn, subject_number(conversation))


def closes(turn: TurnContext, conversation: schema.Conversation) -> Closing:
    return conversations.closes_itself(conversation, turn.now + OPEN)


@dataclass(frozen=True, slots=True)
class OnFile:
    """An attribution that a paper shows."""

    survey: schema.Followup
    #: yes, partly or no.
    answer: str


def put_on_file(
    db: Db,
    client: schema.Client,
    wave: str,
    note: str,
    *,
    day: date | None = None,
    survey_id: int | None = None,
    by: str,
    now: datetime,
) -> Done[OnFile] | Refused:
    """Note that a paper is on file on which the client wrote what they had said of the center's part. `note`: where it is.
    `day`: on which it was told, or `survey_id`, where the wave has several."""
    if not note.strip():
        return Refused("say where the paper is", "note")
    if len(note) > LONGEST_NOTE:
        return Refused(f"at most {LONGEST_NOTE} characters; these are {len(note)}", "note")
    client, _center = locked(db, client.id)
    mine = [survey for survey in followups_of(db, client.id) if survey.wave == wave]
    surveys = [survey for survey in mine if survey_id in (None, survey.id)]
    if not surveys:
        return Refused(f"{client.code} has no follow-up {wave}", "wave")
    claims = {row.day: (survey, row) for survey in surveys if (row := _claimed(db, survey.id)) and row.text}
    if not claims:
        return Refused(f"{client.code} claimed nothing in the follow-up {wave} that a paper could show", "wave")
    days = " or ".join(sorted(map(str, claims)))
    if day is None and len(claims) > 1:
        return Refused(f"{client.code} has several follow-ups {wave}: choose {days}", "day")
    chosen = next(iter(claims)) if day is None else day
    if chosen not in claims:
        return Refused(f"{client.code} claimed nothing in a follow-up {wave} of {day}; choose {days}", "day")
    survey, claimed = claims[chosen]
    outcomes.put_on_file(db, client, claimed, by, note.strip(), now)
    conversations.call_off(db, client.id, {f"confirmation:{survey.id}"}, "a paper is on file", now)
    audit.record(db, by, "outcome.paper", client.code, at=now, wave=wave, followup=survey.id)
    return Done(OnFile(survey, claimed.text or ""))


HOOKS = {FLOW: FlowHooks(closes, on_record=on_record)}
EFFECTS: dict[type[object], EffectHandler] = {Attribute: confirm, ChangeFigures: change}
TIMERS: dict[str, Action] = {"confirmation.ask": ask}
