"""Numbers: rounding keeps the type that came in, the transcendental ones give doubles."""

from __future__ import annotations

from embedded.query.functions.registry import register, simple, unknown
from embedded.query.numbers import arithmetic_type
from embedded.query.piece import (
    DATE,
    DATES,
    DOUBLE,
    FLOATS,
    INTEGER,
    INTEGERS,
    NUMBERS,
    NUMERIC,
    Piece,
    compose,
)
from embedded.query.scope import Scope
from embedded.query.tree import Call
from embedded.query.words import words


def _double(name: str, target: str, count: int) -> None:
    @register(name, count, count)
    def write(call: Call, pieces: list[Piece], _: Scope) -> Piece:
        values = ", ".join(f"CAST({piece.sql} AS double precision)" for piece in pieces)
        return compose(f"pg_catalog.{target}({values})", DOUBLE, pieces, name)


for _name in words("acos asin atan cos cot sin tan degrees radians exp ln cbrt sqrt"):
    _double(_name, _name, 1)
for _name, _target, _count in [
    ("dexp", "exp", 1), ("dlog1", "ln", 1), ("dlog10", "log", 1), ("atan2", "atan2", 2),
    ("power", "power", 2), ("pow", "power", 2), ("dpow", "power", 2), ("dsqrt", "sqrt", 1),
    ("dcbrt", "cbrt", 1), ("dcos", "cos", 1), ("dsin", "sin", 1), ("log", "log", 1),
]:  # fmt: skip
    _double(_name, _target, _count)
simple("pi", "pg_catalog.pi", "", DOUBLE)
simple("random", "pg_catalog.random", "", DOUBLE)
simple("factorial", "pg_catalog.factorial", "n", NUMERIC, node="leader")


@register("abs", 1, 1)
def _abs(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    return compose(f"pg_catalog.abs({_number(call, pieces[0])})", pieces[0].type, pieces, "abs")


@register("sign", 1, 1)
def _sign(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    value = pieces[0]
    sql = f"pg_catalog.sign({_number(call, value)})"
    if value.kind in INTEGERS:
        return compose(f"CAST({sql} AS integer)", INTEGER, pieces, "sign")
    return compose(sql, value.type, pieces, "sign")


@register("mod", 2, 2)
def _mod(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    left, right = pieces
    type_ = None
    if left.type and right.type and {left.kind, right.kind} <= NUMBERS:
        type_ = arithmetic_type("%", left.type, right.type)
    if {left.kind, right.kind} & FLOATS:
        sql = f"pg_catalog.mod(CAST({left.sql} AS numeric), CAST({right.sql} AS numeric))"
        return compose(f"CAST({sql} AS double precision)", DOUBLE, pieces, "mod")
    return compose(f"pg_catalog.mod({left.sql}, {right.sql})", type_, pieces, "mod")


def _number(call: Call, piece: Piece) -> str:
    if piece.kind in DATES or piece.kind == "boolean":
        raise unknown(call.name, [piece])
    if piece.kind in ("varchar", "char"):
        return f"CAST({piece.sql} AS double precision)"
    return piece.sql


@register("ceil ceiling floor", 1, 1)
def _whole(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    name = "floor" if call.name == "floor" else "ceil"
    sql = f"pg_catalog.{name}({_number(call, pieces[0])})"
    if pieces[0].kind in INTEGERS and pieces[0].type:
        return compose(pieces[0].sql, pieces[0].type, pieces, call.name)
    return compose(sql, pieces[0].type, pieces, call.name)


@register("round", 1, 2)
def _round(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    return _rounded(call, pieces, "round")


@register("trunc", 1, 2)
def _trunc(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    if pieces[0].kind in DATES and len(pieces) == 1:
        return compose(f"CAST({pieces[0].sql} AS date)", DATE, pieces, "trunc")
    return _rounded(call, pieces, "trunc")


def _rounded(call: Call, pieces: list[Piece], name: str) -> Piece:
    value = pieces[0]
    number = _number(call, value)
    rest = "".join(f", {piece.sql}" for piece in pieces[1:])
    if value.kind in INTEGERS and value.type:
        sql = f"CAST(pg_catalog.{name}(CAST({number} AS numeric){rest}) AS {value.kind})"
        return compose(sql, value.type, pieces, name)
    schema = "pg_catalog" if value.kind == "numeric" else "redshift_catalog"
    return compose(f"{schema}.{name}({number}{rest})", value.type, pieces, name)
