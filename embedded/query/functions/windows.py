"""Functions that exist only with OVER."""

from __future__ import annotations

from embedded.errors import Refused
from embedded.query.functions.registry import register
from embedded.query.piece import BIGINT, DOUBLE, LITERAL, Piece, as_varchar, compose
from embedded.query.scope import Scope
from embedded.query.tree import Call, Order
from embedded.query.types import Type
from embedded.query.write_order import over


def _window(call: Call, sql: str, type_: Type | None, pieces: list[Piece]) -> Piece:
    found = compose(sql, type_, pieces, call.name)
    found.window, found.constant = True, False
    return found


@register("row_number rank dense_rank", 0, 0, kind="window")
def _rank(call: Call, pieces: list[Piece], scope: Scope) -> Piece:
    return _window(call, f"pg_catalog.{call.name}(){over(call, scope)}", BIGINT, pieces)


@register("percent_rank cume_dist", 0, 0, kind="window")
def _share(call: Call, pieces: list[Piece], scope: Scope) -> Piece:
    if not (call.over and call.over.order):
        raise Refused("0A000", f"{call.name} requires an ORDER BY clause in its window")
    return _window(call, f"pg_catalog.{call.name}(){over(call, scope)}", DOUBLE, pieces)


@register("ntile", 1, 1, kind="window")
def _ntile(call: Call, pieces: list[Piece], scope: Scope) -> Piece:
    sql = f"CAST(pg_catalog.ntile({pieces[0].sql}){over(call, scope)} AS bigint)"
    return _window(call, sql, BIGINT, pieces)


@register("lag lead", 1, 3, kind="window")
def _neighbour(call: Call, pieces: list[Piece], scope: Scope) -> Piece:
    if len(pieces) == 3:
        raise Refused(
            "0A000", f"Default parameter not be supported for window function {call.name}"
        )
    if not (call.over and call.over.order):
        raise Refused("0A000", f"Window function {call.name} requires an ORDER BY clause")
    if call.nulls == "ignore":
        return _nearest(call, pieces, scope)
    arguments = [_value(pieces[0]), *(f"CAST({piece.sql} AS integer)" for piece in pieces[1:])]
    sql = f"pg_catalog.{call.name}({', '.join(arguments)}){over(call, scope)}"
    return _window(call, sql, pieces[0].type, pieces)


def _nearest(call: Call, pieces: list[Piece], scope: Scope) -> Piece:
    """The nearest value that is not NULL: the last one before, maybe in the reverse order."""
    over(call, scope)  # for its checks
    orders = call.over.order if call.over else []
    if call.name == "lead":
        orders = [_reversed(order) for order in orders]
    window = over(call, scope, orders, "rows between unbounded preceding and 1 preceding")
    if len(pieces) > 1 and pieces[1].sql != "1":
        sql = f"redshift_catalog.from_end({_present(pieces[0])}{window}, {pieces[1].sql})"
    else:
        sql = f"redshift_catalog.last_value_not_null({_value(pieces[0])}){window}"
    return _window(call, sql, pieces[0].type, pieces)


def _present(piece: Piece) -> str:
    """The values of a window that are not NULL."""
    value = _value(piece)
    return f"array_agg({value}) FILTER (WHERE {value} IS NOT NULL)"


def _reversed(order: Order) -> Order:
    nulls = {"first": "last", "last": "first"}.get(order.nulls, "")
    return Order(order.expression, not order.descending, nulls)


def _value(piece: Piece) -> str:
    return as_varchar(piece) if piece.type == LITERAL else piece.sql


@register("first_value last_value", 1, 1, kind="window")
def _edge(call: Call, pieces: list[Piece], scope: Scope) -> Piece:
    name = f"pg_catalog.{call.name}"
    if call.nulls == "ignore":
        name = f"redshift_catalog.{call.name}_not_null"
    sql = f"{name}({_value(pieces[0])}){over(call, scope)}"
    return _window(call, sql, pieces[0].type, pieces)


@register("nth_value", 2, 2, kind="window")
def _nth(call: Call, pieces: list[Piece], scope: Scope) -> Piece:
    if call.nulls == "ignore":
        sql = f"({_present(pieces[0])}{over(call, scope)})[{pieces[1].sql}]"
        return _window(call, sql, pieces[0].type, pieces)
    sql = f"pg_catalog.nth_value({_value(pieces[0])}, {pieces[1].sql}){over(call, scope)}"
    return _window(call, sql, pieces[0].type, pieces)


@register("ratio_to_report", 1, 1, kind="window")
def _ratio(call: Call, pieces: list[Piece], scope: Scope) -> Piece:
    if call.over and (call.over.order or call.over.frame):
        raise Refused("42601", 'syntax error at or near "order"')
    value = f"CAST({pieces[0].sql} AS double precision)"
    sql = f"({value} / NULLIF(pg_catalog.sum({value}){over(call, scope)}, 0))"
    return _window(call, sql, DOUBLE, pieces)
