"""Write operators, with Redshift's rules about what may meet what."""

from __future__ import annotations

from embedded.errors import NotImitated, Refused
from embedded.query import numbers
from embedded.query.piece import (
    BIGINT,
    BOOLEAN,
    DATE,
    DATES,
    INTEGER,
    INTEGERS,
    INTERVAL,
    NUMBERS,
    NUMERIC,
    STRINGS,
    TIMES,
    TIMESTAMP,
    VARCHAR,
    Piece,
    as_varchar,
    compose,
)
from embedded.query.scope import Scope
from embedded.query.tree import Binary, Row, Unary
from embedded.query.types import Type
from embedded.query.write import write, writes

_COMPARISONS = frozenset(["=", "<>", "<", ">", "<=", ">="])
_MATCHES = frozenset(["~", "!~", "~*", "!~*", "~~", "!~~", "~~*", "!~~*"])


@writes(Binary)
def _binary(node: Binary, scope: Scope) -> Piece:
    operator = node.operator
    if operator in _COMPARISONS and isinstance(node.left, Row) and isinstance(node.right, Row):
        return _compare_rows(node.left, node.right, operator, scope)
    if operator in ("and", "or"):
        return _logic(node, scope)
    left, right = write(node.left, scope), write(node.right, scope)
    if operator in _COMPARISONS:
        return compare(left, operator, right)
    if operator == "||":
        return concatenate(left, right)
    if operator in _MATCHES:
        return compose(f"({left.sql} {operator} {right.sql})", BOOLEAN, [left, right])
    return _arithmetic(left, operator, right)


def _logic(node: Binary, scope: Scope) -> Piece:
    """AND and OR, without one level of the stack for each of a long chain."""
    operands = [node.right]
    left = node.left
    while isinstance(left, Binary) and left.operator == node.operator:
        operands.append(left.right)
        left = left.left
    pieces = [write(operand, scope) for operand in [left, *reversed(operands)]]
    sql = f" {node.operator.upper()} ".join(piece.sql for piece in pieces)
    return compose(f"({sql})", BOOLEAN, pieces)


def _compare_rows(left: Row, right: Row, operator: str, scope: Scope) -> Piece:
    if len(left.items) != len(right.items):
        raise Refused("42601", "unequal number of entries in row expression")
    if operator not in ("=", "<>"):
        raise Refused("0A000", "row constructors are not supported")
    pairs = [
        compare(write(a, scope), operator, write(b, scope))
        for a, b in zip(left.items, right.items, strict=True)
    ]
    joint = " AND " if operator == "=" else " OR "
    return compose("(" + joint.join(pair.sql for pair in pairs) + ")", BOOLEAN, pairs)


def compare(left: Piece, operator: str, right: Piece) -> Piece:
    """A comparison; strings meet numbers and times as Redshift lets them."""
    left, right = comparable(left, right)
    return compose(f"({left.sql} {operator} {right.sql})", BOOLEAN, [left, right])


def comparable(left: Piece, right: Piece) -> tuple[Piece, Piece]:
    """Both sides, made of one type where PostgreSQL would not do it, or not the same way."""
    if "super" in (left.kind, right.kind):
        return _scalar(left, right), _scalar(right, left)
    if left.kind in STRINGS and right.kind not in STRINGS:
        second, first = _meet(right, left)
        return first, second
    if right.kind in STRINGS and left.kind not in STRINGS:
        return _meet(left, right)
    if left.type and right.type:
        _refuse_strangers(left.type, right.type)
    return left, right


def _scalar(piece: Piece, other: Piece) -> Piece:
    """A SUPER value as what it is compared with; of another kind it is NULL."""
    if piece.kind != "super" or other.kind == "super":
        return piece
    if other.kind in NUMBERS:
        return compose(f"redshift_catalog.super_number({piece.sql})", NUMERIC, [piece])
    if other.kind in STRINGS or other.kind == "literal":
        return compose(f"redshift_catalog.super_string({piece.sql})", VARCHAR, [piece])
    if other.type is None:
        raise NotImitated("a comparison of SUPER with what is not known")
    text = f"redshift_catalog.super_text({piece.sql})"
    return compose(f"CAST({text} AS {other.type.postgres})", other.type, [piece])


def _meet(other: Piece, string: Piece) -> tuple[Piece, Piece]:
    if other.kind == "numeric":
        return other, compose(f"CAST({string.sql} AS numeric)", other.type, [string])
    if other.kind in NUMBERS or other.kind == "oid":
        return compose(as_varchar(other), VARCHAR, [other]), string
    if (other.kind in DATES or other.kind in TIMES) and other.type:
        return other, compose(f"CAST({string.sql} AS {other.type.postgres})", other.type, [string])
    if other.kind == "boolean":
        raise Refused("42883", f"operator does not exist: {other.type} = {string.type}")
    return other, string


