"""EXTRACT, DATE_PART, DATE_TRUNC and the parts they take out."""

from __future__ import annotations

from embedded.query.functions.parts import date_part, moment
from embedded.query.functions.registry import register, unknown
from embedded.query.piece import BIGINT, DOUBLE, INTEGER, NUMBERS, TIMESTAMP, Piece, compose
from embedded.query.scope import Scope
from embedded.query.tree import Call
from embedded.query.write import write

_WITHIN_SECOND = {"milliseconds": 1000, "microseconds": 1000000}


@register("extract", 2, 2, kind="raw")
def _extract(call: Call, _: list[Piece], scope: Scope) -> Piece:
    """Whole numbers: what is below the part is dropped."""
    part, value = _part_and_moment(call, scope)
    type_ = BIGINT if part == "epoch" else INTEGER
    sql = f"CAST(pg_catalog.floor({_field(part, value)}) AS {type_.name})"
    if value.kind == "timestamptz":
        return compose(_field(part, value), DOUBLE, [value], "date_part")
    return compose(sql, type_, [value], "date_part")


@register("date_part pgdate_part", 2, 2, kind="raw")
def _date_part(call: Call, _: list[Piece], scope: Scope) -> Piece:
    part, value = _part_and_moment(call, scope)
    return compose(_field(part, value), DOUBLE, [value], "date_part")


def _part_and_moment(call: Call, scope: Scope) -> tuple[str, Piece]:
    part = date_part(call.arguments[0], call.name)
    value = write(call.arguments[1], scope)
    if value.kind in NUMBERS or value.kind == "boolean":
        raise unknown("pg_catalog.date_part", [Piece("", None), value])
    return part, moment(value)


def _field(part: str, value: Piece) -> str:
    sql = f"pg_catalog.date_part('{part}', {value.sql})"
    size = _WITHIN_SECOND.get(part)
    return f"CAST(CAST({sql} AS bigint) % {size} AS double precision)" if size else sql


@register("date_part_year", 1, 1)
def _year(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    sql = f"CAST(pg_catalog.date_part('year', {moment(pieces[0]).sql}) AS integer)"
    return compose(sql, INTEGER, pieces, "date_part_year")


@register("date_trunc", 2, 2, kind="raw")
def _date_trunc(call: Call, _: list[Piece], scope: Scope) -> Piece:
    part = date_part(call.arguments[0], "date_trunc")
    value = write(call.arguments[1], scope)
    if value.kind in NUMBERS or value.kind in ("varchar", "char", "boolean"):
        raise unknown("pg_catalog.date_trunc", [Piece("", None), value])
    value = moment(value)
    type_ = value.type or TIMESTAMP
    return compose(f"pg_catalog.date_trunc('{part}', {value.sql})", type_, [value], "date_trunc")
