"""Figures that count: from a kept answer to a row of the outcomes, with the message it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.flows.form import Measure
from bot.indicators import ATTRIBUTION, INDICATORS
from bot.model import Reading, ReadingKind
from bot.service.turn import KeyedIn
from storage.centers import get_center
from storage.clients import lock_client
from storage.exchange_rates import rates_of
from storage.figures import answer_ids, correction_of, figures_as_given, figures_of, survey_of
from storage.increments import rewrite, rewrite_in_turn
from storage.schema import Center, Client, Conversation, Followup, OutcomeRow
from storage.turns import Db

LARGEST = Decimal(10) ** 15


def followup_id(conversation: Conversation) -> int | None:
    """Which follow-up the conversation belongs to, if any."""
    kind, _, number = conversation.subject.partition(":")
    return int(number) if kind == "followup" else None


def last_figures(db: Db, client_id: int, currency: str, *, but_of: int | None = None) -> dict[str, Decimal]:
    """The client's last kept figure per indicator, as corrected; what was not given, or is in another currency, is not in
    it. A correction keeps the time of the figure it corrects. `but_of`: the follow-up whose own figures are left out, which
    are held against those before."""
    found = figures_of(db, client_id)
    corrections = {row.corrects_id: row for row in found if row.corrects_id is not None}
    figures: dict[str, Decimal] = {}
    for row in found:
        if row.corrects_id is not None or (but_of is not None and row.followup_id == but_of):
            continue
        while row.id in corrections:
            row = corrections[row.id]
        if row.value is not None and row.currency in (None, currency):
            figures[row.indicator] = row.value
    return figures


def standing(db: Db, row: OutcomeRow) -> OutcomeRow:
    """The figure that holds in the place of `row`: itself, or the last correction of it."""
    while (later := correction_of(db, row)) is not None:
        row = later
    return row


def latest_by_wave(db: Db, client_id: int, indicator: str) -> list[OutcomeRow]:
    """The figure as the client gave it last in each wave, before any correction, oldest first."""
    by_wave: dict[str, OutcomeRow] = {}
    for row in figures_as_given(db, client_id, indicator):
        by_wave.pop(row.wave, None)
        by_wave[row.wave] = row
    return list(by_wave.values())


def correct(db: Db, outcome: OutcomeRow, value: Decimal | str, by: str, why: str, now: datetime) -> OutcomeRow:
    """Add the correction of a figure (or of the attribution: yes, partly, no), in the currency in which it was given.

    It keeps the day, the month, the kind and the source of what it corrects. `by` is the actor as in the audit log.
    """
    figure = value if isinstance(value, Decimal) else None
    client = lock_client(db, outcome.client_id)
    center = get_center(db, client.center_id)
    row = OutcomeRow(
        client_id=client.id,
        indicator=outcome.indicator,
        wave=outcome.wave,
        outcome="zero" if figure == 0 else "value",
        value=figure,
        text=value if isinstance(value, str) else None,
        currency=outcome.currency or (center.currency if _money(outcome) else None),
        partial=outcome.partial,
        followup_id=outcome.followup_id,
        corrects_id=standing(db, outcome).id,
        by=by,
        why=why.strip(),
        at=now,
        day=_day_of(outcome, center),
        kind=outcome.kind,
        month=outcome.month,
        source=outcome.source,
        source_note=outcome.source_note,
        claimed=outcome.claimed,
    )
    in_dollars(db, row, outcome.at)
    db.add(row)
    rewrite(db, client, now)
    return row


def tell_again(
    db: Db, client: Client, row: OutcomeRow, reading: Reading, *, answer_id: int | None, why: str, now: datetime
) -> OutcomeRow:
    """Add what the client wrote in the chat in the place of `row`, which stands; it keeps the day, the month and the kind.
    What is said of the center's part is no claim from then on."""
    center = get_center(db, client.center_id)
    again = OutcomeRow(
        client_id=client.id,
        indicator=row.indicator,
        wave=row.wave,
        outcome=reading.outcome.value,
        value=reading.value if isinstance(reading.value, Decimal) else None,
        text=reading.value if isinstance(reading.value, str) else None,
        currency=reading.currency or (row.currency if _money(row) else None),
        approximate=reading.approximate,
        partial=row.partial,
        answer_id=answer_id,
        followup_id=row.followup_id,
        corrects_id=row.id,
        by="client",
        why=why,
        at=now,
        day=_day_of(row, center),
        kind=row.kind,
        month=row.month,
        source="chat",
    )
    in_dollars(db, again, row.at)
    db.add(again)
    rewrite(db, client, now)
    return again


