"""Write INSERT, UPDATE and DELETE."""

from __future__ import annotations

from embedded.columns import Column
from embedded.errors import NotImitated, Refused
from embedded.query.equijoin import no_equijoin, require_equijoin
from embedded.query.piece import LITERAL, NUMBERS, STRINGS, Piece, as_varchar, quoted
from embedded.query.scope import Relation, Scope, hide_catalog, open_table
from embedded.query.task import declared, declared_all
from embedded.query.tree import Constant, Expression
from embedded.query.tree_query import Delete, Insert, Join, Source, Table, Update
from embedded.query.types import Type
from embedded.query.write import write
from embedded.query.write_from import write_sources
from embedded.query.write_query import write_query, write_tables

_SYSTEM_SCHEMAS = frozenset(["pg_catalog", "information_schema", "redshift_catalog"])


def target(table: Table, scope: Scope) -> tuple[str, tuple[Column, ...] | None]:
    """The name and the columns of the table that is changed."""
    hide_catalog(table.parts)
    if len(table.parts) > 1 and table.parts[-2] in _SYSTEM_SCHEMAS:
        raise Refused("42501", f"permission denied for relation {table.parts[-1]}")
    name = quoted(*table.parts)
    scope.task.user_table = True
    return name, scope.task.columns(quoted(*table.parts[-2:]))


def write_insert(insert: Insert, scope: Scope) -> str:
    """INSERT."""
    name, columns = target(insert.table, scope)
    scope.task.user_table = False  # a query without a table of its own runs on the leader node
    listed = f" ({', '.join(map(quoted, insert.columns))})" if insert.columns else ""
    chosen = chosen_columns(insert, columns)
    if insert.query is not None:
        return f"INSERT INTO {name}{listed} {_query(insert, chosen, scope)}"
    if not insert.rows:
        return f"INSERT INTO {name} DEFAULT VALUES"
    rows = ", ".join(_row(row, chosen, scope) for row in insert.rows)
    return f"INSERT INTO {name}{listed} VALUES {rows}"


def chosen_columns(insert: Insert, columns: tuple[Column, ...] | None) -> list[Column] | None:
    """The columns that get values, in their order."""
    if columns is None:
        return None
    if not insert.columns:
        return list(columns)
    by_name = {column.name: column for column in columns}
    for name in insert.columns:
        if name not in by_name:
            raise Refused(
                "42703", f'column "{name}" of relation "{insert.table.parts[-1]}" does not exist'
            )
    if len(set(insert.columns)) < len(insert.columns):
        raise Refused("42701", "column specified more than once")
    return [by_name[name] for name in insert.columns]


def _query(insert: Insert, chosen: list[Column] | None, scope: Scope) -> str:
    assert insert.query is not None
    sql, columns = write_query(insert.query, scope, literals=True)
    if "generate_series" in scope.task.leader_calls:
        scope.task.user_table = True  # its rows cannot leave the leader node
    if chosen is not None and columns is not None:
        if len(columns) > len(chosen):
            raise Refused("42601", "INSERT has more expressions than target columns")
        if insert.columns and len(columns) < len(chosen):
            raise Refused("42601", "INSERT has more target columns than expressions")
        for column, (_, type_) in zip(chosen, columns, strict=False):
            check_assignment(column, type_)
    return sql


def _row(row: list[Expression], chosen: list[Column] | None, scope: Scope) -> str:
    if chosen is not None and len(row) > len(chosen):
        raise Refused("42601", "INSERT has more expressions than target columns")
    texts = []
    for n, expression in enumerate(row):
        column = chosen[n] if chosen is not None else None
        texts.append(assigned(expression, column, scope))
    return f"({', '.join(texts)})"


def assigned(expression: Expression, column: Column | None, scope: Scope) -> str:
    """A value on its way into a column."""
    if isinstance(expression, Constant) and expression.value == "default":
        return "DEFAULT"
    piece = write(expression, scope)
    if column is not None:
        check_assignment(column, piece.type)
        if column.type == "boolean" and piece.kind in NUMBERS:
            return f"({piece.sql} <> 0)"
        if column.type == "super" and piece.type and piece.kind != "super" and piece.sql != "NULL":
            return f"redshift_catalog.to_super({_typed(piece)})"
    return piece.sql


