"""DECLARE, FETCH and CLOSE: one cursor per session, forward only, inside a transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.errors import Refused
from embedded.names import quoted
from embedded.statements.answer import Answer
from embedded.statements.reader import Reader
from embedded.statements.split import Statement

if TYPE_CHECKING:
    from embedded.session import Session


def declare(session: Session, statement: Statement) -> Answer:
    """DECLARE name CURSOR FOR query."""
    reader = Reader(statement)
    reader.expect("declare")
    name = reader.name()
    reader.expect("cursor", "for")
    if not reader.peek().is_word("select", "with") and not reader.sees("("):
        reader.fail()
    open_cursor(session)
    session.transaction.touch_data()
    query = session.translate(reader.rest())
    return Answer(f"DECLARE {quoted(name)} NO SCROLL CURSOR FOR {query}", status="DECLARE CURSOR")


def open_cursor(session: Session) -> None:
    """Refuse a cursor outside a transaction, or a second one."""
    if session.transaction.own and session.transaction.commands == 1:
        raise Refused("25P01", "DECLARE CURSOR may only be used in transaction blocks")
    if session.run("SELECT 1 FROM pg_catalog.pg_cursors WHERE name <> ''"):
        raise Refused("0A000", "only one cursor can be open in a session")


def fetch(session: Session, statement: Statement) -> Answer:
    """FETCH [NEXT | ALL | FORWARD [n | ALL]] FROM name."""
    reader = Reader(statement)
    reader.expect("fetch")
    amount = _amount(reader)
    reader.expect("from")
    name = reader.name()
    reader.finish()
    return Answer(f"FETCH FORWARD {amount} FROM {quoted(name)}", status="FETCH")


def _amount(reader: Reader) -> str:
    if reader.accept("next"):
        return "1"
    if reader.accept("all"):
        return "ALL"
    reader.expect("forward")
    if reader.accept("all"):
        return "ALL"
    return "1" if reader.sees("from") else str(reader.integer())


def close(session: Session, statement: Statement) -> Answer:
    """CLOSE name."""
    reader = Reader(statement)
    reader.expect("close")
    name = reader.name()
    reader.finish()
    return Answer(f"CLOSE {quoted(name)}", status="CLOSE CURSOR")


HANDLERS = {"declare": declare, "fetch": fetch, "close": close}
