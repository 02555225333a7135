"""Write FROM: relations enter the scope, joins keep their order."""

from __future__ import annotations

from embedded.errors import NotImitated, Refused
from embedded.query.piece import BIGINT, SUPER, VARCHAR, quoted
from embedded.query.read_from import RECORDS
from embedded.query.scope import Relation, Scope, open_table, unsupported_correlation
from embedded.query.task import Columns
from embedded.query.tree import Name
from embedded.query.tree_query import (
    Attributes,
    Derived,
    FunctionSource,
    Join,
    Pivot,
    Source,
    Table,
    Unpivot,
)
from embedded.query.write import write
from embedded.query.write_call import write_call
from embedded.query.write_pivot import query_of
from embedded.query.write_predicates import query_writer


def write_sources(sources: list[Source], scope: Scope) -> str:
    """The list after FROM; every relation is added to the scope."""
    return ", ".join(write_source(source, scope) for source in sources)


def write_source(source: Source, scope: Scope) -> str:
    """One entry of FROM."""
    if isinstance(source, Table):
        return _table(source, scope)
    if isinstance(source, Derived):
        return _derived(source, scope)
    if isinstance(source, (Pivot, Unpivot)):
        return _turned(source, scope)
    if isinstance(source, FunctionSource):
        return _function(source, scope)
    if isinstance(source, Attributes):
        return _attributes(source, scope)
    assert isinstance(source, Join)
    return _join(source, scope)


def _enter(scope: Scope, relation: Relation) -> None:
    if any(known.path == relation.path for known in scope.relations):
        raise Refused("42712", f'table name "{relation.name}" specified more than once')
    scope.relations.append(relation)


def _table(table: Table, scope: Scope) -> str:
    if len(table.parts) > 1 and _is_iteration(table, scope):
        return _iteration(table, scope)
    if table.position:
        raise NotImitated("AT after what is not known to be SUPER")
    name, columns = open_table(scope, table)
    path = (table.alias,) if table.alias else table.parts
    _enter(scope, Relation(path, renamed(columns, table.columns)))
    if not table.alias and name == quoted(*table.parts):
        return name
    return f"{name} AS {quoted(path[-1])}{_listed(table.columns)}"


def _is_iteration(table: Table, scope: Scope) -> bool:
    """`FROM t, t.v`: a path that begins with a table of this FROM."""
    first = table.parts[0]
    return any(relation.name == first for relation in scope.relations) and not scope.task.columns(
        quoted(*table.parts[-2:])
    )


def _iteration(table: Table, scope: Scope) -> str:
    """The elements of a SUPER array, each in a column named as the alias."""
    value = write(Name(table.parts), scope)
    if value.kind != "super" or table.columns:
        raise NotImitated("iteration over what is not known to be SUPER")
    name = table.alias or table.parts[-1]
    rows = f"LATERAL redshift_catalog.super_rows({value.sql})"
    if table.position is None:
        _enter(scope, Relation((name,), [(name, SUPER)]))
        return f"{rows} AS {quoted(name)} ({quoted(name)})"
    _enter(scope, Relation((name,), [(name, SUPER), (table.position, BIGINT)]))
    counted = f"SELECT e, n - 1 FROM {rows[8:]} WITH ORDINALITY AS e (e, n)"
    return f"LATERAL ({counted}) AS {quoted(name)} ({quoted(name)}, {quoted(table.position)})"


def _attributes(source: Attributes, scope: Scope) -> str:
    """The attributes of a SUPER object: their values, and their names where AT asks for them."""
    value = write(source.path, scope)
    if value.kind != "super":
        raise NotImitated("UNPIVOT of what is not known to be SUPER")
    names = [source.value, source.name or "?name?"]
    _enter(scope, Relation((source.value,), [(names[0], SUPER), (names[1], VARCHAR)]))
    rows = f"redshift_catalog.super_attributes({value.sql})"
    return f"LATERAL {rows} AS {quoted(source.value)} ({', '.join(map(quoted, names))})"


