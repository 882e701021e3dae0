"""What a plain turn writes: the conversation's new state, the answer, the reply.

The session writes each of them with a statement of its own, which takes longer than all the rest of the turn. Here they
are one statement where the store can, and statements that were built beforehand where it cannot.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, Executable, Insert, Select, Table, Update, bindparam, insert, select, update
from sqlalchemy.orm import Session, make_transient, make_transient_to_detached

from storage.schema import Answer, Base, Conversation, Outbox
from storage.schema.work import earlier_answer

CONVERSATIONS, ANSWERS, OUTBOX = (Base.metadata.tables[name] for name in ("conversations", "answers", "outbox"))
CHANGES = ("state", "status", "result", "asked_at", "closed_at")
"""What a turn can change of a conversation."""


def flush(db: Session) -> None:
    """Write what is pending, as `db.flush()` does."""
    rows = _plain(db)
    if rows is None:
        db.flush()
        return
    conversation, answer, reply = rows
    values = {f"conversations_{name}": getattr(conversation, name) for name in ("id", *CHANGES)}
    values |= _values(reply, OUTBOX)
    if answer is not None:
        values |= _values(answer, ANSWERS)
    ids = _written(db.connection(), values, answered=answer is not None)
    for row, number in zip((reply, answer), ids, strict=False):
        if row is not None:
            row.id = number
    for written in (conversation, reply, answer):
        if written is not None:
            make_transient(written)
            make_transient_to_detached(written)
            db.add(written)


def _plain(db: Session) -> tuple[Conversation, Answer | None, Outbox] | None:
    """The rows that are pending, where they are those of a plain turn."""
    conversation, answer, reply = None, None, None
    if db.deleted:
        return None
    for row in db.new:
        if isinstance(row, Outbox) and reply is None:
            reply = row
        elif isinstance(row, Answer) and answer is None:
            answer = row
        else:
            return None
    for row in db.dirty:
        if isinstance(row, Conversation) and conversation is None:
            conversation = row
        elif db.is_modified(row):
            return None
    if conversation is None or reply is None:
        return None
    return conversation, answer, reply


def _values(row: Base, table: Table) -> dict[str, Any]:
    """What stands in a new row, with the defaults of its columns, for the parameters of `_insert`."""
    given = vars(row)
    return {
        f"{table.name}_{column.key}": given[column.key] if column.key in given else _default(column)
        for column in table.columns
    }


def _default(column: Column[Any]) -> Any:
    default: Any = column.default
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


def _written(connection: Connection, values: dict[str, Any], *, answered: bool) -> tuple[int, ...]:
    """The ids of the reply and, when something was answered, of the answer."""
    if connection.dialect.name == "postgresql":
        return tuple(connection.execute(_at_once(answered), values).one())
    connection.execute(_moved(), values)
    inserts = [_insert(OUTBOX), _insert(ANSWERS)][: 2 if answered else 1]
    return tuple(connection.execute(statement, values).scalar_one() for statement in inserts)


@cache
def _moved() -> Update:
    changed = {name: _parameter(CONVERSATIONS, name) for name in CHANGES}
    return update(CONVERSATIONS).where(CONVERSATIONS.c.id == _parameter(CONVERSATIONS, "id")).values(changed)


@cache
def _insert(table: Table) -> Insert:
    values: dict[str, Any] = {
        column.key: _parameter(table, column.key) for column in table.columns if column.key != "id"
    }
    if table is ANSWERS:
        values["replaces_id"] = earlier_answer(values["conversation_id"], values["question"])
    return insert(table).values(values).returning(table.c.id)


@cache
def _at_once(answered: bool) -> Executable:
    inserted = [_insert(table).cte(f"new_{table.name}") for table in (OUTBOX, ANSWERS)[: 2 if answered else 1]]
    ids: Select[Any] = select(*(select(new.c.id).scalar_subquery() for new in inserted))
    return ids.add_cte(_moved().cte("moved"))


def _parameter(table: Table, column: str) -> Any:
    return bindparam(f"{table.name}_{column}", type_=table.c[column].type)
