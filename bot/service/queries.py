"""Queries: staff doubt a figure, and its client is asked whether it is right. What they answer corrects it; the figure stays
queried until staff decide.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.flows.catalog import FLOWS
from bot.flows.engine import Step
from bot.flows.engine import begin as first_state
from bot.flows.form import Effect, FigureReply
from bot.flows.query import ABOUT, QUERY, REASON, TOLD
from bot.flows.state import State
from bot.indicators import INDICATORS
from bot.model import Money, Param, Reading, ReadingKind
from bot.outcomes.figures import Review
from bot.service import conversations, outcomes
from bot.service.opening import outreach
from bot.service.pacing import alone, waking
from bot.service.reachability import reach
from bot.service.staff_notices import tell_staff
from bot.service.timers import Action, Skip, subject_number
from bot.service.turn import Closing, EffectHandler, FlowHooks, TurnContext, Wiring
from bot.text.render import Voice, written
from storage import handovers, schema, timers
from storage.centers import get_center
from storage.clients import get_client
from storage.figures import answer_ids, correction_of
from storage.increments import rewrite
from storage.queries import get_query, queries_about, waiting_query
from storage.reviews import last_review
from storage.turns import Db

FLOW = QUERY.name
ASKED_ABOUT = frozenset(question.name for question in QUERY.questions)
WORTH_ASKING = timedelta(days=30)
"""How long a query waits for an hour at which it can be asked."""
LONGEST_WORDS = 60
"""Characters of the reason that the client reads; the whole question is one SMS then."""


def plan(
    db: Db, client: schema.Client, figure_ids: Collection[int], words: str, now: datetime
) -> tuple[list[schema.QueryRow], str]:
    """Ask the client about these figures, one after the other, at the next convenient hour; and why they are not asked,
    where they cannot be. `words`: why it is asked for, for the client; "" where that is not told."""
    reachable = reach(db, client, now)
    rows = []
    for number in figure_ids:
        row = schema.QueryRow(client_id=client.id, outcome_id=number, words=words or None, at=now)
        row.why_not = reachable.why_not[:200] or None
        db.add(row)
        rows.append(row)
    db.flush()
    if reachable.address is not None:
        for row in rows:
            timers.plan(db, "query.ask", f"query:{row.id}", now, client.id)
    return rows, reachable.why_not


def settle(db: Db, client: schema.Client, figure_ids: Collection[int], now: datetime, reason: str) -> None:
    """Staff have decided about these figures: the client is not asked any more."""
    subjects = {f"query:{query.id}" for query in queries_about(db, figure_ids).values() if query.answered_at is None}
    if subjects:
        conversations.call_off(db, client.id, subjects, reason, now)


def ask(wiring: Wiring, db: Db, timer: schema.Timer, now: datetime) -> None:
    query, figure = get_query(db, subject_number(timer))
    if query.asked_at is not None:
        raise Skip("it was asked already")
    if _settled(db, figure):
        raise Skip("the figure is not queried any more")
    if now - query.at > WORTH_ASKING:
        query.why_not = "no convenient hour was found for a month"
        return
    waking(wiring, get_center(db, get_client(db, query.client_id).center_id), now)
    turn = outreach(wiring, db, query.client_id, now, surveys=True)
    if isinstance(turn, str):
        query.why_not = turn[:200]
        return
    alone(db, turn, now)
    _begin(turn, query, figure)
    turn.post()


def _settled(db: Db, figure: schema.OutcomeRow) -> bool:
    """Whether staff have decided, or the figure is another one by now."""
    last = last_review(db, figure.id)
    return last is None or last.state != Review.QUERIED or correction_of(db, figure) is not None


def _begin(turn: TurnContext, query: schema.QueryRow, figure: schema.OutcomeRow) -> None:
    query.asked_at = turn.now
    state = first_state(FLOWS[FLOW])
    if (asked := _asked_on(figure)) is not None:
        state = State(state.flow, state.version, month_asked_on=asked)
    conversations.begin(turn, FLOW, f"query:{query.id}", state)


def _asked_on(figure: schema.OutcomeRow) -> date | None:
    """A day on which "last month" stands for the month of the figure."""
    if figure.month is None:
        return figure.day if INDICATORS[figure.indicator].period == "month" else None
    year, month = map(int, figure.month.split("-"))
    return date(year, month, 1) + timedelta(days=31)


def _queried(turn: TurnContext, conversation: schema.Conversation) -> tuple[schema.QueryRow, schema.OutcomeRow]:
    return get_query(turn.db, subject_number(conversation))


def params(turn: TurnContext, conversation: schema.Conversation) -> Mapping[str, Param]:
    query, figure = _queried(turn, conversation)
    told = figure.day or figure.at.astimezone(turn.zone).date()
    return {ABOUT: figure.indicator, TOLD: told, REASON: query.words or ""}


def on_record(turn: TurnContext, conversation: schema.Conversation) -> Mapping[str, Reading]:
    _query, figure = _queried(turn, conversation)
    return {figure.indicator: Reading(ReadingKind(figure.outcome), figure.value, currency=figure.currency)}


def last_figures(turn: TurnContext, conversation: schema.Conversation) -> Mapping[str, Decimal]:
    """Those beside the survey of the figure, which a new one is held against."""
    _query, figure = _queried(turn, conversation)
    return outcomes.last_figures(turn.db, turn.client.id, turn.center.currency, but_of=figure.followup_id)


def answered(turn: TurnContext, conversation: schema.Conversation, result: Step, effect: Effect) -> None:
    """Keep the reply: another figure is a correction, and queried like the one before it."""
    assert isinstance(effect, FigureReply)
    query, figure = _queried(turn, conversation)
    reading, review, standing = effect.reading, last_review(turn.db, figure.id), outcomes.standing(turn.db, figure)
    query.answered_at, query.reply = turn.now, _reply(reading, standing)
    if query.reply == "changed" and review is not None:
        answers = answer_ids(turn.db, conversation.id, {effect.indicator})
        corrected = outcomes.tell_again(
            turn.db,
            turn.client,
            standing,
            reading,
            answer_id=answers.get(effect.indicator),
            why="the answer to a query",
            now=turn.now,
        )
        query.correction_id = corrected.id
        turn.db.add(
            schema.ReviewRow(
                outcome_id=corrected.id, state=Review.QUERIED.value, by=review.by, why=review.why, at=turn.now
            )
        )
        rewrite(turn.db, turn.client, turn.now)
    _tell(turn, query, standing, reading)


def _reply(reading: Reading, figure: schema.OutcomeRow) -> str:
    if reading.value is None:
        return "refused" if reading.outcome is ReadingKind.REFUSED else "unknown"
    same = reading.value == figure.value and reading.currency in (None, figure.currency)
    return "right" if same else "changed"


def _tell(turn: TurnContext, query: schema.QueryRow, figure: schema.OutcomeRow, reading: Reading) -> None:
    before = _in_words(turn, figure.value, figure.currency)
    replies = {
        "right": f"{before} is right",
        "changed": f"{_in_words(turn, reading.value, reading.currency or figure.currency)} instead of {before}",
        "unknown": f"does not know whether {before} is right",
        "refused": f"would rather not say whether {before} is right",
    }
    name, label = turn.client.name or turn.client.code, INDICATORS[figure.indicator].label
    text = f"{name} ({turn.client.code}) answered the query. {label}: {replies[query.reply or 'unknown']}."
    tell_staff(turn.db, turn.client.counselor_id, turn.center.id, text, turn.now)


def _in_words(turn: TurnContext, value: object, currency: str | None) -> str:
    if not isinstance(value, Decimal):
        return "not given"
    voice = Voice("en", turn.center.country, turn.center.zone)
    return written(Money(value, currency) if currency else value, voice, turn.catalogs)


def ask_next(turn: TurnContext, conversation: schema.Conversation, result: str) -> None:
    """Whoever has answered one query is asked the next one at once."""
    if result != "completed" or handovers.current(turn.db, turn.client.id) is not None:
        return
    query = waiting_query(turn.db, turn.client.id)
    if query is None:
        return
    _query, figure = get_query(turn.db, query.id)
    timers.cancel(turn.db, f"query:{query.id}", reason="asked with the one before")
    if not _settled(turn.db, figure):
        _begin(turn, query, figure)


def closes(turn: TurnContext, conversation: schema.Conversation) -> Closing:
    return conversations.closes_itself(conversation, turn.now + timedelta(days=turn.rules.close_after_days))


HOOKS = {
    FLOW: FlowHooks(closes, params=params, last_figures=last_figures, on_record=on_record, finished=ask_next),
}
EFFECTS: dict[type[object], EffectHandler] = {FigureReply: answered}
TIMERS: dict[str, Action] = {"query.ask": ask}
