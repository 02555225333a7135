"""String functions."""

from __future__ import annotations

from embedded.errors import Refused
from embedded.query.functions.registry import register, simple
from embedded.query.piece import INTEGER, VARBYTE, VARCHAR, Piece, as_varchar, compose
from embedded.query.scope import Scope
from embedded.query.tree import Call
from embedded.query.write_operators import concatenate

_TO_VARCHAR = {
    "upper": "s", "lower": "s", "initcap": "s", "reverse": "s", "md5": "s",
    "btrim": "s?s", "ltrim": "s?s", "rtrim": "s?s",
    "replace": "sss", "translate": "sss", "repeat": "si", "left": "si", "right": "si",
    "lpad": "si?s", "rpad": "si?s", "chr": "i",
    "quote_ident": "s", "quote_literal": "s", "regexp_replace": "ss?siss", "regexp_substr": "ss?iis",
    "soundex": "s", "to_hex": "n",
}  # fmt: skip
for _name, _arguments in _TO_VARCHAR.items():
    simple(_name, f"redshift_catalog.{_name}", _arguments, VARCHAR)
simple("replicate", "redshift_catalog.repeat", "si", VARCHAR)
simple("substring", "redshift_catalog.substring", "si?i", VARCHAR)
simple("substr", "redshift_catalog.substring", "si?i", VARCHAR)
simple("ascii", "redshift_catalog.ascii", "s", INTEGER)
simple("strpos", "redshift_catalog.strpos", "ss", INTEGER)
simple("crc32", "redshift_catalog.crc32", "s", None)
simple("difference", "redshift_catalog.difference", "ss", INTEGER)
simple("regexp_count", "redshift_catalog.regexp_count", "ss?is", INTEGER)
simple("regexp_instr", "redshift_catalog.regexp_instr", "ss?iiis", INTEGER)
simple("octetindex", "redshift_catalog.octetindex", "ss", INTEGER)
simple("bttext_pattern_cmp", "redshift_catalog.bttext_pattern_cmp", "ss", INTEGER)
simple("bpcharcmp", "redshift_catalog.varchar_compare", "ss", INTEGER)


@register("len length char_length character_length textlen", 1, 1)
def _length(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    """Characters; blanks at the end of a VARCHAR count, those of a CHAR do not."""
    name = "length" if call.name in ("len", "length") else call.name
    if pieces[0].kind == "varbyte":
        return compose(f"octet_length({pieces[0].sql})", INTEGER, pieces, name)
    return compose(f"length({_text(pieces[0])})", INTEGER, pieces, name)


@register("octet_length", 1, 1)
def _octets(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    value = pieces[0].sql if pieces[0].kind == "varbyte" else f"CAST({_text(pieces[0])} AS text)"
    return compose(f"octet_length({value})", INTEGER, pieces, "octet_length")


def _text(piece: Piece) -> str:
    return piece.sql if piece.kind in ("char", "") else as_varchar(piece)


@register("split_part", 3, 3)
def _part(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    """Parts count from 1; PostgreSQL's would count those below 0 from the end."""
    text, separator = map(as_varchar, pieces[:2])
    place = f"CAST({pieces[2].sql} AS integer)"
    place = f"CASE WHEN {place} < 0 THEN 0 ELSE {place} END"
    sql = f"redshift_catalog.split_part({text}, {separator}, {place})"
    return compose(sql, VARCHAR, pieces, "split_part")


@register("charindex", 2, 2)
def _charindex(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    sought, text = map(as_varchar, pieces)
    return compose(f"redshift_catalog.strpos({text}, {sought})", INTEGER, pieces, "charindex")


@register("concat", 0, 100)
def _concat(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    """Two arguments, NULL if one is."""
    if len(pieces) != 2:
        types = ", ".join(str(piece.type) if piece.type else '"unknown"' for piece in pieces)
        raise Refused("42883", f"function concat({types}) does not exist")
    return concatenate(*pieces).named("concat")


@register("sha2", 2, 2)
def _sha2(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    text = as_varchar(pieces[0])
    return compose(f"redshift_catalog.sha2({text}, {pieces[1].sql})", VARCHAR, pieces, "sha2")


@register("sha sha1 func_sha1", 1, 1)
def _sha1(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    return compose(f"redshift_catalog.sha1({as_varchar(pieces[0])})", VARCHAR, pieces, call.name)


@register("strtol", 2, 2)
def _strtol(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    from embedded.query.piece import BIGINT

    text = as_varchar(pieces[0])
    return compose(f"redshift_catalog.strtol({text}, {pieces[1].sql})", BIGINT, pieces, "strtol")


@register("to_varbyte", 2, 2)
def _to_varbyte(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    sql = f"redshift_catalog.to_varbyte({as_varchar(pieces[0])}, {pieces[1].sql})"
    return compose(sql, VARBYTE, pieces, "to_varbyte")


@register("from_varbyte", 2, 2)
def _from_varbyte(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    sql = f"redshift_catalog.from_varbyte({pieces[0].sql}, {pieces[1].sql})"
    return compose(sql, VARCHAR, pieces, "from_varbyte")


@register("from_hex", 1, 1)
def _from_hex(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    return compose(f"decode({as_varchar(pieces[0])}, 'hex')", VARBYTE, pieces, "from_hex")
