"""Write conditions: IS, BETWEEN, LIKE, IN, EXISTS, CASE, and queries as values."""

from __future__ import annotations

from collections.abc import Callable

from embedded.errors import Refused
from embedded.query.numbers import common_numeric
from embedded.query.piece import (
    BOOLEAN,
    DATES,
    LITERAL,
    NUMBERS,
    STRINGS,
    VARCHAR,
    Piece,
    as_varchar,
    compose,
)
from embedded.query.scope import Scope, unsupported_correlation
from embedded.query.task import Columns
from embedded.query.tree import (
    Between,
    Binary,
    Call,
    Case,
    Constant,
    Exists,
    Expression,
    InList,
    InQuery,
    Is,
    Like,
    Quantified,
    Row,
    Subquery,
)
from embedded.query.tree_query import Query, Select
from embedded.query.types import Type
from embedded.query.write import write, write_all, writes
from embedded.query.write_operators import comparable, compare

_AGGREGATES = frozenset(["sum", "count", "avg", "listagg", "median", "stddev", "variance"])

# set by write_query, which needs this module
query_writer: list[Callable[[Query, Scope], tuple[str, Columns | None]]] = []


@writes(Is)
def _is(node: Is, scope: Scope) -> Piece:
    operand = write(node.operand, scope)
    negation = "NOT " if node.negated else ""
    return compose(f"({operand.sql} IS {negation}{node.what.upper()})", BOOLEAN, [operand])


@writes(Between)
def _between(node: Between, scope: Scope) -> Piece:
    low = Binary("<" if node.negated else ">=", node.operand, node.low)
    high = Binary(">" if node.negated else "<=", node.operand, node.high)
    return write(Binary("or" if node.negated else "and", low, high), scope)


@writes(Like)
def _like(node: Like, scope: Scope) -> Piece:
    parts = write_all([node.operand, node.pattern], scope)
    value, pattern = (_matchable(part) for part in parts)
    negation = "NOT " if node.negated else ""
    escape = f" ESCAPE {write(node.escape, scope).sql}" if node.escape else ""
    sql = f"({value} {negation}{node.operator.upper()} {pattern}{escape})"
    return compose(sql, BOOLEAN, parts)


def _matchable(piece: Piece) -> str:
    """A string, or what becomes one by itself."""
    if piece.kind == "boolean":
        raise Refused("42883", 'operator does not exist: boolean ~~ "unknown"')
    if piece.kind in NUMBERS or piece.kind in DATES or piece.kind == "super":
        return as_varchar(piece)
    return piece.sql


@writes(InList)
def _in_list(node: InList, scope: Scope) -> Piece:
    if isinstance(node.operand, Row):
        return _rows_in_list(node, scope)
    operand = write(node.operand, scope)
    items = write_all(node.items, scope)
    if any(comparable(operand, item) != (operand, item) for item in items):
        pairs = [compare(operand, "<>" if node.negated else "=", item) for item in items]
        joint = " AND " if node.negated else " OR "
        return compose("(" + joint.join(pair.sql for pair in pairs) + ")", BOOLEAN, pairs)
    negation = "NOT " if node.negated else ""
    listed = ", ".join(item.sql for item in items)
    return compose(f"({operand.sql} {negation}IN ({listed}))", BOOLEAN, [operand, *items])


def _rows_in_list(node: InList, scope: Scope) -> Piece:
    assert isinstance(node.operand, Row)
    found: Expression | None = None
    for item in node.items:
        if not isinstance(item, Row):
            raise Refused("42601", "unequal number of entries in row expression")
        same = Binary("=", node.operand, item)
        found = same if found is None else Binary("or", found, same)
    assert found is not None
    piece = write(found, scope)
    return compose(f"(NOT {piece.sql})", BOOLEAN, [piece]) if node.negated else piece


@writes(InQuery)
def _in_query(node: InQuery, scope: Scope) -> Piece:
    before = scope.task.correlations
    sql, columns = query_writer[0](node.query, scope)
    if scope.task.correlations > before and _aggregates_groups(node.query):
        raise unsupported_correlation()
    negation = "NOT " if node.negated else ""
    if isinstance(node.operand, Row):
        pieces = write_all(node.operand.items, scope)
        left = "(" + ", ".join(piece.sql for piece in pieces) + ")"
        return compose(f"({left} {negation}IN ({sql}))", BOOLEAN, pieces)
    operand = write(node.operand, scope)
    left, sql = _like_column(operand, sql, columns)
    return compose(f"({left} {negation}IN ({sql}))", BOOLEAN, [operand])


