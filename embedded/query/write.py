"""Write expressions: the dispatcher that every writing module hangs its node types on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from embedded.errors import Refused
from embedded.query.numbers import literal_type
from embedded.query.piece import (
    BOOLEAN,
    LITERAL,
    TIMESTAMP,
    TIMESTAMPTZ,
    Piece,
    compose,
    text_literal,
)
from embedded.query.piece import INTERVAL as INTERVAL_TYPE
from embedded.query.scope import Scope
from embedded.query.tree import (
    AtTimeZone,
    Constant,
    Expression,
    IntervalText,
    Number,
    Row,
    Star,
    Text,
)

Writer = Callable[[Any, Scope], Piece]
_WRITERS: dict[type[Expression], Writer] = {}


def writes(node: type[Expression]) -> Callable[[Writer], Writer]:
    """Register the writer of a node type."""

    def register(writer: Writer) -> Writer:
        _WRITERS[node] = writer
        return writer

    return register


def write(node: Expression, scope: Scope) -> Piece:
    """The PostgreSQL text of an expression, in parentheses where it needs them."""
    return _WRITERS[type(node)](node, scope)


def write_all(nodes: list[Expression], scope: Scope) -> list[Piece]:
    """Several expressions."""
    return [write(node, scope) for node in nodes]


@writes(Text)
def _text(node: Text, _: Scope) -> Piece:
    if "\0" in node.value:
        raise Refused("22021", 'invalid byte sequence for encoding "UTF8": 0x00')
    return Piece(text_literal(node.value), LITERAL, constant=True)


@writes(Number)
def _number(node: Number, _: Scope) -> Piece:
    return Piece(node.value, literal_type(node.value), constant=True)


@writes(Constant)
def _constant(node: Constant, _: Scope) -> Piece:
    if node.value == "default":
        raise Refused("42601", 'syntax error at or near "default"')
    is_null = node.value == "null"
    name = "?column?" if is_null else "bool"
    return Piece(node.value.upper(), LITERAL if is_null else BOOLEAN, name, constant=True)


@writes(IntervalText)
def _interval(node: IntervalText, _: Scope) -> Piece:
    fields = node.fields.upper().replace("S ", " ").removesuffix("S")
    plain = {"WEEK": 7, "QUARTER": 3}.get(fields)
    if plain:
        unit = "day" if fields == "WEEK" else "month"
        sql = f"({plain} * INTERVAL {text_literal(node.value + ' ' + unit)})"
    else:
        sql = f"INTERVAL {text_literal(node.value)} {fields}".rstrip()
    return Piece(sql, INTERVAL_TYPE, "interval", constant=True)


@writes(Star)
def _star(_: Star, __: Scope) -> Piece:
    raise Refused("42601", 'syntax error at or near "*"')


@writes(Row)
def _row(_: Row, __: Scope) -> Piece:
    raise Refused("0A000", "row constructors are not supported")


@writes(AtTimeZone)
def _at_time_zone(node: AtTimeZone, scope: Scope) -> Piece:
    value, zone = write(node.operand, scope), write(node.zone, scope)
    if value.kind in ("literal", "varchar", "date"):
        value = compose(f"CAST({value.sql} AS timestamp)", TIMESTAMP, [value])
    result = TIMESTAMP if value.kind == "timestamptz" else TIMESTAMPTZ
    known = result if value.type else None
    return compose(f"({value.sql} AT TIME ZONE {zone.sql})", known, [value, zone], "timezone")
