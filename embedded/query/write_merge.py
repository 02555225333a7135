"""Write MERGE, with the restrictions that PostgreSQL's does not have."""

from __future__ import annotations

from embedded.columns import Column
from embedded.errors import Refused
from embedded.query.piece import quoted
from embedded.query.scope import Scope
from embedded.query.tree import Binary, Expression, Name
from embedded.query.tree_query import Merge
from embedded.query.write import write
from embedded.query.write_change import assigned, enter_target, source_table


def write_merge(merge: Merge, scope: Scope) -> str:
    """MERGE."""
    if merge.table.parts == merge.source.parts:
        raise Refused("0A000", "Source and target tables of MERGE must be different")
    name, columns = enter_target(merge.table, scope)
    source = source_table(merge.source, scope)
    _check_condition(merge.on)
    condition = write(merge.on, scope).sql
    if merge.remove_duplicates:
        _check_shapes(scope)
        alias = scope.relations[1].name
        return (
            f"WITH replaced AS (DELETE FROM {name} USING {source} WHERE {condition})"
            f" INSERT INTO {name} SELECT {quoted(alias)}.* FROM {source}"
        )
    return f"MERGE INTO {name} USING {source} ON {condition}{_actions(merge, columns, scope)}"


def _actions(merge: Merge, columns: tuple[Column, ...] | None, scope: Scope) -> str:
    by_name = {column.name: column for column in columns or ()}
    matched = "DELETE"
    if merge.matched is not None:
        pairs = [
            f"{quoted(name)} = {assigned(value, _column(by_name, name, merge), scope)}"
            for name, value in merge.matched
        ]
        matched = f"UPDATE SET {', '.join(pairs)}"
    chosen: list[Column | None] = [_column(by_name, name, merge) for name in merge.columns]
    chosen = chosen or list(columns or [None] * len(merge.values))
    if len(merge.values) > len(chosen):
        raise Refused("42601", "INSERT has more expressions than target columns")
    values = ", ".join(
        assigned(value, column, scope) for value, column in zip(merge.values, chosen, strict=False)
    )
    listed = f" ({', '.join(map(quoted, merge.columns))})" if merge.columns else ""
    return f" WHEN MATCHED THEN {matched} WHEN NOT MATCHED THEN INSERT{listed} VALUES ({values})"


def _column(by_name: dict[str, Column], name: str, merge: Merge) -> Column | None:
    if by_name and name not in by_name:
        raise Refused(
            "42703", f'column "{name}" of relation "{merge.table.parts[-1]}" does not exist'
        )
    return by_name.get(name)


def _check_condition(on: Expression) -> None:
    """Equalities between columns, joined by AND."""
    if isinstance(on, Binary) and on.operator == "and":
        _check_condition(on.left)
        _check_condition(on.right)
        return
    if not (isinstance(on, Binary) and on.operator == "="):
        raise Refused("0A000", "MERGE supports only equality join predicates")
    if not (isinstance(on.left, Name) and isinstance(on.right, Name)):
        raise Refused("0A000", "MERGE supports only equality join predicates between columns")


def _check_shapes(scope: Scope) -> None:
    target, source = (relation.columns for relation in scope.relations)
    if target is not None and source is not None and len(target) != len(source):
        raise Refused(
            "42601", "Source and target of MERGE REMOVE DUPLICATES must have the same columns"
        )
