"""JSON in VARCHAR, and SUPER."""

from __future__ import annotations

from embedded.errors import Refused
from embedded.query.functions.registry import register, simple, unknown
from embedded.query.piece import BOOLEAN, INTEGER, SUPER, VARCHAR, Piece, as_varchar, compose
from embedded.query.scope import Scope
from embedded.query.tree import Call

simple("is_valid_json", "redshift_catalog.is_valid_json", "s", BOOLEAN)
simple("is_valid_json_array", "redshift_catalog.is_valid_json_array", "s", BOOLEAN)
simple("can_json_parse", "redshift_catalog.can_json_parse", "s", BOOLEAN)
simple("json_parse", "redshift_catalog.json_parse", "s", SUPER)
simple("json_array_length", "redshift_catalog.json_array_length", "s?x", INTEGER)
simple("json_extract_array_element_text", "redshift_catalog.json_element", "si?x", VARCHAR)


@register("json_extract_path_text", 2, 8)
def _path(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    """Up to five steps, then maybe whether broken JSON gives NULL."""
    steps, lenient = pieces[1:], "false"
    if steps[-1].kind == "boolean":
        lenient = steps[-1].sql
        steps = steps[:-1]
    if not steps or pieces[0].kind == "super":
        raise unknown(call.name, pieces)
    if len(steps) > 5:
        raise Refused("22023", "json_extract_path_text takes at most five path elements")
    path = ", ".join(f"CAST({step.sql} AS text)" for step in steps)
    sql = f"redshift_catalog.json_path({as_varchar(pieces[0])}, ARRAY[{path}], {lenient})"
    return compose(sql, VARCHAR, pieces, "json_extract_path_text")


@register("json_serialize", 1, 1)
def _serialize(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    if pieces[0].type and pieces[0].kind != "super":
        raise unknown("json_serialize", pieces)
    sql = f"CAST(CAST({pieces[0].sql} AS text) AS redshift_catalog.varchar)"
    return compose(sql, VARCHAR, pieces, "json_serialize")


@register("json_typeof", 1, 1)
def _typeof(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    sql = f"CAST(json_typeof(CAST({pieces[0].sql} AS json)) AS redshift_catalog.varchar)"
    return compose(sql, VARCHAR, pieces, "json_typeof")


for _name, _types in {
    "is_array": "'array'", "is_object": "'object'", "is_boolean": "'boolean'",
    "is_scalar": "'string', 'number', 'boolean', 'null'",
    "is_varchar": "'string'", "is_char": "'string'",
}.items():  # fmt: skip

    def _is(call: Call, pieces: list[Piece], _: Scope, types: str = _types) -> Piece:
        sql = f"(json_typeof(CAST({pieces[0].sql} AS json)) IN ({types}))"
        return compose(sql, BOOLEAN, pieces, call.name)

    register(_name, 1, 1)(_is)


@register("get_array_length", 1, 1)
def _length(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    sql = f"redshift_catalog.array_length({pieces[0].sql})"
    return compose(sql, INTEGER, pieces, "get_array_length")
