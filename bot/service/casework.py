"""What staff do for one client: write to them, take the conversation and give it back, log a session, ask for figures and
correct one.

Each function checks the rules, acts, writes the audit row and returns Done or Refused. The caller commits, and has looked
the client up among those that the member of staff may see. `by` is the actor as the audit log names them: a staff e-mail,
"staff:<id>" or "cli:<user>".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.indicators import ATTRIBUTION, CORRECTABLE
from bot.messages.announcements import COUNSELOR, announced
from bot.model import LONGEST_NOTES, LONGEST_SESSION, SERVICE_AREAS, SESSION_TYPES, Say, _
from bot.service import followup_plan, followups, handovers, outcomes, queries
from bot.service.opening import outreach
from bot.service.reachability import reach
from bot.service.results import Done, Refused
from bot.service.rules import Rules
from bot.service.staff_notices import put, silent
from bot.service.turn import TurnContext, Wiring, called
from bot.text.render import Voice, speak
from storage import audit, schema
from storage.clients import locked
from storage.figures import figure_as_given
from storage.persons import speaking
from storage.turns import Db

LONGEST_REPLY = 1000
"""Characters; on SMS these are seven messages that somebody pays."""
LONGEST_REASON = 300
"""Characters of the reason for a correction."""


# --- the conversation ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply of a counselor in the outbox."""

    address_id: int
    #: Only its announcement is sent now (WhatsApp after a day of silence); the words follow when the client answers.
    waits: bool


def reply_to_client(
    wiring: Wiring, db: Db, client: schema.Client, staff: schema.Staff, text: str, *, by: str, now: datetime
) -> Done[Reply] | Refused:
    """Send a client the words of a counselor, who has the conversation from then on."""
    if not text:
        return Refused("nothing was written", "text")
    if len(text) > LONGEST_REPLY:
        return Refused(f"a message has at most {LONGEST_REPLY} characters; this one has {len(text)}", "text")
    client, center = locked(db, client.id)
    reachable = reach(db, client, now, surveys=False, registered=False)
    if reachable.address is None:
        return Refused(reachable.why_not)
    handovers.take(db, client.id, staff, now)
    say = Say(_("{counselor}: {words}"), {"counselor": staff.name, "words": text})
    person, shared = speaking(db, client, reachable.address)
    language = (person.language if person else None) or client.language
    message = speak(say, Voice(language, center.country, center.zone), wiring.catalogs).text
    announce = announced(COUNSELOR, language, {"counselor": staff.name})
    if shared:
        message, reachable.address.client_id = f"{called(client)}: {message}", client.id
    put(db, reachable.address, message, language, now, client_id=client.id, announce=announce)
    audit.record(db, by, "handover.reply", client.code, at=now)
    return Done(Reply(reachable.address.id, silent(reachable.address, now)))


def take(
    db: Db, client: schema.Client, staff: schema.Staff, *, by: str, now: datetime
) -> Done[schema.Handover] | Refused:
    """The counselor has the conversation; the assistant is silent until it is handed back."""
    client, _center = locked(db, client.id)
    if client.status == "erased":
        return Refused("the record was erased")
    handover = handovers.take(db, client.id, staff, now)
    audit.record(db, by, "handover.take", client.code, at=now)
    return Done(handover)


def hand_back(db: Db, client: schema.Client, *, by: str, now: datetime) -> Done[None] | Refused:
    """Give the conversation back to the assistant. Refused where the assistant has it."""
    client, _center = locked(db, client.id)
    if not handovers.close(db, client.id, now):
        return Refused("the assistant has this conversation already")
    audit.record(db, by, "handover.done", client.code, at=now)
    return Done(None)


# --- sessions and figures --------------------------------------------------------------------------------------------


def log_session(
    db: Db,
    client: schema.Client,
    *,
    day: date,
    type: str,
    area: str,
    hours: Decimal,
    notes: str,
    counselor: schema.Staff | None,
    rules: Rules,
    by: str,
    now: datetime,
) -> Done[list[schema.Followup]] | Refused:
    """Record a counseling session that took place; the follow-ups that it planned, the next one first."""
    client, center = locked(db, client.id)
    if type not in SESSION_TYPES:
        return Refused(f"choose one of {', '.join(SESSION_TYPES)}", "type")
    if area not in SERVICE_AREAS:
        return Refused(f"choose one of {', '.join(SERVICE_AREAS)}", "area")
    if not (hours.is_finite() and 0 < hours <= LONGEST_SESSION):
        return Refused(f"must be more than 0 and at most {LONGEST_SESSION}", "hours")
    if day > now.astimezone(ZoneInfo(center.zone)).date():
        return Refused(f"{day} is still to come; log a session after it took place", "day")
    if len(notes) > LONGEST_NOTES:
        return Refused(f"at most {LONGEST_NOTES} characters; these are {len(notes)}", "notes")
    _session, planned = followup_plan.add_session(
        db,
        client,
        center,
        day=day,
        type=type,
        area=area,
        hours=round(hours, 2),
        notes=notes,
        counselor=counselor,
        rules=rules,
        now=now,
    )
    audit.record(db, by, "session.log", client.code, at=now, day=str(day), area=area)
    return Done(planned)


def ask_for_figures(
    wiring: Wiring, db: Db, client: schema.Client, staff: schema.Staff | None, *, by: str, now: datetime
) -> Done[TurnContext] | Refused:
    """Start a follow-up now; the turn in which the client is asked. `staff`: who asks, whom the client knows by name."""
    turn = outreach(wiring, db, client.id, now, surveys=True)
    if isinstance(turn, str):
        return Refused(turn)
    if staff is not None:
        turn.counselor = staff
    followups.start(turn, wave="asked", started_by="counselor", staff=staff)
    turn.post()
    audit.record(db, by, "followup.trigger", client.code, at=now)
    return Done(turn)


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that was corrected."""

    #: What held until now: the client's own figure, or an earlier correction.
    before: schema.OutcomeRow
    after: schema.OutcomeRow


def correct_figure(
    db: Db,
    client: schema.Client,
    indicator: str,
    wave: str,
    value: Decimal | str,
    why: str,
    *,
    survey: int | None = None,
    by: str,
    now: datetime,
) -> Done[Correction] | Refused:
    """Correct the figure that a client gave in a wave (and in the follow-up with the id `survey`, if given)."""
    if indicator not in CORRECTABLE:
        return Refused(f"choose one of {', '.join(CORRECTABLE)}", "indicator")
    if indicator == ATTRIBUTION.name:
        if value not in ("yes", "partly", "no"):
            return Refused("the attribution is yes, partly or no", "value")
    elif not (isinstance(value, Decimal) and value.is_finite() and 0 <= value < outcomes.LARGEST):
        return Refused("a figure is a number, 0 or more", "value")
    if not why.strip():
        return Refused("a correction needs its reason", "why")
    if len(why) > LONGEST_REASON:
        return Refused(f"at most {LONGEST_REASON} characters; these are {len(why)}", "why")
    client, _center = locked(db, client.id)
    given = figure_as_given(db, client.id, indicator, wave, survey)
    if given is None:
        return Refused(f"{client.code} has no {indicator} in the wave {wave}", "wave")
    before = outcomes.standing(db, given)
    after = outcomes.correct(db, given, value, by, why, now)
    queries.settle(db, client, [before.id], now, "corrected by staff")
    audit.record(db, by, "outcome.correct", client.code, at=now, indicator=indicator, wave=wave)
    return Done(Correction(before, after))
