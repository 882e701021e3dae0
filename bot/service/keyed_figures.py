"""Figures that a client tells by phone, in a visit or on paper: staff type the replies to the questions of a follow-up, and
the reader of the chat reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.flows.catalog import FLOWS
from bot.flows.sheet import Sheet, fill
from bot.service import confirmations, conversations, followups
from bot.service.results import Done, Refused
from bot.service.turn import KeyedIn, TurnContext, Wiring
from storage import audit, schema
from storage.centers import get_center
from storage.clients import locked
from storage.followups import followups_of
from storage.staff import counselor_of
from storage.turns import Db

HOW = ("phone", "visit", "paper")
FLOW = FLOWS["followup"]
ASKED = "asked"
WAITING = ("unanswered", "dropped", "partial")
"""Closed without all figures: a talk may still bring them."""
LOOKS_BACK = timedelta(days=120)
"""How long after it was due a talk belongs to a follow-up that found no answer."""
LOOKS_AHEAD = timedelta(days=14)
"""How long before it is due a talk belongs to a planned follow-up."""


@dataclass(frozen=True, slots=True)
class Entered:
    """Figures that were kept, with the follow-up that they completed."""

    followup: schema.Followup
    sheet: Sheet
    #: Whether the client is asked in the chat if the center helped.
    asked: bool = False
    #: Why they are not, where that is still to be told by them.
    not_asked: str = ""


def _today(db: Db, client: schema.Client, now: datetime) -> date:
    return now.astimezone(ZoneInfo(get_center(db, client.center_id).zone)).date()


def open_followups(db: Db, client: schema.Client, now: datetime) -> list[schema.Followup]:
    """The follow-ups that a talk of today can complete, the one that it most likely belongs to first."""
    today, all_of_them = _today(db, client, now), followups_of(db, client.id)
    done = max((followup.due_on for followup in all_of_them if followup.status == "completed"), default=date.min)
    invited = [followup for followup in all_of_them if followup.status == "invited"]
    waiting = [
        followup
        for followup in all_of_them
        if followup.status in WAITING and today - LOOKS_BACK <= followup.due_on and done < followup.due_on
    ]
    planned = [
        followup
        for followup in reversed(all_of_them)
        if followup.status == "planned" and followup.due_on <= today + LOOKS_AHEAD
    ]
    return [*invited, *waiting, *planned]


def survey_for(
    db: Db, client: schema.Client, *, how: str, followup: int | None = None, wave: str | None = None, now: datetime
) -> schema.Followup | Refused | None:
    """The follow-up that `enter_figures` would complete, None for one of its own, or why nothing can be entered."""
    if how not in HOW:
        return Refused(f"choose one of {', '.join(HOW)}", "how")
    if client.status != "registered":
        return Refused("is not registered" if client.status != "erased" else "the record was erased")
    if not client.survey_consent:
        return Refused("has not agreed to follow-up surveys")
    if followup is not None:
        found = next((one for one in followups_of(db, client.id) if one.id == followup), None)
        return _not_completed(found) if found else Refused(f"has no follow-up {followup}", "followup")
    if wave == ASKED:
        return None
    if wave is not None:
        of_wave = [one for one in followups_of(db, client.id) if one.wave == wave]
        if not of_wave:
            return Refused(f"has no follow-up {wave}; {_waves(db, client)}", "wave")
        return _not_completed(next((one for one in of_wave if one.status != "completed"), of_wave[0]))
    return next(iter(open_followups(db, client, now)), None)


def sheet_of(
    wiring: Wiring,
    db: Db,
    client: schema.Client,
    replies: Mapping[str, str],
    agreed: Mapping[str, str],
    *,
    how: str,
    now: datetime,
) -> Sheet:
    """What would be kept of the replies; nothing is. Both mappings are by the name of the question, and `agreed` has the
    `agreement` of each figure that was read back and is right."""
    turn = _turn(wiring, db, client, KeyedIn(how, "", None), now)
    return _fill(turn, _conversation(turn, 0), replies, agreed)


def enter_figures(
    wiring: Wiring,
    db: Db,
    client: schema.Client,
    replies: Mapping[str, str],
    agreed: Mapping[str, str],
    *,
    how: str,
    staff: schema.Staff | None,
    followup: int | None = None,
    wave: str | None = None,
    by: str,
    now: datetime,
) -> Done[Entered] | Refused:
    """Keep what a client told as a completed follow-up: the one with the id `followup`, or the open one of `wave`, or the
    one that the talk most likely belongs to. Where there is none, or `wave` is "asked", it is one of its own.

    Refused while a question has no clear reply, or a figure that was read back is not agreed to.
    """
    client, _center = locked(db, client.id)
    survey = survey_for(db, client, how=how, followup=followup, wave=wave, now=now)
    if isinstance(survey, Refused):
        return survey
    turn = _turn(wiring, db, client, KeyedIn(how, by, staff.id if staff else None), now)
    sheet = _fill(turn, _conversation(turn, survey.id if survey else 0), replies, agreed)
    if sheet.empty:
        return Refused("nothing was typed", "replies")
    if not sheet.complete:
        unclear = ", ".join(line.question.name for line in sheet.lines if line.open)
        return Refused(f"not clear yet: {unclear}; nothing was kept", "replies")
    if survey is None:
        survey = followups.due_today(turn, ASKED, started_by="counselor", staff_id=staff.id if staff else None)
    _keep(turn, survey, sheet)
    audit.record(db, by, "outcome.enter", client.code, at=now, wave=survey.wave, followup=survey.id, how=how)
    if how == "paper":
        return Done(Entered(survey, sheet))
    not_asked = confirmations.plan(db, client, survey, now)
    return Done(Entered(survey, sheet, not not_asked, not_asked))


def _turn(wiring: Wiring, db: Db, client: schema.Client, keyed_in: KeyedIn, now: datetime) -> TurnContext:
    """A turn of which nothing is sent: what the flow says is read by who types."""
    center = get_center(db, client.center_id)
    nowhere = schema.Address(channel=keyed_in.how, address="")
    return TurnContext(db, wiring, client, center, nowhere, now, counselor=counselor_of(db, client), keyed_in=keyed_in)


def _conversation(turn: TurnContext, survey: int) -> schema.Conversation:
    return schema.Conversation(
        client_id=turn.client.id,
        flow=FLOW.name,
        version=FLOW.version,
        subject=f"followup:{survey}",
        state={},
        created_at=turn.now,
        asked_at=turn.now,
        status="open",
    )


def _fill(
    turn: TurnContext, conversation: schema.Conversation, replies: Mapping[str, str], agreed: Mapping[str, str]
) -> Sheet:
    return fill(FLOW, conversations.context(turn, conversation), turn.now, replies, agreed)


def _not_completed(followup: schema.Followup) -> schema.Followup | Refused:
    if followup.status == "completed":
        return Refused(
            f"the follow-up {followup.wave} of {followup.due_on} is completed; correct its figures, or enter a talk of "
            f"its own as {ASKED}",
            "wave",
        )
    return followup


def _waves(db: Db, client: schema.Client) -> str:
    waves = [one.wave for one in followups_of(db, client.id) if one.status != "completed"]
    return f"choose one of {', '.join(dict.fromkeys([*reversed(waves), ASKED]))}"


def _keep(turn: TurnContext, survey: schema.Followup, sheet: Sheet) -> None:
    """Take the steps of the sheet in a conversation of their own. One with the client about the same survey is closed
    first, and what they wrote in it is kept as theirs."""
    chat = replace(turn, keyed_in=None)
    for earlier in turn.open_conversations():
        if earlier.subject == f"followup:{survey.id}":
            conversations.expire(chat, earlier)
    survey.invited_at = survey.invited_at or turn.now
    survey.reason = None
    conversation = _conversation(turn, survey.id)
    turn.db.add(conversation)
    turn.db.flush()
    for step in sheet.steps:
        conversations.apply(turn, conversation, step)
    survey.closed_at = turn.now
