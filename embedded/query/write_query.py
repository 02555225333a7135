"""Write whole queries: WITH, set operations, and what follows them."""

from __future__ import annotations

from embedded.errors import Refused
from embedded.query.numbers import common_numeric
from embedded.query.piece import LITERAL, NUMBERS, STRINGS, VARCHAR, quoted
from embedded.query.scope import Relation, Scope
from embedded.query.task import Columns
from embedded.query.tree_query import CommonTable, Query, Select, SetOperation
from embedded.query.types import Type
from embedded.query.write_from import renamed
from embedded.query.write_order import written_order
from embedded.query.write_predicates import query_writer
from embedded.query.write_select import Literals, limits, write_select

_SIZED = frozenset(["varchar", "char", "numeric"])


def write_query(
    query: Query, outer: Scope, literals: Literals = False
) -> tuple[str, Columns | None]:
    """A query inside a scope; gives its text and its columns."""
    scope = outer.inner()
    prefix = write_tables(query.tables, query.recursive, scope)
    body = query.body
    if isinstance(body, Select):
        sql, columns = write_select(query, body, scope, literals)
    elif isinstance(body, SetOperation):
        sql, columns = _set_operation(query, body, scope, literals)
    else:
        sql, columns = _around(query, body, scope, literals)
    return prefix + sql, columns


query_writer.append(write_query)


def write_tables(tables: list[CommonTable], recursive: bool, scope: Scope) -> str:
    """A WITH clause; its tables enter the scope."""
    written = [_common_table(table, recursive, scope) for table in tables]
    word = "WITH RECURSIVE " if recursive else "WITH "
    return word + ", ".join(written) + " " if written else ""


def _common_table(table: CommonTable, recursive: bool, scope: Scope) -> str:
    body = table.query.body
    inside = scope.sibling()
    if recursive and _mentions(table):
        if not table.columns:
            raise Refused("42601", f'recursive CTE "{table.name}" must have a column list')
        if not isinstance(body, SetOperation) or body.operator != "UNION" or not body.keep_all:
            raise Refused("0A000", "a recursive CTE must be a UNION ALL of two queries")
        first = write_query(body.left, scope.sibling(), literals=False)[1]
        inside.tables[table.name] = renamed(first, table.columns)
        inside.recursive = True
    sql, columns = write_query(table.query, inside)
    scope.tables[table.name] = renamed(columns, table.columns)
    listed = f" ({', '.join(map(quoted, table.columns))})" if table.columns else ""
    return f"{quoted(table.name)}{listed} AS ({sql})"


def _mentions(table: CommonTable) -> bool:
    """Whether a WITH table reads itself."""
    return f"parts=({table.name!r},)" in repr(table.query)


def _set_operation(
    query: Query, body: SetOperation, scope: Scope, literals: Literals
) -> tuple[str, Columns | None]:
    sides = _sides(body)
    texts, columns = _write_sides(sides, body.operator, scope, literals or True)
    if literals is False and columns is not None:
        untyped = {n for n, (_, type_) in enumerate(columns) if type_ == LITERAL}
        if untyped:  # literals in every branch: they are strings
            keep = frozenset(range(len(columns))) - untyped
            texts, columns = _write_sides(sides, body.operator, scope, keep)
    if scope.outer is not None and scope.outer.recursive:
        texts[0] = _without_sizes(texts[0], columns)
    word = f" {body.operator}{' ALL' if body.keep_all else ''} "
    sql = word.join(f"({text})" for text in texts)
    scope.relations = [Relation(("",), columns)]
    orders = [
        written_order(order, scope, _output_name(order.expression, columns))
        for order in query.order
    ]
    parts = [sql, f"ORDER BY {', '.join(orders)}"] if orders else [sql]
    return " ".join([*parts, *limits(query, None, scope)]), columns


def _without_sizes(sql: str, columns: Columns | None) -> str:
    """The start of a recursion, with types that its steps have too: no lengths and precisions."""
    if columns is None or not any(type_ and type_.name in _SIZED for _, type_ in columns):
        return sql
    listed = ", ".join(
        f"CAST(c{n} AS {Type(type_.name).postgres})" if type_ and type_.name in _SIZED else f"c{n}"
        for n, (_, type_) in enumerate(columns)
    )
    return f"SELECT {listed} FROM ({sql}) AS q ({', '.join(f'c{n}' for n in range(len(columns)))})"


def _sides(body: SetOperation) -> list[Query]:
    """The branches; a long chain of one operator is one list, not one level for each."""
    sides = [body.right]
    left = body.left
    while isinstance(left.body, SetOperation) and _continues(left, left.body, body):
        sides.append(left.body.right)
        left = left.body.left
    return [left, *reversed(sides)]


def _continues(query: Query, inner: SetOperation, outer: SetOperation) -> bool:
    plain = not (query.tables or query.order or query.limit or query.offset or query.parenthesised)
    return plain and (inner.operator, inner.keep_all) == (outer.operator, outer.keep_all)


def _write_sides(
    sides: list[Query], operator: str, scope: Scope, literals: Literals
) -> tuple[list[str], Columns | None]:
    texts: list[str] = []
    common: Columns | None = None
    for side in sides:
        if side.limit is not None or (isinstance(side.body, Select) and side.body.top is not None):
            raise Refused("0A000", "LIMIT may not be used within input to set operations.")
        text, columns = write_query(side, scope, literals)
        common = _common_columns(common, columns, operator) if texts else columns
        texts.append(text)
    return texts, common


def _output_name(expression: object, columns: Columns | None) -> str:
    from embedded.query.tree import Name, Number

    if isinstance(expression, Number):
        return expression.value
    if isinstance(expression, Name) and len(expression.parts) == 1:
        name = expression.parts[0]
        if columns is None or any(known == name for known, _ in columns):
            return quoted(name)
        raise Refused("42703", f'column "{name}" does not exist')
    raise Refused("0A000", "ORDER BY on a set operation must be on one of the result columns")


def _common_columns(left: Columns | None, right: Columns | None, operator: str) -> Columns | None:
    if left is None or right is None:
        return None
    if len(left) != len(right):
        raise Refused("42601", f"each {operator} query must have the same number of columns")
    return [
        (name, _common_type(first, second, operator))
        for (name, first), (_, second) in zip(left, right, strict=True)
    ]


def _common_type(left: Type | None, right: Type | None, operator: str) -> Type | None:
    if left == right:
        return left
    if left is None or right is None:
        return None
    if LITERAL in (left, right):
        return right if left == LITERAL else left
    if left.name in NUMBERS and right.name in NUMBERS:
        return common_numeric([left, right])
    if left.name in STRINGS and right.name in STRINGS:
        return VARCHAR
    strings = {left.name, right.name} & STRINGS
    if strings and {left.name, right.name} - STRINGS:
        raise Refused("42804", f"{operator} types {left} and {right} cannot be matched")
    return None


def _around(
    query: Query, body: Query, scope: Scope, literals: Literals
) -> tuple[str, Columns | None]:
    """A query in parentheses, with WITH, ORDER BY or LIMIT of its own around."""
    sql, columns = write_query(body, scope, literals)
    if not query.order and query.limit is None and query.offset is None:
        return f"({sql})", columns
    scope.relations = [Relation(("",), columns)]
    orders = [
        written_order(order, scope, _output_name(order.expression, columns))
        for order in query.order
    ]
    parts = [f"SELECT * FROM ({sql}) AS q"]
    if orders:
        parts.append(f"ORDER BY {', '.join(orders)}")
    return " ".join([*parts, *limits(query, None, scope)]), columns