def put_on_file(db: Db, client: Client, row: OutcomeRow, by: str, why: str, now: datetime) -> OutcomeRow:
    """Add that a paper on file says what the client claimed of the center's part."""
    center = get_center(db, client.center_id)
    filed = OutcomeRow(
        client_id=client.id,
        indicator=row.indicator,
        wave=row.wave,
        outcome=row.outcome,
        text=row.text,
        partial=row.partial,
        followup_id=row.followup_id,
        corrects_id=row.id,
        by=by,
        why=why,
        at=now,
        day=_day_of(row, center),
        source="paper",
    )
    db.add(filed)
    rewrite(db, client, now)
    return filed


def _day_of(row: OutcomeRow, center: Center) -> date:
    """The day a figure was told; those of before such days were kept have their time alone."""
    return row.day or row.at.astimezone(ZoneInfo(center.zone)).date()


def _money(row: OutcomeRow) -> bool:
    known = INDICATORS.get(row.indicator)
    return known is not None and known.money


def record(
    db: Db,
    client: Client,
    conversation: Conversation,
    measures: Sequence[Measure],
    *,
    month: str | None,
    partial: bool,
    now: datetime,
    day: date,
    keyed_in: KeyedIn | None = None,
) -> Followup | None:
    """Add the outcomes of `measures`, all of one turn, with what follows from them, and hand back the follow-up that they
    belong to. A registration gives the baseline; what the same survey gave before, when it is finished once more, is
    corrected, or left alone where nothing changed, or where staff who key it in left the question out. What was claimed of the
    center's part is the client's own word once they agree to the whole survey in the chat. What it gave and no
    longer asks for is withdrawn. `month`: the one that the conversation asked about, like 2026-10. `day`: of the telling,
    on the clock of the center."""
    answers = answer_ids(db, conversation.id, {measure.question for measure in measures})
    followup = followup_id(conversation)
    survey, before = survey_of(db, followup) if followup else (None, {})
    wave = survey.wave if survey else "asked" if followup else "baseline"
    if not partial:
        measures = [*measures, *_withdrawn(before, measures)]
    for measure in measures:
        reading = measure.reading
        row = OutcomeRow(
            client_id=client.id,
            indicator=measure.indicator,
            wave=wave,
            outcome=reading.outcome.value,
            value=reading.value if isinstance(reading.value, Decimal) else None,
            text=reading.value if isinstance(reading.value, str) else None,
            currency=reading.currency,
            approximate=reading.approximate,
            partial=partial and conversation.flow == "followup",
            answer_id=answers.get(measure.question),
            followup_id=followup,
            at=now,
            day=day,
            kind=measure.kind,
            month=month if INDICATORS[measure.indicator].period == "month" else None,
            source="chat",
        )
        if keyed_in is not None:
            row.source, row.by = keyed_in.how, keyed_in.by
            row.claimed = keyed_in.claimed and measure.indicator == ATTRIBUTION.name
        earlier = before.get(measure.indicator)
        if earlier is not None:
            confirmed = earlier.claimed and keyed_in is None and not partial
            same = _says(earlier) == _says(row) and not confirmed
            if same or (keyed_in is not None and reading.hint == "skipped"):
                continue
            row.corrects_id, row.why = earlier.id, "told again by the client"
            row.by, row.day = row.by or "client", earlier.day or day
        in_dollars(db, row, now)
        db.add(row)
    rewrite_in_turn(db, client, now)
    return survey


def _withdrawn(before: Mapping[str, OutcomeRow], measures: Sequence[Measure]) -> Iterator[Measure]:
    """The figures of a survey that its client, who changed another answer, is not asked for any more."""
    kept = {measure.indicator for measure in measures}
    for name, row in before.items():
        if name not in kept and row.value is not None:
            yield Measure(name, name, Reading(ReadingKind.UNKNOWN, reason="not asked any more"))


def _says(row: OutcomeRow) -> tuple[object, ...]:
    return row.outcome, row.value, row.text, row.currency, row.kind


def in_dollars(db: Db, row: OutcomeRow, now: datetime) -> None:
    """Put the amount in US dollars beside it where a rate is known for the day it was told."""
    if row.value is None or row.currency is None:
        return
    quote = rates_of(db, {row.currency}).on(row.currency, row.day or now.date())
    if quote is not None:
        row.per_usd, row.rate_day, row.usd = quote.per_usd, quote.day, quote.usd(row.value)
