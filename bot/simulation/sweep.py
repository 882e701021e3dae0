"""Queries over the whole database that find what is wrong; where all is well they find nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from decimal import Decimal

from bot.simulation.ledger import UNKNOWN, Survey, Truth, discrepancy
from bot.simulation.people import Person
from bot.simulation.phones import Phone
from storage.schema.base import SCALE

PROBLEMS = {
    "two answers stand for one question": """
        SELECT conversation_id, question FROM answers WHERE replaces_id IS NULL AND NOT taken_back
        GROUP BY conversation_id, question HAVING count(*) > 1""",
    "two conversations are open about one thing": """
        SELECT client_id, subject, substr(flow || '.', 1, instr(flow || '.', '.') - 1) AS kind FROM conversations
        WHERE status = 'open' GROUP BY client_id, subject, kind HAVING count(*) > 1""",
    "a timer has failed": "SELECT kind, subject, reason FROM timers WHERE status = 'failed'",
    "a timer was not fired for two days": """
        SELECT kind, subject, due_at FROM timers WHERE status IN ('pending', 'leased') AND due_at < :idle
        AND due_at < datetime(:now, '-2 days')""",
    "a follow-up is planned and nothing will start it": """
        SELECT f.id, f.wave, f.due_on FROM followups f WHERE f.status = 'planned' AND NOT EXISTS (SELECT 1 FROM timers t
        WHERE t.kind = 'followup.invite' AND t.subject = 'followup:' || f.id AND t.status IN ('pending', 'leased'))""",
    "a follow-up is under way and nobody is asked": """
        SELECT f.id, f.wave FROM followups f WHERE f.status = 'invited' AND NOT EXISTS (SELECT 1 FROM conversations c
        WHERE c.subject = 'followup:' || f.id AND c.status = 'open')""",
    "a follow-up is under way for ever": """
        SELECT f.id, f.wave, f.invited_at FROM followups f
        WHERE f.status = 'invited' AND f.invited_at < datetime(:now, '-20 days')""",
    "an invitation was never written": """
        SELECT f.id, f.wave FROM followups f WHERE f.invited_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM outbox o
        JOIN conversations c ON c.id = o.conversation_id WHERE c.subject = 'followup:' || f.id)
        AND NOT EXISTS (SELECT 1 FROM clients k WHERE k.id = f.client_id AND k.status IN ('erased', 'merged'))""",
    "a follow-up that started by itself was asked about more often than it should": """
        SELECT f.id, f.wave, count(*) FROM followups f JOIN conversations c ON c.subject = 'followup:' || f.id
        JOIN outbox o ON o.conversation_id = c.id WHERE o.bulk AND o.instead_of_id IS NULL AND f.started_by = 'cadence'
        AND f.client_id NOT IN (SELECT k.id FROM clients k JOIN audit a ON a.subject = k.code
        WHERE a.action = 'followup.trigger') GROUP BY f.id HAVING count(*) > 3""",
    "two follow-ups of one wave wait": """
        SELECT client_id, wave FROM followups WHERE status = 'planned' GROUP BY client_id, wave HAVING count(*) > 1""",
    "a message hangs in a sender's hands": """
        SELECT id, status, lease_until FROM outbox
        WHERE status IN ('leased', 'unknown') AND created_at < datetime(:now, '-10 days')""",
    "a message waits for ever": """
        SELECT id, due_at, attempts FROM outbox WHERE status = 'queued' AND created_at < datetime(:now, '-10 days')""",
    "a message was given up without a reason": """
        SELECT id, status FROM outbox WHERE status IN ('failed', 'dropped') AND coalesce(reason, '') = ''""",
    "more seats are taken than there are": """
        SELECT t.code, count(*), t.capacity FROM trainings t JOIN enrollments e ON e.training_id = t.id
        WHERE e.status IN ('yes', 'offered', 'attended') GROUP BY t.id HAVING count(*) > t.capacity""",
    "an erased client is still named": """
        SELECT id, code FROM clients WHERE status = 'erased' AND (name IS NOT NULL OR EXISTS
        (SELECT 1 FROM answers a WHERE a.client_id = clients.id) OR EXISTS
        (SELECT 1 FROM outcomes o WHERE o.client_id = clients.id) OR EXISTS
        (SELECT 1 FROM inbox i WHERE i.client_id = clients.id AND i.text IS NOT NULL))""",
    "a client is called otherwise than its owner": """
        SELECT k.id, k.code FROM clients k JOIN persons p ON p.id = k.person_id
        WHERE k.name IS NOT p.name OR k.language <> coalesce(p.language, k.language)""",
    "a person speaks for nobody": """
        SELECT id FROM persons p WHERE NOT EXISTS (SELECT 1 FROM clients k WHERE k.person_id = p.id)
        AND NOT EXISTS (SELECT 1 FROM client_persons c WHERE c.person_id = p.id)""",
    "the only person of a client wrote STOP, and the client may be written to": """
        SELECT k.id, k.code FROM clients k JOIN persons p ON p.id = k.person_id WHERE p.opted_out_at IS NOT NULL
        AND k.opted_out_at IS NULL AND NOT EXISTS (SELECT 1 FROM client_persons c WHERE c.client_id = k.id)""",
    "a stopped client is still planned to be written to": """
        SELECT o.id, o.client_id FROM outbox o JOIN clients k ON k.id = o.client_id
        WHERE o.status = 'queued' AND o.created_at < k.opted_out_at""",
}
CLOSED = """
SELECT a.channel, a.address, f.id, f.status, o.indicator, o.outcome, o.value, o.text FROM followups f
JOIN clients k ON k.id = f.client_id AND k.status = 'registered'
JOIN addresses a ON a.id = (SELECT min(id) FROM addresses WHERE client_id = k.id)
LEFT JOIN outcomes o ON o.followup_id = f.id
WHERE f.status IN ('completed', 'partial', 'unanswered', 'declined') AND NOT EXISTS (SELECT 1 FROM conversations c
WHERE c.subject = 'followup:' || f.id AND c.status = 'open') ORDER BY f.id, o.id"""
BASELINES = """
SELECT a.channel, a.address, k.id, 'completed', o.indicator, o.outcome, o.value, o.text FROM clients k
JOIN addresses a ON a.id = (SELECT min(id) FROM addresses WHERE client_id = k.id)
LEFT JOIN outcomes o ON o.client_id = k.id AND o.wave = 'baseline' WHERE k.status = 'registered' ORDER BY k.id, o.id"""


def surveys(connection: sqlite3.Connection, people: Mapping[Phone, Person]) -> Iterator[str]:
    """Closed surveys whose stored figures differ from what their clients answered."""
    by_phone = {(phone.channel, phone.address): person for phone, person in people.items()}
    for query, about in ((CLOSED, "followup:{}"), (BASELINES, "registration")):
        by_number: dict[int, tuple[tuple[str, str], str, dict[str, Truth]]] = {}
        for channel, address, number, status, indicator, outcome, value, text in connection.execute(query):
            _phone, _status, figures = by_number.setdefault(number, ((channel, address), status, {}))
            if indicator is not None:
                figures[indicator] = _truth(outcome, value, text)
        for number, (phone, status, figures) in by_number.items():
            person = by_phone.get(phone)
            survey: Survey | None = person.surveys.get(about.format(number)) if person else None
            if survey is None:
                if figures:
                    yield f"figures of {about.format(number)} that nobody answered: {figures}"
            elif difference := discrepancy(survey, figures, completed=status == "completed"):
                yield f"{person.name if person else ''}, {about.format(number)}: {difference}"


def _truth(outcome: str, value: int | None, text: str | None) -> Truth:
    if text is not None:
        return text
    return Decimal(value) / SCALE if value is not None else UNKNOWN if outcome == "unknown" else outcome