def _aggregates_groups(query: Query) -> bool:
    """Whether an aggregate of groups comes out; MIN and MAX are no matter."""
    body = query.body
    if not isinstance(body, Select) or not body.group:
        return False
    calls = [item.expression for item in body.items if isinstance(item.expression, Call)]
    return any(call.over is None and call.name in _AGGREGATES for call in calls)


def _like_column(operand: Piece, sql: str, columns: Columns | None) -> tuple[str, str]:
    """Make a value comparable with the only column of a query."""
    if columns is None or len(columns) != 1 or columns[0][1] is None or operand.type is None:
        return operand.sql, sql
    column = Piece('"value"', columns[0][1])
    left, right = comparable(operand, column)
    if right.sql != column.sql:
        sql = f'SELECT {right.sql} FROM ({sql}) AS q ("value")'
    return left.sql, sql


@writes(Quantified)
def _quantified(node: Quantified, scope: Scope) -> Piece:
    operand = write(node.operand, scope)
    sql, columns = query_writer[0](node.query, scope)
    left, sql = _like_column(operand, sql, columns)
    quantifier = node.quantifier.upper()
    return compose(f"({left} {node.operator} {quantifier} ({sql}))", BOOLEAN, [operand])


@writes(Exists)
def _exists(node: Exists, scope: Scope) -> Piece:
    return Piece(f"EXISTS ({query_writer[0](node.query, scope)[0]})", BOOLEAN, "exists")


@writes(Subquery)
def _subquery(node: Subquery, scope: Scope) -> Piece:
    before = scope.task.correlations
    sql, columns = query_writer[0](node.query, scope)
    if scope.task.correlations > before:
        scope.correlated_subqueries.add(sql)
    if columns is not None and len(columns) != 1:
        raise Refused("42601", "subquery must return only one column")
    name, type_ = columns[0] if columns else ("?column?", None)
    return Piece(f"({sql})", type_, name)


@writes(Case)
def _case(node: Case, scope: Scope) -> Piece:
    results = [value for _, value in node.whens]
    pieces = write_all([*results, node.default or Constant("null")], scope)
    type_, values = unify(pieces)
    conditions = [_condition(node.operand, condition, scope) for condition, _ in node.whens]
    whens = " ".join(
        f"WHEN {condition.sql} THEN {value}"
        for condition, value in zip(conditions, values, strict=False)
    )
    sql = f"(CASE {whens} ELSE {values[-1]} END)"
    return compose(sql, type_, [*conditions, *pieces], "case")


def _condition(operand: Expression | None, condition: Expression, scope: Scope) -> Piece:
    if operand is None:
        return write(condition, scope)
    return compare(write(operand, scope), "=", write(condition, scope))


def unify(pieces: list[Piece]) -> tuple[Type | None, list[str]]:
    """The one type of the results of CASE, COALESCE and their like, and the results as that type."""
    values = [piece.sql for piece in pieces]
    types = [piece.type for piece in pieces if piece.type != LITERAL]
    if not types:
        if all(piece.sql == "NULL" for piece in pieces):
            return LITERAL, values
        values[0] = f"CAST({values[0]} AS redshift_catalog.varchar)"
        return VARCHAR, values
    known = [type_ for type_ in types if type_ is not None]
    if len(known) < len(types):
        return None, values
    return _common(known, pieces, values)


def _common(
    known: list[Type], pieces: list[Piece], values: list[str]
) -> tuple[Type | None, list[str]]:
    kinds = {type_.name for type_ in known}
    if kinds <= NUMBERS:
        return common_numeric(known), values
    if kinds <= STRINGS:
        return (known[0] if kinds == {"char"} else VARCHAR), values
    if kinds & STRINGS and kinds <= STRINGS | NUMBERS:
        first, other = sorted(map(str, {Type(name) for name in kinds}))[:2]
        raise Refused("42804", f"CASE types {other} and {first} cannot be matched")
    if len(kinds) == 1:
        return known[0], values
    for wide in ("timestamptz", "timestamp"):
        if wide in kinds:
            return Type(wide), values
    return None, values
