"""What a turn writes: the conversation's new state, the answers, the figures, the reply.

The session would write each row with a statement of its own, which takes longer than all the rest of the turn. Here they
are one statement where the database can, and statements that were built beforehand where it cannot.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    Executable,
    Insert,
    Table,
    Update,
    bindparam,
    cast,
    insert,
    literal,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import Session

from storage.schema import Answer, Base, Conversation, Followup, Outbox, OutcomeRow
from storage.schema.work import earlier_answer

Db = Session
"""The handle of the transaction of a turn: rows are added to it and flushed; what is read is asked for by name in the modules of this room."""

ADDED = (Answer, OutcomeRow, Outbox)
CHANGED = {
    Conversation: ("state", "status", "result", "asked_at", "closed_at"),
    Followup: ("status", "reason", "invited_at", "closed_at"),
}
"""The rows that a turn changes, and what it changes of them."""
TABLES: dict[str, Table] = {kind.__tablename__: Base.metadata.tables[kind.__tablename__] for kind in (*ADDED, *CHANGED)}
CHANGES = {kind.__tablename__: names for kind, names in CHANGED.items()}


def flush(db: Session) -> None:
    """Write what is pending, as `db.flush()` does. The session forgets the rows that a turn only writes: what they hold
    can still be read, but no more be changed."""
    rows = _rows_of_a_turn(db)
    if rows is None:
        db.flush()
    elif rows:
        _write(db, [(row.__tablename__, _values(row)) for row in rows])
        for row in rows:
            db.expunge(row)


def flush_added(db: Session) -> None:
    """Write the answers, figures and messages that are pending, so that they can be read; what the turn changes waits for
    its end. The session forgets the rows, as in `flush`."""
    rows = sorted((row for row in db.new if type(row) in ADDED), key=lambda row: row.__tablename__)
    if len(rows) < len(db.new):
        db.flush()
    elif rows:
        _write(db, [(row.__tablename__, _values(row)) for row in rows])
        for row in rows:
            db.expunge(row)


def _rows_of_a_turn(db: Session) -> list[Base] | None:
    """What is pending, each kind together; None where anything else is."""
    new, changed = list(db.new), [row for row in db.dirty if db.is_modified(row)]
    known = all(type(row) in ADDED for row in new) and all(type(row) in CHANGED for row in changed)
    return sorted([*changed, *new], key=lambda row: row.__tablename__) if known and not db.deleted else None


def _values(row: Base) -> dict[str, Any]:
    """Column → what stands in it, with the defaults of a new row."""
    table, given = TABLES[row.__tablename__], vars(row)
    names = _written(table.name)
    return {name: given[name] if name in given else _default(table.c[name]) for name in names}


@cache
def _written(table: str) -> tuple[str, ...]:
    if table in CHANGES:
        return ("id", *CHANGES[table])
    return tuple(column.key for column in TABLES[table].columns if column.key != "id")


def _default(column: Column[Any]) -> Any:
    default: Any = column.default
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


def _write(db: Session, rows: Sequence[tuple[str, dict[str, Any]]]) -> None:
    """`rows`: those of a table one after the other, in the order of their ids to be."""
    connection = db.connection()
    if connection.dialect.name == "postgresql":
        values = {_parameter(name, number): row[name] for number, (_table, row) in enumerate(rows) for name in row}
        connection.execute(_at_once(tuple(table for table, _row in rows)), values)
        return
    for table, group in groupby(rows, key=lambda row: row[0]):
        each = [{_parameter(name, 0): row[name] for name in row} for _table, row in group]
        connection.execute(_one(table), each)


@cache
def _one(table: str) -> Update | Insert:
    return _update(table, 0) if table in CHANGES else _insert(table, (0,))


@cache
def _at_once(tables: tuple[str, ...]) -> Executable:
    """One statement that writes a row to each of the tables. Those new to a table come in one INSERT, which numbers them
    in their order; nothing tells which of several INSERTs goes first."""
    parts: list[Any] = []
    for table in dict.fromkeys(tables):
        numbers = tuple(number for number, name in enumerate(tables) if name == table)
        parts += [_update(table, number) for number in numbers] if table in CHANGES else [_insert(table, numbers)]
    return select(literal(1)).add_cte(*(part.cte(f"part_{number}") for number, part in enumerate(parts)))


def _update(name: str, number: int) -> Update:
    table, values = TABLES[name], _parameters(name, number)
    return update(table).where(table.c.id == values.pop("id")).values(values)


def _insert(name: str, numbers: tuple[int, ...]) -> Insert:
    rows = [_parameters(name, number) for number in numbers]
    if name == Answer.__tablename__:
        for row in rows:
            row["replaces_id"] = earlier_answer(row["conversation_id"], row["question"])
    if len(rows) == 1:
        return insert(TABLES[name]).values(rows[0])
    # VALUES of several rows would be put together anew each time: SQLAlchemy does not cache such a statement.
    each = union_all(*(select(*(_typed(TABLES[name].c[key], value) for key, value in row.items())) for row in rows))
    return insert(TABLES[name]).from_select(list(rows[0]), each)


def _typed(column: Column[Any], value: Any) -> Any:
    """In a SELECT a parameter has no type of its own."""
    return cast(value, column.type) if isinstance(value, BindParameter) else value


def _parameters(name: str, number: int) -> dict[str, Any]:
    return {
        column: bindparam(_parameter(column, number), type_=TABLES[name].c[column].type) for column in _written(name)
    }


def _parameter(column: str, number: int) -> str:
    return f"new_{column}_{number}"
