"""FNV_HASH and MURMUR3_32_HASH: they hash the bytes that a value has in Redshift."""

from __future__ import annotations

from embedded.errors import NotImitated
from embedded.query.functions.registry import register
from embedded.query.piece import BIGINT, INTEGER, INTEGERS, Piece, as_varchar, compose
from embedded.query.scope import Scope
from embedded.query.tree import Call

_START = "(-3750763034362895579)"  # the offset basis of FNV-1a, as a BIGINT
_SENDERS = {
    "smallint": "int2send", "integer": "int4send", "bigint": "int8send", "boolean": "boolsend",
    "real": "float4send", "double precision": "float8send",
}  # fmt: skip


@register("fnv_hash", 1, 2)
def _fnv(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    seed = f"CAST({pieces[1].sql} AS bigint)" if len(pieces) > 1 else _START
    sql = f"redshift_catalog.fnv_hash({_bytes(pieces[0])}, {seed})"
    return compose(sql, BIGINT, pieces, "fnv_hash")


def _bytes(piece: Piece) -> str:
    """The value as Redshift holds it; blanks at the end of strings count."""
    if piece.kind in ("varchar", "literal"):
        return _utf8(as_varchar(piece))
    if piece.kind == "char":
        return f"bpcharsend({piece.sql})"
    if piece.kind == "varbyte":
        return piece.sql
    if piece.kind not in _SENDERS:
        raise NotImitated(f"FNV_HASH of {piece.type or 'what has no known type'}")
    return f"redshift_catalog.lowest_first({_SENDERS[piece.kind]}({piece.sql}))"


def _utf8(sql: str) -> str:
    return f"convert_to(CAST({sql} AS text), 'UTF8')"


@register("murmur3_32_hash", 1, 2)
def _murmur(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    """Whole numbers are hashed as BIGINT, whatever their type."""
    if len(pieces) > 1:
        raise NotImitated("MURMUR3_32_HASH with a seed")
    value = pieces[0]
    if value.kind in INTEGERS:
        bytes_ = f"redshift_catalog.lowest_first(int8send({value.sql}))"
    elif value.kind in ("varchar", "literal"):
        bytes_ = _utf8(as_varchar(value))
    else:
        raise NotImitated(f"MURMUR3_32_HASH of {value.type or 'what has no known type'}")
    return compose(f"redshift_catalog.murmur3_32({bytes_})", INTEGER, pieces, "murmur3_32_hash")
