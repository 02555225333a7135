"""Redshift's rules for the types of arithmetic."""

from __future__ import annotations

from embedded.query.piece import (
    BIGINT,
    DOUBLE,
    FLOATS,
    INTEGER,
    INTEGERS,
    NUMERIC,
    REAL,
    Piece,
    compose,
)
from embedded.query.types import Type

_WIDTH = {"smallint": 0, "integer": 1, "bigint": 2}
_DIGITS = {"smallint": 5, "integer": 10, "bigint": 19}
_MAX = 38


def decimal(precision: int, scale: int) -> Type:
    """DECIMAL(precision, scale) within what there is."""
    return Type("numeric", precision=max(1, min(precision, _MAX)), scale=min(scale, _MAX - 1))


def as_decimal(type_: Type) -> Type | None:
    """What a number counts as in decimal arithmetic; None where its size is not known."""
    if type_.name in _DIGITS:
        return decimal(_DIGITS[type_.name], 0)
    return type_ if type_.precision is not None else None


def literal_type(text: str) -> Type:
    """The type of a number literal."""
    if "e" in text.lower():
        return NUMERIC
    if "." in text:
        whole, fraction = text.split(".")
        return decimal(len(whole.lstrip("0")) + len(fraction), len(fraction))
    value = int(text)
    if value < 2**31:
        return INTEGER
    return BIGINT if value < 2**63 else decimal(len(text), 0)


def arithmetic_type(operator: str, left: Type, right: Type) -> Type | None:
    """The type of `left operator right`, None where it is not known."""
    names = {left.name, right.name}
    if names <= INTEGERS:
        return max(left, right, key=lambda type_: _WIDTH[type_.name])
    if names == {"real"}:
        return REAL
    if names & FLOATS:
        return DOUBLE
    first, second = as_decimal(left), as_decimal(right)
    if first is None or second is None:
        return NUMERIC
    return _decimal_result(operator, first, second)


def _decimal_result(operator: str, left: Type, right: Type) -> Type | None:
    p1, s1, p2, s2 = left.precision or 0, left.scale or 0, right.precision or 0, right.scale or 0
    if operator == "*":
        return decimal(p1 + p2 + 1, s1 + s2)
    if operator == "/":
        scale = max(4, s1 + p2 - s2 + 1)
        precision = p1 - s1 + s2 + scale
        if precision > _MAX:
            return decimal(_MAX, max(_MAX + scale - precision, 4))
        return decimal(precision, scale)
    scale = max(s1, s2)
    if operator == "%":
        return decimal(max(p1 - s1, p2 - s2) + scale, scale)
    return decimal(max(p1 - s1, p2 - s2) + 1 + scale, scale)


def divide(left: Piece, right: Piece) -> Piece:
    """A quotient; of decimals it is cut at the scale that Redshift gives it."""
    type_ = arithmetic_type("/", left.type, right.type) if left.type and right.type else None
    sql = f"({left.sql} / {right.sql})"
    if type_ is not None and type_.scale is not None:
        sql = f"trunc(round({left.sql}, {type_.scale}) / {right.sql}, {type_.scale})"
    return compose(sql, type_, [left, right])


def common_numeric(types: list[Type]) -> Type:
    """The one type of several numbers in CASE, COALESCE or UNION."""
    names = {type_.name for type_ in types}
    if names <= INTEGERS:
        return max(types, key=lambda type_: _WIDTH[type_.name])
    if names & FLOATS:
        return DOUBLE if names != {"real"} else REAL
    decimals = [as_decimal(type_) for type_ in types]
    known = [type_ for type_ in decimals if type_ is not None]
    if len(known) < len(decimals):
        return NUMERIC
    scale = max(type_.scale or 0 for type_ in known)
    return decimal(max((t.precision or 0) - (t.scale or 0) for t in known) + scale, scale)
