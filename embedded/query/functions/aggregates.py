"""Aggregates, with Redshift's result types; the same calls with OVER are in windows."""

from __future__ import annotations

from embedded.errors import NotImitated, Refused
from embedded.query.functions.registry import register, unknown
from embedded.query.numbers import decimal
from embedded.query.piece import (
    BIGINT,
    BOOLEAN,
    DATES,
    DOUBLE,
    INTEGERS,
    NUMBERS,
    VARCHAR,
    Piece,
    as_varchar,
    compose,
)
from embedded.query.scope import Scope
from embedded.query.tree import Call
from embedded.query.types import Type
from embedded.query.write import write
from embedded.query.write_order import over, written_order


def _aggregate(
    call: Call, pieces: list[Piece], scope: Scope, function: str, type_: Type | None
) -> Piece:
    distinct = "DISTINCT " if call.distinct else ""
    arguments = ", ".join(piece.sql for piece in pieces)
    sql = f"{function}({distinct}{arguments}){over(call, scope)}"
    piece = compose(sql, type_, pieces, call.name)
    piece.constant = False
    if call.over:
        piece.window = True
    else:
        piece.aggregate = True
    return piece


@register("count", 0, 1, kind="aggregate")
def _count(call: Call, pieces: list[Piece], scope: Scope) -> Piece:
    if not pieces and not call.star:
        raise Refused("42601", "count(*) must be used to call a parameterless aggregate function")
    if call.star:
        pieces = [Piece("*")]
    return _aggregate(call, pieces, scope, "pg_catalog.count", BIGINT)


@register("sum", 1, 1, kind="aggregate")
def _sum(call: Call, pieces: list[Piece], scope: Scope) -> Piece:
    value = _number(call, pieces[0])
    found = _aggregate(call, [value], scope, "pg_catalog.sum", _sum_type(value))
    if value.kind == "bigint":
        found.sql = f"CAST({found.sql} AS bigint)"
    return found


def _number(call: Call, piece: Piece) -> Piece:
    if piece.kind in DATES or piece.kind in ("boolean", "super"):
        raise unknown(call.name, [piece])
    if piece.kind in ("varchar", "char", "literal"):
        return compose(f"CAST({piece.sql} AS double precision)", DOUBLE, [piece])
    return piece


def _sum_type(value: Piece) -> Type | None:
    if value.kind in INTEGERS:
        return BIGINT
    if value.kind == "numeric" and value.type and value.type.scale is not None:
        return decimal(38, value.type.scale)
    return value.type


@register("avg", 1, 1, kind="aggregate")
def _avg(call: Call, pieces: list[Piece], scope: Scope) -> Piece:
    """Of integers a BIGINT, of decimals a decimal of the same scale; both cut."""
    value = _number(call, pieces[0])
    found = _aggregate(call, [value], scope, "pg_catalog.avg", _sum_type(value))
    if value.kind in INTEGERS:
        found.sql = f"CAST(trunc({found.sql}) AS bigint)"
    elif found.kind == "numeric" and found.type and found.type.scale is not None:
        found.sql = f"trunc({found.sql}, {found.type.scale})"
    elif value.kind == "real":
        found.type = DOUBLE
    return found


@register("min max any_value", 1, 1, kind="aggregate")
def _extreme(call: Call, pieces: list[Piece], scope: Scope) -> Piece:
    type_, value = pieces[0].type, pieces[0]
    if value.kind == "literal":
        type_, value = VARCHAR, compose(as_varchar(value), VARCHAR, [value])
    if value.kind == "boolean" and call.name != "any_value":
        raise unknown(call.name, pieces)
    return _aggregate(call, [value], scope, f"pg_catalog.{call.name}", type_)


@register("stddev stddev_samp stddev_pop variance var_samp var_pop", 1, 1, kind="aggregate")
def _spread(call: Call, pieces: list[Piece], scope: Scope) -> Piece:
    value = _number(call, pieces[0])
    found = _aggregate(call, [value], scope, f"pg_catalog.{call.name}", DOUBLE)
    found.sql = f"CAST({found.sql} AS double precision)"
    return found


@register("bool_and bool_or", 1, 1, kind="aggregate")
def _bool(call: Call, pieces: list[Piece], scope: Scope) -> Piece:
    return _aggregate(call, pieces, scope, f"pg_catalog.{call.name}", BOOLEAN)


@register("bit_and bit_or", 1, 1, kind="aggregate")
def _bits(call: Call, pieces: list[Piece], scope: Scope) -> Piece:
    name = f"pg_catalog.{'bool' if pieces[0].kind == 'boolean' else 'bit'}{call.name[3:]}"
    return _aggregate(call, pieces, scope, name, pieces[0].type)