def _typed(piece: Piece) -> str:
    return as_varchar(piece) if piece.type == LITERAL else piece.sql


def check_assignment(column: Column, type_: Type | None) -> None:
    """Refuse a value of the wrong type in Redshift's words, and any value for an identity."""
    if column.identity is not None and not column.generated_by_default:
        raise Refused("0A000", "cannot set an identity column to a value")
    if type_ is None or type_ == LITERAL or column.type in STRINGS or column.type == "super":
        return
    to_boolean = column.type == "boolean" and type_.name not in ("boolean", "super", *NUMBERS)
    from_boolean = type_.name == "boolean" and column.type != "boolean"
    if type_.name in STRINGS or to_boolean or from_boolean:
        raise Refused(
            "42804",
            f'column "{column.name}" is of type {declared(column)} but expression is of type {type_}',
            "You will need to rewrite or cast the expression.",
        )


def _assignments(
    pairs: list[tuple[str, Expression]],
    columns: tuple[Column, ...] | None,
    table: Table,
    scope: Scope,
) -> str:
    by_name = {column.name: column for column in columns or ()}
    texts = []
    for name, expression in pairs:
        if columns is not None and name not in by_name:
            raise Refused(
                "42703", f'column "{name}" of relation "{table.parts[-1]}" does not exist'
            )
        texts.append(f"{quoted(name)} = {assigned(expression, by_name.get(name), scope)}")
    return ", ".join(texts)


def enter_target(table: Table, scope: Scope) -> tuple[str, tuple[Column, ...] | None]:
    """The target as a relation that expressions can name."""
    name, columns = target(table, scope)
    path = (table.alias,) if table.alias else table.parts
    scope.relations.append(Relation(path, declared_all(columns)))
    return name + (f" AS {quoted(table.alias)}" if table.alias else ""), columns


def write_update(update: Update, scope: Scope) -> str:
    """UPDATE, with FROM."""
    prefix = write_tables(update.tables, update.recursive, scope)
    name, columns = enter_target(update.table, scope)
    _refuse_outer_joins(update.sources)
    sources = write_sources(update.sources, scope)
    if update.sources:
        require_equijoin(update.where, update.sources, scope)
    if update.sources and scope.task.context.error_on_nondeterministic_update:
        return prefix + _checked_update(update, name, columns, sources, scope)
    sql = f"UPDATE {name} SET {_assignments(update.assignments, columns, update.table, scope)}"
    sql += f" FROM {sources}" if sources else ""
    return prefix + sql + _where(update.where, scope)


def _checked_update(
    update: Update, name: str, columns: tuple[Column, ...] | None, sources: str, scope: Scope
) -> str:
    """As a MERGE, which fails when a row would be updated twice."""
    if len(update.sources) != 1 or isinstance(update.sources[0], Join) or update.where is None:
        raise NotImitated("error_on_nondeterministic_update with several tables in FROM")
    condition = write(update.where, scope).sql
    values = _assignments(update.assignments, columns, update.table, scope)
    return f"MERGE INTO {name} USING {sources} ON {condition} WHEN MATCHED THEN UPDATE SET {values}"


def _refuse_outer_joins(sources: list[Source]) -> None:
    for source in sources:
        if isinstance(source, Join):
            if source.kind in ("LEFT", "RIGHT", "FULL"):
                raise no_equijoin()
            _refuse_outer_joins([source.left, source.right])


def write_delete(delete: Delete, scope: Scope) -> str:
    """DELETE, with USING."""
    prefix = write_tables(delete.tables, delete.recursive, scope)
    name, _ = enter_target(delete.table, scope)
    sources = write_sources(delete.sources, scope)
    sql = f"DELETE FROM {name}" + (f" USING {sources}" if sources else "")
    return prefix + sql + _where(delete.where, scope)


def _where(where: Expression | None, scope: Scope) -> str:
    return f" WHERE {write(where, scope).sql}" if where is not None else ""


def source_table(table: Table, scope: Scope) -> str:
    """The source of a MERGE as text; it enters the scope."""
    name, columns = open_table(scope, table)
    alias = table.alias or table.parts[-1]
    scope.relations.append(Relation((table.alias,) if table.alias else table.parts, columns))
    return f"{name} AS {quoted(alias)}"