def renamed(columns: Columns | None, names: list[str]) -> Columns | None:
    """Columns under the names that an alias gives the first of them."""
    if columns is None:
        return [(name, None) for name in names] if names else None
    if len(names) > len(columns):
        raise Refused(
            "42P10", f"table has {len(columns)} columns available but {len(names)} specified"
        )
    types = [type_ for _, type_ in columns]
    return list(zip([*names, *(name for name, _ in columns[len(names) :])], types, strict=True))


def _listed(names: list[str]) -> str:
    return f" ({', '.join(map(quoted, names))})" if names else ""


def _derived(source: Derived, scope: Scope) -> str:
    alias = source.alias or f"unnamed subquery {len(scope.relations) + 1}"
    sql, columns = query_writer[0](source.query, scope.sibling())
    columns = renamed(columns, source.columns)
    _enter(scope, Relation((alias,), columns))
    return f"({sql}) AS {quoted(alias)}{_listed(source.columns)}"


def _turned(source: Pivot | Unpivot, scope: Scope) -> str:
    """PIVOT and UNPIVOT as queries over their source."""
    aside = scope.sibling()
    write_source(source.source, aside)
    if any(relation.columns is None for relation in aside.relations):
        raise Refused("42P01", f'relation "{aside.relations[0].name}" does not exist')
    names = [name for relation in aside.relations for name, _ in relation.columns or []]
    return _derived(Derived(query_of(source, names), source.alias, []), scope)


def _function(source: FunctionSource, scope: Scope) -> str:
    if source.call.name in RECORDS:
        return _records(source, scope)
    piece = write_call(source.call, scope)
    if source.call.name != "generate_series":
        raise NotImitated(f"the function {source.call.name.upper()} in FROM")
    name = source.alias or source.call.name
    columns: Columns = [(column, None) for column in source.columns or [name]]
    _enter(scope, Relation((name,), columns))
    return f"{piece.sql} AS {quoted(name)}{_listed(source.columns)}"


def _records(source: FunctionSource, scope: Scope) -> str:
    """A function that returns records, which the caller must describe; here it is a view."""
    if not source.columns or source.call.arguments:
        raise Refused("42601", "a column definition list is required")
    name = source.alias or source.call.name
    scope.task.leader_calls.append(source.call.name)
    _enter(scope, Relation((name,), [(column, None) for column in source.columns]))
    return f"redshift_catalog.{source.call.name} AS {quoted(name)}{_listed(source.columns)}"


def _join(join: Join, scope: Scope) -> str:
    before = len(scope.relations)
    left = write_source(join.left, scope)
    middle = len(scope.relations)
    right = write_source(join.right, scope)
    if isinstance(join.right, Join):
        right = f"({right})"
    if join.natural:
        _merge(
            scope, before, middle, _shared(scope.relations[before:middle], scope.relations[middle:])
        )
        return f"{left} NATURAL {join.kind} JOIN {right}"
    if join.using:
        _merge(scope, before, middle, join.using)
        return f"{left} {join.kind} JOIN {right} USING ({', '.join(map(quoted, join.using))})"
    if join.on is None:
        return f"{left} CROSS JOIN {right}"
    lateral, scope.lateral = scope.lateral, False
    before = len(scope.correlated_subqueries)
    condition = write(join.on, scope)
    if join.kind != "INNER" and len(scope.correlated_subqueries) > before:
        raise unsupported_correlation()
    scope.lateral = lateral
    return f"{left} {join.kind} JOIN {right} ON {condition.sql}"


def _shared(left: list[Relation], right: list[Relation]) -> list[str]:
    names = {name for relation in right for name, _ in relation.columns or []}
    return [name for relation in left for name, _ in relation.columns or [] if name in names]


def _merge(scope: Scope, before: int, middle: int, names: list[str]) -> None:
    sides = (scope.relations[before:middle], scope.relations[middle:])
    for name in names:
        for side in sides:
            if all(relation.columns is not None for relation in side) and not any(
                relation.has(name) for relation in side
            ):
                raise Refused("42703", f'column "{name}" specified in USING clause does not exist')
    scope.merged.update(names)
