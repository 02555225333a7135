"""Casts that look like functions: DATE(ts), INT4('5'), TEXT(a)."""

from __future__ import annotations

from embedded.query.functions.registry import register
from embedded.query.piece import Piece
from embedded.query.scope import Scope
from embedded.query.tree import Call
from embedded.query.types import redshift_type
from embedded.query.write_cast import convert

_NAMES = "date int2 int4 int8 float4 float8 bool text bpchar varchar timestamptz timetz numeric"


@register(_NAMES, 1, 1)
def _cast(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    return convert(pieces[0], redshift_type(call.name)).named(call.name)
