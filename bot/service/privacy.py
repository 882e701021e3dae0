"""What is held about a client, shown and erased, and the consent to surveys taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.flows.engine import Step
from bot.flows.form import Consent, Effect, Erase, OptOut
from bot.flows.personal import SEXES
from bot.flows.registration import CONSENT_VERSION
from bot.model import Money, Param, Say, Term, _
from bot.service import conversations, outcomes, trainings
from bot.service.effects import record_consent
from bot.service.rules import Rules
from bot.service.timers import Action, subject_number
from bot.service.turn import Closing, EffectHandler, FlowHooks, TurnContext, Wiring
from storage import erasure, link_codes, optouts, outbox, schema, timers
from storage.addresses import addresses_of, get_address, release
from storage.centers import get_center
from storage.clients import give_up_business
from storage.persons import clients_of, consents_of, part, persons_of, phones_of
from storage.turns import Db

FORGET_AFTER = timedelta(days=1)
"""The last goodbye must still find its way before the number itself is forgotten."""
ABOUT_FIGURES = ("followup", "confirmation", "query")
"""Flows that nobody is asked in who has taken back the consent to surveys."""
PREFERENCE_OPEN = timedelta(days=1)
"""How long the choice of a language, or the question about erasing, waits."""


def show(turn: TurnContext) -> None:
    """Tell the client what is held, in a few lines."""
    for client in clients_of(turn.db, turn.person.id) if turn.person else [turn.client]:
        _show(turn, client)
    none = Term(_("not given"))
    person = turn.person
    if person is not None and (person.sex or person.birth_year):
        sex = next((Term(choice.label) for choice in SEXES if choice.id == person.sex), none)
        year = str(person.birth_year) if person.birth_year else none
        turn.say(Say(_("Also: {sex}; year of birth {year}."), {"sex": sex, "year": year}))
    turn.say(Say(_("Write ERASE and I erase it all.")))
    if consents_of(turn.db, turn.client, turn.person).survey_consent:
        turn.say(Say(_("Write NO SURVEYS and I don't ask for figures any more.")))


def _show(turn: TurnContext, client: schema.Client) -> None:
    currency = turn.center.currency if client.id == turn.client.id else get_center(turn.db, client.center_id).currency
    last = outcomes.last_figures(turn.db, client.id, currency)
    none = Term(_("not given"))
    sales = last.get("sales_month")
    shown: dict[str, Param] = {
        "name": turn.name or none,
        "business": client.business_name or none,
        "place": client.place or none,
        "sales": Money(sales, currency) if sales is not None else none,
        "full": last.get("employees_full", none),
        "part": last.get("employees_part", none),
    }
    turn.say(
        Say(
            _("I keep: {name}; {business}; {place}; sales {sales}; full-time {full}; part-time {part}; our messages."),
            shown,
        )
    )


def allow_surveys(turn: TurnContext, granted: bool) -> None:
    """The consent to surveys given or taken back later; it is a row of its own, with the message that said so."""
    record_consent(turn, Consent("survey", granted, CONSENT_VERSION))
    if granted:
        turn.say(Say(_("Thank you! I'll ask how your business is doing, a few times a year.")))
        return
    for conversation in turn.open_conversations():
        if conversation.flow in ABOUT_FIGURES:
            conversations.expire(turn, conversation)
    turn.say(
        Say(
            _(
                "All right, I won't ask for your figures any more; we help you all the same. If you change your mind, write SURVEYS."
            )
        )
    )


def erase(turn: TurnContext) -> None:
    """Erase everything that tells who the person is or what they said, for all of their businesses; what stays is that a
    record was erased. A business that somebody else speaks for, too, stays theirs."""
    conversations.close_all(turn, "erased")
    for client in clients_of(turn.db, turn.person.id) if turn.person else [turn.client]:
        if turn.person is not None and len(persons_of(turn.db, client)) > 1:
            erase_person(turn.db, client, turn.person, turn.now)
        else:
            erase_record(turn.db, client, turn.rules, turn.now, actor="client")


def erase_person(db: Db, client: schema.Client, person: schema.Person, now: datetime) -> None:
    """Take one of several persons away from a business, with the messages of their phones. The business stays, with its
    figures, for the others."""
    for address in phones_of(db, client, person):
        erasure.clear_messages(db, client.id, address.id)
        outbox.withdraw_from(db, address.id, "record erased", client.id)
        _release(db, address, client, now)
    part(db, client, person)
    db.add(schema.Audit(at=now, actor="client", action="erase.person", subject=client.code, details={}))


def erase_client(turn: TurnContext) -> None:
    """Erase one record of the person, who may have others."""
    conversations.close_all(turn, "erased")
    erase_record(turn.db, turn.client, turn.rules, turn.now, actor="system")


def erase_record(db: Db, client: schema.Client, rules: Rules, now: datetime, *, actor: str) -> None:
    """`erase` for a record with no conversation open, and maybe with no phone, as that of a business which another center
    speaks with."""
    mine = client.id
    forget_words(db, client)
    outbox.withdraw(db, mine, "record erased")
    erasure.clear_casework(db, mine, now)
    link_codes.delete_codes(db, mine)
    timers.cancel_client(db, mine, reason="record erased")
    trainings.give_up_seats(db, mine, rules, now)
    for address in addresses_of(db, mine):
        _release(db, address, client, now)
    client.status = "erased"
    db.add(schema.Audit(at=now, actor=actor, action="erase", subject=client.code, details={}))


def _release(db: Db, address: schema.Address, client: schema.Client, now: datetime) -> None:
    if release(db, address, client.id):
        address.opted_out_at = None
        timers.plan(db, "address.forget", f"address:{address.id}", now + FORGET_AFTER)


def forget(db: Db, address: schema.Address) -> None:
    """Forget a number that no record needs any more."""
    if address.client_id is not None or address.staff_id is not None:
        return
    outbox.withdraw_from(db, address.id, "record erased")
    erasure.clear_texts_at(db, address.id)
    address.address, address.sender = f"erased:{address.id}", None


def forget_words(db: Db, client: schema.Client) -> None:
    """Whatever the client said, the figures, the profile and the consent; and what staff were told and wrote about them,
    which names the client code."""
    db.flush()
    erasure.clear_messages(db, client.id)
    erasure.clear_staff_messages(db, client.code)
    erasure.delete_figures(db, client.id)
    erasure.clear_states(db, client.id)
    give_up_business(db, client)
    client.name = client.business_name = client.sector = client.stage = client.baseline_stage = client.place = None
    client.email = client.district = client.program = client.referred_by = client.legal_form = client.isic = None
    client.rural = client.disability = client.indigenous = client.registered = None
    client.women_owned = client.start_on = None
    client.service_consent = client.survey_consent = False


def opt_out(turn: TurnContext) -> None:
    """Sticky, for the person: nothing goes out on any channel until a clear word brings it back. What is planned stays
    planned: whatever falls due meanwhile is skipped then, with its reason, and the rest still comes after a START."""
    optouts.stop(turn.db, turn.client, turn.address, turn.person, turn.now)
    for conversation in turn.open_conversations():
        conversations.expire(turn, conversation)
    turn.messages, turn.speaking = [], None
    turn.say(Say(_("All right, I won't write to you any more. If you change your mind, write START.")))


def on_opt_out(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    opt_out(turn)


def on_erase(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    erase(turn)


def closes(turn: TurnContext, conversation: schema.Conversation) -> Closing:
    return conversations.closes_itself(conversation, turn.now + PREFERENCE_OPEN)


HOOKS = {"preferences": FlowHooks(closes), "preferences.erase": FlowHooks(closes)}
EFFECTS: dict[type[object], EffectHandler] = {OptOut: on_opt_out, Erase: on_erase}


def forget_address(wiring: Wiring, db: Db, timer: schema.Timer, now: datetime) -> None:
    forget(db, get_address(db, subject_number(timer)))


TIMERS: dict[str, Action] = {"address.forget": forget_address}
