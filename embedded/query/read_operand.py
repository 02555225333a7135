"""Read what an operator stands between: literals, names, calls, CASE, queries in parentheses."""

from __future__ import annotations

import re

from embedded.query import read_call, read_expression
from embedded.query.read_type import at_typed_literal, read_type
from embedded.query.reader import Reader
from embedded.query.tree import (
    Case,
    Cast,
    Constant,
    Exists,
    Expression,
    IntervalText,
    Name,
    Navigation,
    Number,
    Row,
    Star,
    Subquery,
    Text,
)
from embedded.query.tree_query import Query
from embedded.query.words import FUNCTION_WORDS, NILADIC

_FIELDS = frozenset(["year", "month", "day", "hour", "minute", "second", "years", "months", "days",
                     "hours", "minutes", "seconds", "week", "weeks", "quarter", "quarters"])  # fmt: skip
_WHOLE = re.compile(r"\d+")


def operand(reader: Reader) -> Expression:
    """Take one operand with the steps into SUPER that follow it."""
    found = _operand(reader)
    while reader.at("[") or (reader.at(".") and not isinstance(found, Star)):
        found = _step(reader, found)
    return found


def _step(reader: Reader, base: Expression) -> Expression:
    if reader.accept("."):
        return Navigation(base, reader.label())
    reader.expect("[")
    if not _WHOLE.fullmatch(reader.current.text):
        reader.fail()
    index = int(reader.advance().text)
    reader.expect("]")
    return Navigation(base, index)


def _operand(reader: Reader) -> Expression:
    token = reader.current
    if token.kind in ("string", "dollar"):
        return Text(_adjacent(reader))
    if token.kind == "number":
        return Number(reader.advance().text)
    if reader.at("("):
        return _parenthesised(reader)
    if reader.at("*"):
        reader.advance()
        return Star(())
    if token.kind == "word":
        return _word(reader)
    if token.kind != "quoted":
        reader.fail()
    return _named(reader)


def _adjacent(reader: Reader) -> str:
    """A literal and those that continue it on following lines."""
    first = reader.advance()
    text, kind = first.value, first.kind
    while kind == "string" and reader.current.kind == "string":
        text += reader.advance().value
    return text


def _parenthesised(reader: Reader) -> Expression:
    if at_query(reader, 1):
        reader.expect("(")
        query = subquery(reader)
        reader.expect(")")
        return Subquery(query)
    reader.expect("(")
    items = read_expression.expressions(reader)
    reader.expect(")")
    return items[0] if len(items) == 1 else Row(items)


def at_query(reader: Reader, distance: int = 0) -> bool:
    """Whether a query starts here, maybe after more parentheses."""
    while reader.ahead(distance).text == "(":
        distance += 1
    token = reader.ahead(distance)
    return token.kind == "word" and token.value in ("select", "with")


def subquery(reader: Reader) -> Query:
    """Take a query inside an expression."""
    from embedded.query.read_query import query  # the two need each other

    return query(reader)


def _word(reader: Reader) -> Expression:
    word = reader.current.value
    if word in ("null", "true", "false", "default"):
        return Constant(reader.advance().value)
    if word == "case":
        return _case(reader)
    if word == "exists" and reader.ahead().text == "(":
        return _exists(reader)
    if word == "interval" and reader.ahead().kind == "string":
        return _interval(reader)
    if at_typed_literal(reader):
        return _typed_literal(reader)
    if word == "approximate" and reader.ahead().kind == "word":
        return read_call.approximate(reader)
    if word in NILADIC and (reader.ahead().text != "(" or word == "current_user"):
        return read_call.niladic(reader)
    if word in FUNCTION_WORDS and reader.ahead().text == "(":
        return read_call.call(reader)
    return _named(reader)


def _exists(reader: Reader) -> Expression:
    reader.expect("exists", "(")
    if not at_query(reader):
        reader.fail()
    query = subquery(reader)
    reader.expect(")")
    return Exists(query)


def _interval(reader: Reader) -> Expression:
    reader.expect("interval")
    text = reader.advance().value
    fields: list[str] = []
    if reader.current.kind == "word" and reader.current.value in _FIELDS:
        fields.append(reader.advance().value)
        if reader.at("to") and reader.ahead().value in _FIELDS:
            reader.advance()
            fields += ["to", reader.advance().value]
    if reader.at("(") and reader.ahead().kind == "number" and fields:
        reader.position += 2
        reader.expect(")")
    return IntervalText(text, " ".join(fields))


def _typed_literal(reader: Reader) -> Expression:
    declared = read_type(reader)
    return Cast(Text(_adjacent(reader)), declared)


def _named(reader: Reader) -> Expression:
    following = reader.ahead()
    is_call = following.text == "(" or (following.text == "." and reader.ahead(3).text == "(")
    if is_call and reader.is_name():
        return read_call.call(reader)
    parts = [reader.name()]
    while reader.at("."):
        if reader.ahead().text == "*":
            reader.expect(".", "*")
            return Star(tuple(parts))
        reader.advance()
        parts.append(reader.label())
    return Name(tuple(parts))


def _case(reader: Reader) -> Expression:
    reader.expect("case")
    subject = None if reader.at("when") else read_expression.expression(reader)
    whens = []
    while reader.accept("when"):
        condition = read_expression.expression(reader)
        reader.expect("then")
        whens.append((condition, read_expression.expression(reader)))
    if not whens:
        reader.fail()
    default = read_expression.expression(reader) if reader.accept("else") else None
    reader.expect("end")
    return Case(subject, whens, default)
