"""Write function calls: find the function, check the call, let its writer do the rest."""

from __future__ import annotations

from embedded.errors import NotImitated, Refused
from embedded.query.functions import FUNCTIONS, Function, unknown
from embedded.query.known import exists_in_redshift
from embedded.query.piece import Piece
from embedded.query.read_call import part_name
from embedded.query.scope import Scope
from embedded.query.tree import Call
from embedded.query.write import write_all, writes

_NO_NULLS = frozenset(
    ["row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "ratio_to_report"]
)


@writes(Call)
def write_call(call: Call, scope: Scope) -> Piece:
    """One function call."""
    function = FUNCTIONS.get(call.name) if call.schema in ("", "pg_catalog") else None
    if function is None:
        raise _missing(call, scope)
    _check(call, function)
    if function.node == "leader":
        scope.task.leader_calls.append(call.name)
    elif function.node == "compute":
        scope.task.compute_calls.append(call.name)
    pieces = [] if function.kind == "raw" else write_all(call.arguments, scope)
    _no_nesting(call, function, pieces)
    if not function.fewest <= len(call.arguments) <= function.most:
        raise unknown(call.name, pieces)
    return function.write(call, pieces, scope)


def _missing(call: Call, scope: Scope) -> Exception:
    if not call.schema and exists_in_redshift(call.name):
        return NotImitated(f"the function {call.name.upper()}")
    if call.name in ("count_distinct",) or (call.arguments and part_name(call.arguments[0]) == "*"):
        return unknown(call.name, [])
    name = f"{call.schema}.{call.name}" if call.schema else call.name
    return unknown(name, write_all(call.arguments, scope))


def _check(call: Call, function: Function) -> None:
    """What may hang on a call depends on what it calls."""
    aggregate = function.kind == "aggregate"
    if call.star and call.name != "count":
        raise unknown(call.name, [])
    if call.distinct and not aggregate:
        raise Refused("42809", f"DISTINCT specified, but {call.name} is not an aggregate function")
    if call.distinct and call.over is not None:
        raise Refused("0A000", "DISTINCT is not supported for window functions")
    if call.over is not None and not aggregate and function.kind != "window":
        raise Refused(
            "42809",
            f"OVER specified, but {call.name} is not a window function nor an aggregate function",
        )
    if call.over is None and function.kind == "window":
        raise Refused("42P20", f"window function call requires an OVER clause: {call.name}")
    if call.nulls and (function.kind != "window" or call.name in _NO_NULLS):
        raise Refused("42601", f'syntax error at or near "{call.nulls}"')
    if call.within and call.name not in ("listagg", "percentile_cont", "percentile_disc"):
        raise Refused("42601", 'syntax error at or near "within"')


def _no_nesting(call: Call, function: Function, pieces: list[Piece]) -> None:
    if function.kind == "aggregate" and call.over is None:
        if any(piece.aggregate for piece in pieces):
            raise Refused("42803", "aggregate function calls may not be nested")
        if any(piece.window for piece in pieces):
            raise Refused("42803", "aggregate function calls may not contain window function calls")