def _refuse_strangers(left: Type, right: Type) -> None:
    """PostgreSQL's own words would name types that Redshift does not know."""
    kinds = {left.name, right.name}
    if "boolean" in kinds and kinds & NUMBERS:
        raise Refused("42883", f"operator does not exist: {left} = {right}")


def concatenate(left: Piece, right: Piece) -> Piece:
    """`a || b`: numbers and times become text by themselves, booleans do not."""
    for piece in (left, right):
        if piece.kind == "boolean":
            raise Refused("42883", f"operator does not exist: {left.type} || {right.type}")
    if left.kind == "varbyte" or right.kind == "varbyte":
        return compose(f"({left.sql} || {right.sql})", left.type, [left, right])
    return compose(f"({as_varchar(left)} || {as_varchar(right)})", VARCHAR, [left, right])


def _arithmetic(left: Piece, operator: str, right: Piece) -> Piece:
    if operator == "+" and _are_strings(left, right):
        return concatenate(left, right)
    left, right = _number_of(left, right), _number_of(right, left)
    if left.kind in NUMBERS and right.kind in NUMBERS and left.type and right.type:
        if operator == "/":
            return numbers.divide(left, right)
        if operator == "^":
            return compose(f"power({left.sql}, {right.sql})", None, [left, right])
        type_ = numbers.arithmetic_type(operator, left.type, right.type)
        return compose(f"({left.sql} {operator} {right.sql})", type_, [left, right])
    if operator in ("+", "-") and (left.kind in DATES or right.kind in DATES):
        return _date_arithmetic(left, operator, right)
    type_ = INTERVAL if "interval" in (left.kind, right.kind) else None
    if left.kind == "numeric" and type_:
        left = compose(f"CAST({left.sql} AS double precision)", None, [left])
    return compose(f"({left.sql} {operator} {right.sql})", type_, [left, right])


def _are_strings(left: Piece, right: Piece) -> bool:
    """Whether `+` joins strings: one is a string, the other too or a literal that is no number."""
    kinds = (left.kind, right.kind)
    if any(
        kind in STRINGS or _is_words(piece)
        for kind, piece in zip(kinds, (left, right), strict=True)
    ):
        return all(kind in STRINGS or kind in ("literal", "name", "") for kind in kinds)
    return kinds == ("literal", "literal")


def _is_words(piece: Piece) -> bool:
    return (
        piece.kind == "literal" and not any(c.isdigit() for c in piece.sql) and piece.sql != "NULL"
    )


def _number_of(piece: Piece, other: Piece) -> Piece:
    """A string that meets a number in arithmetic is converted."""
    if piece.kind == "super" and other.kind != "super":
        return compose(f"redshift_catalog.super_number({piece.sql})", NUMERIC, [piece])
    if piece.kind in STRINGS and other.type and other.kind in NUMBERS:
        name = "numeric" if other.kind == "numeric" else "double precision"
        return compose(f"CAST({piece.sql} AS {name})", Type(name), [piece])
    return piece


def _date_arithmetic(left: Piece, operator: str, right: Piece) -> Piece:
    sql = f"({left.sql} {operator} {right.sql})"
    kinds = (left.kind, right.kind)
    if kinds == ("date", "date"):
        return compose(sql, INTEGER, [left, right])
    if "interval" in kinds:
        moment = left if left.kind in DATES else right
        type_ = TIMESTAMP if moment.kind == "date" else moment.type
        return compose(sql, type_, [left, right])
    if left.kind in DATES and right.kind in DATES:
        return compose(sql, INTERVAL, [left, right])
    if left.kind == "date" or right.kind == "date":
        days = right if left.kind == "date" else left
        if days.type == BIGINT:
            sql = sql.replace(days.sql, f"CAST({days.sql} AS integer)")
        return compose(sql, DATE, [left, right])
    return _days(left, operator, right)


def _days(left: Piece, operator: str, right: Piece) -> Piece:
    """A whole number that meets a timestamp counts days."""
    moment, number = (left, right) if left.kind in DATES else (right, left)
    if number.kind in ("", "literal"):
        return compose(f"({left.sql} {operator} {right.sql})", None, [left, right])
    if number.kind not in INTEGERS or (operator == "-" and moment is right):
        raise Refused("42883", f"operator does not exist: {left.type} {operator} {right.type}")
    sql = f"({moment.sql} {operator} {number.sql} * INTERVAL '1 day')"
    return compose(sql, moment.type, [left, right])


@writes(Unary)
def _unary(node: Unary, scope: Scope) -> Piece:
    operand = write(node.operand, scope)
    if node.operator == "not":
        return compose(f"(NOT {operand.sql})", BOOLEAN, [operand])
    type_ = operand.type if node.operator in "+-~@" else None
    return compose(f"({node.operator} {operand.sql})", type_, [operand])
