"""NVL, COALESCE, DECODE, GREATEST and their like."""

from __future__ import annotations

from embedded.query.functions.registry import register
from embedded.query.piece import LITERAL, Piece, compose
from embedded.query.scope import Scope
from embedded.query.tree import Call
from embedded.query.write_operators import comparable, compare
from embedded.query.write_predicates import unify


@register("coalesce nvl", 1, 1000)
def _coalesce(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    type_, values = unify(pieces)
    return compose(f"COALESCE({', '.join(values)})", type_, pieces, "coalesce")


@register("nvl2", 3, 3)
def _nvl2(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    type_, values = unify(pieces[1:])
    sql = f"(CASE WHEN {pieces[0].sql} IS NOT NULL THEN {values[0]} ELSE {values[1]} END)"
    return compose(sql, type_, pieces, "case")


@register("nullif", 2, 2)
def _nullif(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    left, right = pieces
    if comparable(left, right) == (left, right):
        return compose(f"NULLIF({left.sql}, {right.sql})", left.type, pieces, "case")
    same = compare(left, "=", right)
    return compose(
        f"(CASE WHEN {same.sql} THEN NULL ELSE {left.sql} END)", left.type, pieces, "case"
    )


@register("decode", 3, 1000)
def _decode(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    """CASE in which NULL equals NULL; two arguments of binary DECODE do not exist here."""
    subject, rest = pieces[0], pieces[1:]
    default = rest[-1] if len(rest) % 2 else Piece("NULL", LITERAL, constant=True)
    results = [*rest[1::2], default]
    type_, values = unify(results)
    whens = [
        f"WHEN {_same(subject, search)} THEN {value}"
        for search, value in zip(rest[0 : len(rest) - len(rest) % 2 : 2], values, strict=False)
    ]
    return compose(f"(CASE {' '.join(whens)} ELSE {values[-1]} END)", type_, pieces, "case")


def _same(subject: Piece, search: Piece) -> str:
    if search.sql == "NULL":
        return f"{subject.sql} IS NULL"
    left, right = comparable(subject, search)
    if search.constant:
        return f"{left.sql} = {right.sql}"
    return f"{left.sql} IS NOT DISTINCT FROM {right.sql}"


@register("greatest least", 1, 1000)
def _extreme(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    type_, values = unify(pieces)
    return compose(f"{call.name.upper()}({', '.join(values)})", type_, pieces, call.name)
