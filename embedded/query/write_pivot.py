"""PIVOT and UNPIVOT, written as the grouped query and the union that they stand for."""

from __future__ import annotations

from embedded.errors import NotImitated, Refused
from embedded.query.tree import Binary, Call, Case, Expression, Is, Name, Number, Text
from embedded.query.tree_query import Item, Pivot, Query, Select, SetOperation, Source, Unpivot


def query_of(source: Pivot | Unpivot, columns: list[str]) -> Query:
    """The query that gives the same rows; `columns` are those of the source."""
    if isinstance(source, Pivot):
        _require(source.column, columns)
        return _grouped(source, columns)
    for name, _ in source.columns:
        _require(name, columns)
    return _union(source, columns)


def _require(name: str, columns: list[str]) -> None:
    if name not in columns:
        raise Refused("42703", f'column "{name}" does not exist')


def _query(
    items: list[Item], source: Source, where: Expression | None, group: list[Expression]
) -> Query:
    body = Select(items, False, [source], where, [*group], None, None, None, None, False)
    return Query(body, [], False, [], None, None)


def _grouped(pivot: Pivot, columns: list[str]) -> Query:
    used = {pivot.column} | {name.parts[-1] for name in _names(pivot.call)}
    rest: list[Expression] = [Name((name,)) for name in columns if name not in used]
    items = [Item(name, None) for name in rest]
    for value, alias in pivot.values:
        items.append(Item(_only_for(pivot, value), _column_name(pivot, value, alias)))
    return _query(items, pivot.source, None, rest)


def _names(call: Call) -> list[Name]:
    if not all(isinstance(argument, Name) for argument in call.arguments):
        raise NotImitated("PIVOT with an aggregate of anything but a column")
    return [argument for argument in call.arguments if isinstance(argument, Name)]


def _only_for(pivot: Pivot, value: Expression) -> Call:
    """The aggregate over the rows in which the column has the value."""
    call = pivot.call
    inside: Expression = Number("1") if call.star else call.arguments[0]
    chosen = Case(None, [(Binary("=", Name((pivot.column,)), value), inside)], None)
    return Call(call.name, "", [chosen, *call.arguments[1:]], distinct=call.distinct)


def _column_name(pivot: Pivot, value: Expression, alias: str | None) -> str:
    if alias is None:
        if not isinstance(value, (Text, Number)):
            raise NotImitated("PIVOT values without an alias that are no literals")
        alias = value.value.lower()
    return f"{alias}_{pivot.suffix}" if pivot.suffix else alias


def _union(unpivot: Unpivot, columns: list[str]) -> Query:
    turned = [name for name, _ in unpivot.columns]
    rest = [name for name in columns if name not in turned]
    queries = [_one_column(unpivot, rest, name, label) for name, label in unpivot.columns]
    found = queries[0]
    for query in queries[1:]:
        found = Query(SetOperation("UNION", True, found, query), [], False, [], None, None)
    return found


def _one_column(unpivot: Unpivot, rest: list[str], name: str, label: Expression | None) -> Query:
    items = [Item(Name((column,)), None) for column in rest]
    items += [Item(label or Text(name), unpivot.name), Item(Name((name,)), unpivot.value)]
    where = None if unpivot.include_nulls else Is(Name((name,)), "null", True)
    return _query(items, unpivot.source, where, [])
