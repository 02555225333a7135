"""Queries and DML: what they touch decides about snapshot and lock; the rest is translation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from embedded import fresh_catalog
from embedded.errors import Refused
from embedded.names import literal, quoted, to_regclass
from embedded.statements import identities, reflection
from embedded.statements.answer import Answer
from embedded.statements.reader import Reader
from embedded.statements.relations import map_new_blocks
from embedded.statements.select_into import select_into
from embedded.statements.split import Statement
from embedded.statements.touched import reads_catalog, reads_tables

if TYPE_CHECKING:
    from embedded.session import Session

_FAR = 5000  # characters in which VALUES must come
_VALUES = re.compile(r"\b(values\s*\(|default\s+values)", re.IGNORECASE)
_INTO = {"insert": ("insert", "into"), "merge": ("merge", "into"), "update": ("update",)}


def read(session: Session, statement: Statement) -> Answer:
    """SELECT, also with WITH or in parentheses."""
    into = select_into(session, statement)
    if into is not None:
        return into
    if reads_tables(statement):
        session.transaction.touch_data()
        return Answer(session.translate(statement.text))
    return _read_catalog(session, statement.text)


def _read_catalog(session: Session, text: str) -> Answer:
    table = reflection.table_oid(text)
    if table:
        return Answer(f"SELECT {literal(table)}::regclass::oid AS oid")
    translated = session.translate(reflection.rewritten(text))
    transaction = session.transaction
    if transaction.data and not transaction.changed_catalog and reads_catalog(text):
        translated = fresh_catalog.answer(session, translated)
    return Answer(translated)


def write(session: Session, statement: Statement) -> Answer:
    """INSERT, UPDATE, DELETE or MERGE: the writers of one table queue."""
    transaction = session.transaction
    transaction.touch_data()
    translated = session.translate(statement.text)
    table = _target(statement)
    if (
        table not in transaction.locked
    ):  # a snapshot is taken here, older than the wait for the lock
        _check_no_view(session, table, statement.verb)
    if statement.verb == "merge":
        _check_no_view_in(session, statement)
    before, after = "", ""
    if _many_rows(statement):
        before, after = identities.gaps(session, table)
        after += map_new_blocks(table)
    return Answer(transaction.write_lock(table) + before + translated, after=after)


def _check_no_view_in(session: Session, statement: Statement) -> None:
    """MERGE takes its rows from a table, not from a view."""
    reader = Reader(statement)
    while not reader.accept("using"):
        reader.take()
    source = to_regclass(quoted(*reader.qualified_name()[-2:]))
    found = session.run(f"SELECT relkind FROM pg_catalog.pg_class WHERE oid = {source}")
    if found and found[0][0] == "v":
        raise Refused("0A000", "MERGE is not supported with a view as its source")


def _check_no_view(session: Session, table: str, verb: str) -> None:
    found = session.run(f"SELECT relkind FROM pg_catalog.pg_class WHERE oid = {to_regclass(table)}")
    if found and found[0][0] == "v":
        change = {"insert": "insert into", "delete": "delete from", "merge": "merge into"}
        raise Refused("0A000", f"cannot {change.get(verb, verb)} a view")


def _many_rows(statement: Statement) -> bool:
    """Whether rows come from a query, of which every slice of a cluster makes its own."""
    if statement.verb == "merge":
        return True
    return statement.verb == "insert" and not _VALUES.search(statement.text[:_FAR])


def _target(statement: Statement) -> str:
    reader = Reader(statement)
    if reader.accept("delete"):
        reader.accept("from")
    else:
        reader.expect(*_INTO[statement.verb])
    return quoted(*reader.qualified_name()[-2:])


HANDLERS = {
    "select": read,
    "with": read,
    "(": read,
    "insert": write,
    "update": write,
    "delete": write,
    "merge": write,
}
