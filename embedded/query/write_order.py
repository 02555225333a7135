"""Write ORDER BY items and OVER clauses, with what Redshift refuses in them."""

from __future__ import annotations

from embedded.errors import Refused
from embedded.query.scope import Scope
from embedded.query.tree import Call, Order, Window
from embedded.query.write import write

_RANKINGS = frozenset(
    ["row_number", "rank", "dense_rank", "ntile", "percent_rank", "cume_dist", "lag", "lead"]
)


def written_order(order: Order, scope: Scope, text: str | None = None) -> str:
    """One ORDER BY item."""
    sql = text if text is not None else write(order.expression, scope).sql
    if order.descending:
        sql += " DESC"
    return sql + (f" NULLS {order.nulls.upper()}" if order.nulls else "")


def over(
    call: Call, scope: Scope, order: list[Order] | None = None, frame: str | None = None
) -> str:
    """The OVER clause of a call, '' when it has none; order and frame replace those of the call."""
    if call.over is None:
        return ""
    window = call.over
    if frame is None:
        _check(call, window)
        frame = window.frame
    parts = [_partition(window, scope), _order(window.order if order is None else order, scope)]
    return f" OVER ({' '.join(filter(None, [*parts, frame.upper()]))})"


def _check(call: Call, window: Window) -> None:
    if window.frame.startswith(("range", "groups")):
        unit = window.frame.split()[0].upper()
        raise Refused("0A000", f"{unit} clause of window functions not yet implemented")
    if call.name in _RANKINGS:
        if window.frame:
            raise Refused("0A000", f"frame clause is not allowed for window function {call.name}")
        return
    if window.order and not window.frame:
        raise Refused(
            "0A000", "Aggregate window functions with an ORDER BY clause require a frame clause"
        )
    if window.frame and not window.order and not window.frame.endswith("UNBOUNDED FOLLOWING"):
        raise Refused("0A000", "Frame clause requires an ORDER BY clause")


def _partition(window: Window, scope: Scope) -> str:
    written = []
    for expression in window.partition:
        piece = write(expression, scope)
        if piece.constant:
            raise Refused("0A000", "constant expressions are not supported in partition by clauses")
        written.append(piece.sql)
    return f"PARTITION BY {', '.join(written)}" if written else ""


def _order(orders: list[Order], scope: Scope) -> str:
    written = []
    for order in orders:
        piece = write(order.expression, scope)
        if piece.constant or piece.sql.startswith("(SELECT"):
            raise Refused(
                "0A000", "constant expressions are not supported in window ORDER BY clauses"
            )
        written.append(written_order(order, scope, piece.sql))
    return f"ORDER BY {', '.join(written)}" if written else ""
