"""Read expressions, by precedence climbing with the precedences of PostgreSQL 8.0.

From loose to tight: OR, AND, NOT, =, < >, LIKE, BETWEEN, IN, other operators, IS, + -, * / %, ^,
AT TIME ZONE, sign, ::.
"""

from __future__ import annotations

from collections.abc import Callable

from embedded.errors import Refused
from embedded.query import read_operand
from embedded.query.read_type import read_type
from embedded.query.reader import Reader
from embedded.query.tree import (
    AtTimeZone,
    Between,
    Binary,
    Cast,
    Expression,
    InList,
    InQuery,
    Is,
    Like,
    Quantified,
    Row,
    Unary,
)

_NOT, _EQUAL, _LIKE, _BETWEEN, _IN, _OTHER, _IS, _SIGN, _CAST = 3, 4, 6, 8, 9, 11, 12, 17, 19
_BINARY = {
    "or": 1, "and": 2, "=": 4, "<": 5, ">": 5,
    **dict.fromkeys(["<=", ">=", "<>", "!=", "||", "~", "!~", "~*", "!~*", "&", "|", "#", "<<", ">>",
                     "~~", "!~~", "~~*", "!~~*"], 11),
    "+": 13, "-": 13, "*": 14, "/": 14, "%": 14, "^": 15,
}  # fmt: skip
_WORD_OPERATORS = {
    "like": _LIKE, "ilike": _LIKE, "similar": _LIKE, "between": _BETWEEN, "in": _IN, "is": _IS,
    "isnull": _IS, "notnull": _IS, "at": 16, "::": _CAST, "not": _LIKE,
}  # fmt: skip
_NEGATABLE = frozenset(["like", "ilike", "similar", "between", "in"])
_COMPARISONS = frozenset(["=", "<", ">", "<=", ">=", "<>", "!="])


def expression(reader: Reader, tightness: int = 0) -> Expression:
    """Take an expression whose operators all bind tighter than `tightness`."""
    reader.enter()
    left = _prefix(reader)
    while (binds := _binding(reader)) > tightness:
        left = _infix(reader, left, binds)
    reader.depth -= 1
    return left


def expressions(reader: Reader) -> list[Expression]:
    """Take `a, b, c`."""
    found = [expression(reader)]
    while reader.accept(","):
        found.append(expression(reader))
    return found


def _prefix(reader: Reader) -> Expression:
    if reader.accept("not"):
        return Unary("not", expression(reader, _NOT))
    for sign in ("-", "+"):
        if reader.accept(sign):
            return Unary(sign, expression(reader, _SIGN))
    for operator in ("~", "@", "|/", "||/"):
        if reader.accept(operator):
            return Unary(operator, expression(reader, _OTHER))
    return read_operand.operand(reader)


def _binding(reader: Reader) -> int:
    token = reader.current
    if token.kind not in ("word", "operator"):
        return -1
    if token.value == "not":
        following = reader.ahead().value
        return _WORD_OPERATORS[following] if following in _NEGATABLE else -1
    return _BINARY.get(token.value, _WORD_OPERATORS.get(token.value, -1))


def _infix(reader: Reader, left: Expression, binds: int) -> Expression:
    word = reader.current.value
    if word in _BINARY:
        return _binary(reader, left, binds)
    negated = reader.accept("not")
    return _SPECIAL[reader.advance().value](reader, left, negated)


def _binary(reader: Reader, left: Expression, binds: int) -> Expression:
    operator = reader.advance().value
    if operator in _COMPARISONS and reader.at("any", "some", "all") and reader.ahead().text == "(":
        return _quantified(reader, left, operator)
    right = expression(reader, binds - 1 if binds == _EQUAL else binds)
    return Binary("<>" if operator == "!=" else operator, left, right)


def _quantified(reader: Reader, left: Expression, operator: str) -> Expression:
    quantifier = reader.advance().value
    reader.expect("(")
    if not read_operand.at_query(reader):
        reader.fail()  # = ANY('{1,2}'): there are no arrays
    query = read_operand.subquery(reader)
    reader.expect(")")
    return Quantified(left, operator, quantifier, query)


def _like(operator: str) -> Callable[[Reader, Expression, bool], Expression]:
    def read(reader: Reader, left: Expression, negated: bool) -> Expression:
        if operator == "similar to":
            reader.expect("to")
        pattern = expression(reader, _LIKE)
        escape = expression(reader, _LIKE) if reader.accept("escape") else None
        return Like(left, operator, pattern, escape, negated)

    return read


def _between(reader: Reader, left: Expression, negated: bool) -> Expression:
    low = expression(reader, _BETWEEN)
    reader.expect("and")
    return Between(left, low, expression(reader, _BETWEEN), negated)


def _in(reader: Reader, left: Expression, negated: bool) -> Expression:
    reader.expect("(")
    if read_operand.at_query(reader):
        query = read_operand.subquery(reader)
        reader.expect(")")
        return InQuery(left, query, negated)
    items = expressions(reader)
    reader.expect(")")
    return InList(left, items, negated)


def _is(reader: Reader, left: Expression, _: bool) -> Expression:
    negated = reader.accept("not")
    if not reader.at("null", "true", "false", "unknown"):
        reader.fail()  # IS DISTINCT FROM, IS OF
    return Is(left, reader.advance().value, negated)


def _at(reader: Reader, left: Expression, _: bool) -> Expression:
    reader.expect("time", "zone")
    return AtTimeZone(left, expression(reader, 16))


def _cast(reader: Reader, left: Expression, _: bool) -> Expression:
    return Cast(left, read_type(reader))


_SPECIAL: dict[str, Callable[[Reader, Expression, bool], Expression]] = {
    "like": _like("like"),
    "ilike": _like("ilike"),
    "similar": _like("similar to"),
    "between": _between,
    "in": _in,
    "is": _is,
    "isnull": lambda _, left, negated: Is(left, "null", negated),
    "notnull": lambda _, left, negated: Is(left, "null", not negated),
    "at": _at,
    "::": _cast,
}


def no_row(value: Expression) -> Expression:
    """Refuse `(a, b)` where one value must stand."""
    if isinstance(value, Row):
        raise Refused("0A000", "row constructors are not supported")
    return value
