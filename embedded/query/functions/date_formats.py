"""The clock, time zones, and dates to and from text."""

from __future__ import annotations

from embedded.query.functions.parts import moment
from embedded.query.functions.registry import register, unknown
from embedded.query.piece import (
    DATE,
    DATES,
    NUMBERS,
    NUMERIC,
    TIMESTAMP,
    TIMESTAMPTZ,
    VARCHAR,
    Piece,
    as_varchar,
    compose,
)
from embedded.query.scope import Scope
from embedded.query.tree import Call
from embedded.query.types import Type


def _clock(names: str, sql: str, type_: Type, name: str, node: str = "") -> None:
    @register(names, 0, 0, node=node)
    def write(call: Call, pieces: list[Piece], _: Scope) -> Piece:
        return Piece(sql, type_, name)


_clock("getdate", "CAST(pg_catalog.statement_timestamp() AS timestamp)", TIMESTAMP, "getdate")
_clock("sysdate", "CAST(pg_catalog.transaction_timestamp() AS timestamp)", TIMESTAMP, "timestamp")
_clock("current_date", "CURRENT_DATE", DATE, "date")
_clock("now current_timestamp", "pg_catalog.now()", TIMESTAMPTZ, "now", "leader")
_clock("localtimestamp", "CAST(pg_catalog.now() AS timestamp)", TIMESTAMP, "timestamp", "leader")
_clock("current_time", "CURRENT_TIME", Type("timetz"), "timetz", "leader")
_clock("localtime", "LOCALTIME", Type("time"), "time", "leader")
_clock(
    "timeofday", "CAST(pg_catalog.timeofday() AS redshift_catalog.varchar)", VARCHAR, "timeofday"
)


@register("age", 1, 2, node="leader")
def _age(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    values = ", ".join(moment(piece).sql for piece in pieces)
    return compose(f"pg_catalog.age({values})", Type("interval"), pieces, "age")


@register("isfinite", 1, 1, node="leader")
def _isfinite(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    return compose(f"pg_catalog.isfinite({pieces[0].sql})", Type("boolean"), pieces, "isfinite")


@register("convert_timezone", 2, 3)
def _convert_timezone(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    source = pieces[0].sql if len(pieces) == 3 else "'UTC'"
    target, value = pieces[-2].sql, pieces[-1]
    if value.kind == "timestamptz":
        sql = f"({value.sql} AT TIME ZONE {target})"
    else:
        sql = f"((CAST({value.sql} AS timestamp) AT TIME ZONE {source}) AT TIME ZONE {target})"
    return compose(sql, TIMESTAMP, pieces, "convert_timezone")


@register("timezone", 2, 2)
def _timezone(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    value = moment(pieces[1])
    type_ = TIMESTAMP if value.kind == "timestamptz" else TIMESTAMPTZ
    return compose(f"pg_catalog.timezone({pieces[0].sql}, {value.sql})", type_, pieces, "timezone")


@register("to_char", 2, 2)
def _to_char(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    value, pattern = pieces
    if value.kind in ("literal", "varchar", "char"):
        value = compose(f"CAST({value.sql} AS timestamp)", TIMESTAMP, [value])
    if value.kind == "boolean":
        raise unknown("to_char", pieces)
    sql = f"redshift_catalog.to_char({value.sql}, {as_varchar(pattern)})"
    return compose(sql, VARCHAR, pieces, "to_char")


@register("to_date", 2, 3)
def _to_date(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    if pieces[0].kind in NUMBERS or pieces[0].kind in DATES:
        raise unknown("to_date", pieces)
    return compose(f"redshift_catalog.to_date{_strictly(pieces)}", DATE, pieces, "to_date")


def _strictly(pieces: list[Piece]) -> str:
    """The arguments, and whether month 13 is an error: by default it runs over."""
    text, pattern = map(as_varchar, pieces[:2])
    strict = len(pieces) == 3 and pieces[2].sql == "TRUE"
    return f"{'_strict' if strict else ''}({text}, {pattern})"


@register("to_timestamp", 1, 3)
def _to_timestamp(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    """(text, format) only: there is no form that takes an epoch."""
    if len(pieces) == 1 or pieces[0].kind in NUMBERS or pieces[0].kind in DATES:
        raise unknown("to_timestamp", pieces)
    sql = f"redshift_catalog.to_timestamp{_strictly(pieces)}"
    return compose(sql, TIMESTAMPTZ, pieces, "to_timestamp")


@register("to_number", 2, 2)
def _to_number(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    text, pattern = map(as_varchar, pieces)
    return compose(f"pg_catalog.to_number({text}, {pattern})", NUMERIC, pieces, "to_number")


@register("text_to_int_alt", 1, 2)
def _to_int(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    from embedded.query.piece import INTEGER

    sql = f"CAST({as_varchar(pieces[0])} AS integer)"
    return compose(sql, INTEGER, pieces, "text_to_int_alt")
