"""PREPARE, EXECUTE and DEALLOCATE: the text is kept, and read again with the values in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.errors import Refused
from embedded.query.types import redshift_type
from embedded.state import Prepared
from embedded.statements.answer import Answer
from embedded.statements.reader import Reader
from embedded.statements.split import Statement

if TYPE_CHECKING:
    from embedded.session import Session

_PREPARABLE = ("select", "with", "insert", "update", "delete")


def prepare(session: Session, statement: Statement) -> Answer:
    """PREPARE name [(types)] AS statement."""
    reader = Reader(statement)
    reader.expect("prepare")
    if reader.sees("transaction"):
        raise Refused("0A000", f'SQL command "{statement.text}" not supported.')
    name = reader.name()
    types = _types(reader) if reader.sees("(") else []
    reader.expect("as")
    if not reader.peek().is_word(*_PREPARABLE):
        reader.fail()
    if name in session.state.prepared:
        raise Refused("42P05", f'prepared statement "{name}" already exists')
    session.state.prepared[name] = Prepared(reader.rest(), types)
    return Answer(status="PREPARE")


def _types(reader: Reader) -> list[str]:
    inner = reader.nested()[1:-1]
    types = [part.strip() for part in _commas(inner)]
    for type_ in types:
        redshift_type(type_)
    return types


def _commas(text: str) -> list[str]:
    """The parts between the commas that are in no parentheses."""
    parts, start = [], 0
    depth = 0
    for token in Statement(text).tokens:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if token.text == "," and depth == 0:
            parts.append(text[start : token.start])
            start = token.end
    return [*parts, text[start:]]


def execute(session: Session, statement: Statement) -> Answer:
    """EXECUTE name [(values)]."""
    from embedded.statements.kinds import handler

    reader = Reader(statement)
    reader.expect("execute")
    name = reader.name()
    values = _commas(reader.nested()[1:-1]) if reader.sees("(") else []
    reader.finish()
    prepared = session.state.prepared.get(name)
    if prepared is None:
        raise Refused("26000", f'prepared statement "{name}" does not exist')
    filled = Statement(_fill(name, prepared, values))
    return handler(filled)(session, filled)


def _fill(name: str, prepared: Prepared, values: list[str]) -> str:
    wanted = Statement(prepared.text).tokens
    numbers = [int(token.text[1:]) for token in wanted if token.kind == "parameter"]
    expected = max([len(prepared.types), *numbers])
    if len(values) != expected:
        detail = f"Expected {expected} parameters but got {len(values)}."
        message = f'wrong number of parameters for prepared statement "{name}"'
        raise Refused("42601", message, detail)
    text = prepared.text
    for token in reversed(wanted):
        if token.kind == "parameter":
            text = text[: token.start] + _value(prepared, values, token.text) + text[token.end :]
    return text


def _value(prepared: Prepared, values: list[str], parameter: str) -> str:
    number = int(parameter[1:])
    if number < 1:
        raise Refused("42P02", f"there is no parameter {parameter}")
    value = values[number - 1].strip()
    if number <= len(prepared.types):
        return f"CAST({value} AS {prepared.types[number - 1]})"
    return f"({value})"


def deallocate(session: Session, statement: Statement) -> Answer:
    """DEALLOCATE [PREPARE] name | ALL."""
    reader = Reader(statement)
    reader.expect("deallocate")
    reader.accept("prepare")
    if reader.accept("all"):
        session.state.prepared.clear()
    else:
        name = reader.name()
        if session.state.prepared.pop(name, None) is None:
            raise Refused("26000", f'prepared statement "{name}" does not exist')
    reader.finish()
    return Answer(status="DEALLOCATE")


HANDLERS = {"prepare": prepare, "execute": execute, "deallocate": deallocate}
