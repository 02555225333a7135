"""DATEADD, DATEDIFF and what else counts in days and months."""

from __future__ import annotations

from embedded.errors import Refused
from embedded.query.functions.parts import TIME_PARTS, date_part, moment
from embedded.query.functions.registry import register, simple, unknown
from embedded.query.piece import (
    BIGINT,
    DATE,
    DOUBLE,
    INTEGER,
    INTEGERS,
    NUMBERS,
    TIMES,
    TIMESTAMP,
    Piece,
    compose,
)
from embedded.query.scope import Scope
from embedded.query.tree import Call
from embedded.query.words import words
from embedded.query.write import write

_UNITS = {
    "millennium": "1000 years", "century": "100 years", "decade": "10 years", "year": "1 year",
    "quarter": "3 months", "month": "1 month", "week": "7 days", "day": "1 day", "dow": "1 day",
    "doy": "1 day", "hour": "1 hour", "minute": "1 minute", "second": "1 second",
    "epoch": "1 second", "milliseconds": "1 millisecond", "microseconds": "1 microsecond",
}  # fmt: skip
_YEARS = {"millennium": 1000, "century": 100, "decade": 10, "year": 1}


@register("dateadd date_add", 3, 3, kind="raw")
def _dateadd(call: Call, _: list[Piece], scope: Scope) -> Piece:
    part = date_part(call.arguments[0], "dateadd")
    number, value = write(call.arguments[1], scope), write(call.arguments[2], scope)
    if (number.type and number.kind not in INTEGERS | {"literal"}) or value.kind in NUMBERS:
        raise unknown("pg_catalog.date_add", [Piece("", None), number, value])
    count = number.sql if number.kind in INTEGERS else f"CAST({number.sql} AS bigint)"
    value = moment(value)
    if part not in TIME_PARTS and value.kind in TIMES:
        raise unknown("pg_catalog.date_add", [Piece("", None), number, value])
    if part in _YEARS and value.type == TIMESTAMP:
        years = f"CAST({count} AS integer) * {_YEARS[part]}"
        sql = f"redshift_catalog.add_years({years}, {value.sql})"
    else:
        sql = f"({value.sql} + {count} * INTERVAL '{_UNITS[part]}')"
    return compose(sql, value.type, [number, value], "date_add")


@register("datediff date_diff", 3, 3, kind="raw")
def _datediff(call: Call, _: list[Piece], scope: Scope) -> Piece:
    """The boundaries of the part that lie between two moments."""
    part = date_part(call.arguments[0], "datediff")
    values = [write(argument, scope) for argument in call.arguments[1:]]
    for value in values:
        if value.kind in ("timestamptz", "varchar", "char", "boolean") or value.kind in NUMBERS:
            raise unknown("pg_catalog.date_diff", [Piece("", None), *values])
    if any(value.kind in TIMES for value in values):
        sql = _between_times(part, values)
    else:
        first, second = (moment(value).sql for value in values)
        sql = _boundaries(part, first, second)
    return compose(sql, BIGINT, values, "date_diff")


def _between_times(part: str, values: list[Piece]) -> str:
    if part not in TIME_PARTS:
        raise Refused("0A000", f"date part {part} is not supported for type time")
    base = "TIMESTAMP '2000-01-01' + CAST({} AS time)"
    return _boundaries(part, *(f"({base.format(value.sql)})" for value in values))


def _boundaries(part: str, first: str, second: str) -> str:
    if part in ("day", "dow", "doy"):
        return f"CAST(CAST({second} AS date) - CAST({first} AS date) AS bigint)"
    return f"redshift_catalog.boundaries_{part}({first}, {second})"


@register("add_months", 2, 2)
def _add_months(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    """Keeps the end of a month: 28 February and a month is 31 March."""
    value = moment(pieces[0])
    sql = f"redshift_catalog.add_months({value.sql}, CAST({pieces[1].sql} AS integer))"
    return compose(sql, TIMESTAMP, pieces, "add_months")


@register("last_day", 1, 1)
def _last_day(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    sql = f"redshift_catalog.last_day({moment(pieces[0]).sql})"
    return compose(sql, DATE, pieces, "last_day")


@register("next_day", 2, 2)
def _next_day(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    sql = f"redshift_catalog.next_day(CAST({pieces[0].sql} AS date), {pieces[1].sql})"
    return compose(sql, DATE, pieces, "next_day")


@register("months_between", 2, 2)
def _months_between(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    first, second = (moment(piece).sql for piece in pieces)
    sql = f"redshift_catalog.months_between({first}, {second})"
    return compose(sql, DOUBLE, pieces, "months_between")


for _name in words(
    "date_cmp date_cmp_timestamp date_cmp_timestamptz timestamp_cmp timestamp_cmp_date"
    " timestamp_cmp_timestamptz timestamptz_cmp timestamptz_cmp_date"
    " timestamptz_cmp_timestamp"
):
    simple(_name, "redshift_catalog.compare_moments", "xx", INTEGER)
simple("interval_cmp", "pg_catalog.interval_cmp", "xx", INTEGER)