@register("grouping grouping_id", 1, 30, kind="aggregate")
def _grouping(call: Call, pieces: list[Piece], scope: Scope) -> Piece:
    return _aggregate(call, pieces, scope, "GROUPING", Type("integer"))


@register("listagg", 1, 2, kind="aggregate", node="compute")
def _listagg(call: Call, pieces: list[Piece], scope: Scope) -> Piece:
    """NULL and '' do not count; DISTINCT does not see blanks at the end."""
    separator = as_varchar(pieces[1]) if len(pieces) > 1 else "CAST('' AS redshift_catalog.varchar)"
    text = f"NULLIF({as_varchar(pieces[0])}, '')"
    orders = [written_order(order, scope) for order in call.within or []]
    if call.distinct and call.within and call.within[0].expression != call.arguments[0]:
        raise NotImitated("LISTAGG(DISTINCT ..) ordered by something else")
    if call.over is not None:
        return _listagg_over(call, pieces, scope, text, separator)
    if call.distinct and orders and pieces[0].kind not in ("varchar", ""):
        plain = f"array_agg(DISTINCT {pieces[0].sql} ORDER BY {', '.join(orders)})"
        sql = f"CAST(array_to_string({plain}, {separator}) AS redshift_catalog.varchar)"
    else:
        if call.distinct:
            orders = [order.replace(pieces[0].sql, text, 1) for order in orders]
        ordered = f" ORDER BY {', '.join(orders)}" if orders else ""
        distinct = "DISTINCT " if call.distinct else ""
        sql = f"redshift_catalog.listagg({distinct}{text}, {separator}{ordered})"
    found = compose(f"redshift_catalog.listagg_limit({sql})", VARCHAR, pieces, "listagg")
    found.aggregate, found.constant = True, False
    return found


def _listagg_over(
    call: Call, pieces: list[Piece], scope: Scope, text: str, separator: str
) -> Piece:
    if call.distinct:
        raise NotImitated("LISTAGG(DISTINCT ..) OVER")
    frame = "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"
    window = over(call, scope, call.within or [], frame if call.within else "")
    sql = f"redshift_catalog.listagg_limit(redshift_catalog.listagg({text}, {separator}){window})"
    found = compose(sql, VARCHAR, pieces, "listagg")
    found.window, found.constant = True, False
    return found


@register("median", 1, 1, kind="aggregate", node="compute")
def _median(call: Call, pieces: list[Piece], scope: Scope) -> Piece:
    value = pieces[0]
    if value.kind in ("varchar", "char", "boolean", "literal"):
        raise unknown("median", pieces)
    type_ = value.type
    if value.kind in INTEGERS:
        value, type_ = compose(f"CAST({value.sql} AS numeric)", None, [value]), decimal(20, 1)
    elif type_ and type_.scale is not None:
        type_ = decimal((type_.precision or 38) + 1, type_.scale + 1)
    found = _aggregate(call, [value], scope, "redshift_catalog.median", type_)
    if type_ and type_.scale is not None:
        found.sql = f"CAST({found.sql} AS {type_.postgres})"
    return found


@register("percentile_cont percentile_disc", 1, 1, kind="aggregate", node="compute")
def _percentile(call: Call, pieces: list[Piece], scope: Scope) -> Piece:
    if not call.within or len(call.within) != 1:
        raise Refused("42601", f"{call.name} requires WITHIN GROUP (ORDER BY ..)")
    if call.over is not None:
        return _percentile_over(call, pieces, scope)
    order = written_order(call.within[0], scope)
    value = write(call.within[0].expression, scope)
    sql = f"pg_catalog.{call.name}({pieces[0].sql}) WITHIN GROUP (ORDER BY {order})"
    found = compose(sql, value.type, [value], call.name)
    if (
        call.name == "percentile_cont"
        and value.kind in INTEGERS | {"numeric"}
        and value.kind in NUMBERS
    ):
        found.sql, found.type = f"CAST({sql} AS numeric)", Type("numeric")
    found.aggregate, found.constant = True, False
    return found


def _percentile_over(call: Call, pieces: list[Piece], scope: Scope) -> Piece:
    """Over a whole partition, which is all that Redshift allows."""
    assert call.within is not None
    value = write(call.within[0].expression, scope)
    if value.kind not in NUMBERS or call.within[0].descending or pieces[0].kind == "literal":
        raise NotImitated(f"{call.name.upper()} OVER of anything but numbers in ascending order")
    numbers = ", ".join(f"CAST({piece.sql} AS double precision)" for piece in (value, pieces[0]))
    sql = f"redshift_catalog.{call.name}({numbers}){over(call, scope, [], '')}"
    found = compose(sql, DOUBLE, [value], call.name)
    if value.kind in INTEGERS | {"numeric"}:
        found.sql, found.type = f"CAST({sql} AS numeric)", Type("numeric")
    found.window, found.constant = True, False
    return found
