"""Calls to clients whose follow-up found no answer, and what came of each."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.service.results import Done, Refused
from storage import audit, schema, timers
from storage.clients import locked
from storage.conversations import open_conversations
from storage.followups import followups_of
from storage.turns import Db

RESULTS = ("no_answer", "wrong_number", "call_back", "refused")
LONGEST_WAIT = timedelta(days=366)
"""How far ahead a client can be called back."""
SAID_NO = "said no on the phone"


def record_call(
    db: Db,
    client: schema.Client,
    followup: int,
    result: str,
    *,
    again_on: date | None = None,
    by: str,
    now: datetime,
) -> Done[schema.Call] | Refused:
    """Keep what came of a call about the follow-up with that id. A client who refuses is not asked for this follow-up any
    more; one who is to be called back is not on the call list before the day `again_on`."""
    client, center = locked(db, client.id)
    survey = next((one for one in followups_of(db, client.id) if one.id == followup), None)
    if survey is None:
        return Refused(f"{client.code} has no follow-up {followup}", "followup")
    if survey.status in ("completed", "declined"):
        return Refused(f"the follow-up is {survey.status} already", "followup")
    if result not in RESULTS:
        return Refused(f"choose one of {', '.join(RESULTS)}", "result")
    today = now.astimezone(ZoneInfo(center.zone)).date()
    if result != "call_back":
        again_on = None
    elif again_on is None:
        return Refused("choose the day on which to call back", "again_on")
    elif not today <= again_on <= today + LONGEST_WAIT:
        return Refused(f"{again_on} is not within a year from today", "again_on")
    call = schema.Call(client_id=client.id, followup_id=survey.id, result=result, again_on=again_on, by=by, at=now)
    db.add(call)
    if result == "refused":
        _decline(db, client, survey, now)
    audit.record(db, by, "call.record", client.code, at=now, result=result, followup=survey.id)
    return Done(call)


def _decline(db: Db, client: schema.Client, survey: schema.Followup, now: datetime) -> None:
    subject = f"followup:{survey.id}"
    for conversation in open_conversations(db, client.id):
        if conversation.subject == subject:
            conversation.status, conversation.result, conversation.closed_at = "closed", "refused", now
            timers.cancel(db, f"conversation:{conversation.id}", reason=SAID_NO)
    timers.cancel(db, subject, reason=SAID_NO)
    survey.status, survey.reason, survey.closed_at = "declined", SAID_NO, now
