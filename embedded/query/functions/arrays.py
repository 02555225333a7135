"""Arrays and objects in SUPER."""

from __future__ import annotations

from embedded.query.functions.registry import register, simple, unknown
from embedded.query.piece import SUPER, Piece, compose
from embedded.query.scope import Scope
from embedded.query.tree import Call
from embedded.query.write_cast import convert

simple("split_to_array", "redshift_catalog.split_to_array", "s?s", SUPER)


@register("array", 0, 1000)
def _array(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    elements = ", ".join(f"CAST({convert(piece, SUPER).sql} AS text)" for piece in pieces)
    sql = f"redshift_catalog.super_array(ARRAY[{elements}]::text[])"
    return compose(sql, SUPER, pieces, "array")


@register("array_concat", 2, 2)
@register("array_flatten", 1, 1)
@register("subarray", 2, 3)
def _of_array(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    arrays = 2 if call.name == "array_concat" else 1
    if any(piece.kind not in ("super", "") for piece in pieces[:arrays]):
        raise unknown(call.name, pieces)
    values = [piece.sql for piece in pieces[:arrays]]
    values += [f"CAST({piece.sql} AS integer)" for piece in pieces[arrays:]]
    sql = f"redshift_catalog.{call.name}({', '.join(values)})"
    return compose(sql, SUPER, pieces, call.name)


@register("object", 0, 1000)
def _object(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    if len(pieces) % 2:
        raise unknown("object", pieces)
    parts = ", ".join(f"CAST({convert(piece, SUPER).sql} AS json)" for piece in pieces)
    return compose(
        f"redshift_catalog.super_object(ARRAY[{parts}]::json[])", SUPER, pieces, "object"
    )
