"""Write one SELECT block with the ORDER BY and LIMIT of its query."""

from __future__ import annotations

from dataclasses import dataclass, field

from embedded.errors import NotImitated, Refused
from embedded.query.piece import LITERAL, VARCHAR, Piece, compose, quoted
from embedded.query.scope import Scope, unsupported_correlation
from embedded.query.task import Columns
from embedded.query.tree import Expression, Is, Name, Number, Order, Star
from embedded.query.tree_query import Grouping, Item, Query, Select
from embedded.query.types import Type
from embedded.query.write import write
from embedded.query.write_from import write_sources
from embedded.query.write_order import written_order

# Whether string literals of a select list keep no type: of all columns, or of these positions.
Literals = bool | frozenset[int]


@dataclass(slots=True)
class Output:
    """The select list on its way: texts with their aliases, and the columns that come out.

    `plain` are the positions of what is neither an aggregate nor a window function.
    """

    entries: list[tuple[str, str | None]] = field(default_factory=list)
    columns: Columns | None = field(default_factory=list)
    pieces: dict[str, Piece] = field(default_factory=dict)
    positions: dict[str, int] = field(default_factory=dict)
    plain: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The select list of PostgreSQL."""
        return ", ".join(
            sql if name is None else f"{sql} AS {quoted(name)}" for sql, name in self.entries
        )

    def add(self, piece: Piece, name: str) -> None:
        """Put one column on the list."""
        self.entries.append((piece.sql, name))
        if not (piece.aggregate or piece.window):
            self.plain.append(len(self.entries))
        if self.columns is not None:
            self.columns.append((name, piece.type))
            self.positions.setdefault(name, len(self.columns))


def write_select(
    query: Query, select: Select, scope: Scope, literals: Literals
) -> tuple[str, Columns | None]:
    """A SELECT; `literals` leaves string literals without a type, as INSERT and UNION need them."""
    sources = write_sources(select.sources, scope)
    output = _items(select, scope, literals)
    if select.qualify is not None:
        sql, columns = _with_qualify(query, select, scope, sources, output)
    else:
        sql, columns = _plain(query, select, scope, sources, output)
    if scope.correlated and (scope.windowed or select.qualify is not None):
        raise unsupported_correlation()
    return sql, columns


def _plain(
    query: Query, select: Select, scope: Scope, sources: str, output: Output
) -> tuple[str, Columns | None]:
    distinct = "DISTINCT " if select.distinct else ""
    parts = [f"SELECT {distinct}{output.text}", *_clauses(select, scope, sources, output)]
    orders = [_order(order, scope, output) for order in query.order]
    if orders:
        parts.append(f"ORDER BY {', '.join(orders)}")
    return " ".join([*parts, *limits(query, select.top, scope)]), output.columns


def _clauses(select: Select, scope: Scope, sources: str, output: Output) -> list[str]:
    parts = [f"FROM {sources}"] if sources else []
    if select.where is not None:
        parts.append(f"WHERE {_condition(select.where, scope).sql}")
    if select.group_all and output.columns is None:
        raise NotImitated("GROUP BY ALL with columns that are not known")
    if select.group_all and output.plain:
        parts.append(f"GROUP BY {', '.join(map(str, output.plain))}")
    if select.group:
        written = ", ".join(_group(item, scope, output) for item in select.group)
        parts.append(f"GROUP BY {written}")
    if select.having is not None:
        scope.lateral = False
        parts.append(f"HAVING {write(select.having, scope).sql}")
        scope.lateral = True
    return parts


def _condition(where: Expression, scope: Scope) -> Piece:
    piece = write(where, scope)
    if piece.window:
        raise Refused("42P20", "window functions are not allowed in WHERE")
    return piece


def _items(select: Select, scope: Scope, literals: Literals) -> Output:
    output = Output()
    for item in select.items:
        if isinstance(item.expression, Star):
            _star(item.expression, scope, output, select.qualify is not None)
        else:
            _item(item, scope, output, literals)
    return output


def _item(item: Item, scope: Scope, output: Output, literals: Literals) -> None:
    piece = write(item.expression, scope)
    scope.windowed = scope.windowed or piece.window
    if isinstance(item.expression, Is) and item.expression.what != "null" and not piece.constant:
        raise Refused("0A000", "Not implemented")  # b IS TRUE is for conditions
    keep = literals if isinstance(literals, bool) else len(output.entries) in literals
    if piece.type == LITERAL and not keep and piece.sql != "NULL":
        piece = compose(
            f"CAST({piece.sql} AS redshift_catalog.varchar)", VARCHAR, [piece], piece.name
        )
    name = item.alias or piece.name
    output.add(piece, name)
    if item.alias or isinstance(item.expression, Name):
        output.pieces.setdefault(name, piece)
    if item.alias:
        scope.aliases.setdefault(item.alias, piece)


def _star(star: Star, scope: Scope, output: Output, must_expand: bool) -> None:
    relations = scope.relations
    if star.qualifier:
        relations = [r for r in relations if r.answers_to(star.qualifier)][:1]
        if not relations:
            raise Refused("42P01", f'relation "{star.qualifier[-1]}" does not exist')
    elif not relations:
        raise Refused("42601", "SELECT * with no tables specified is not valid")
    if any(relation.columns is None for relation in relations):
        if star.excluded:
            raise NotImitated("EXCLUDE from columns that are not known")
        output.columns = None
        text = f"{quoted(relations[0].name)}.*" if star.qualifier else "*"
        output.entries.append((text, None))
        return
    _expand(star, scope, output)


def _expand(star: Star, scope: Scope, output: Output) -> None:
    """List the columns of a star; joined ones come once, and first, as PostgreSQL has it."""
    chosen: list[tuple[str, str, Type | None]] = []
    merged = [] if star.qualifier else _merged_order(scope)
    for name in merged:
        type_ = next(r.type_of(name) for r in scope.relations if r.has(name))
        chosen.append((quoted(name), name, type_))
    for relation in scope.relations:
        if star.qualifier and not relation.answers_to(star.qualifier):
            continue
        for name, type_ in relation.columns or []:
            if name not in merged:
                chosen.append((quoted(relation.name, name), name, type_))
        if star.qualifier:
            break
    for missing in set(star.excluded) - {name for _, name, _ in chosen}:
        raise Refused("42703", f'column "{missing}" does not exist')
    for sql, name, type_ in chosen:
        if name in star.excluded:
            continue
        output.add(Piece(sql, type_, name), name)
        output.pieces.setdefault(name, Piece(sql, type_, name))


def _merged_order(scope: Scope) -> list[str]:
    found: list[str] = []
    for relation in scope.relations:
        for name, _ in relation.columns or []:
            if name in scope.merged and name not in found:
                found.append(name)
    return found


def _group(item: Expression | Grouping, scope: Scope, output: Output) -> str:
    if isinstance(item, Grouping):
        inner = ", ".join(
            _group(part, scope, output)
            if isinstance(part, Grouping)
            else "(" + ", ".join(_group_expression(e, scope, output) for e in part) + ")"
            for part in item.items
        )
        return f"{item.kind} ({inner})"
    return _group_expression(item, scope, output)


def _group_expression(item: Expression, scope: Scope, output: Output) -> str:
    text = _grouped(item, scope, output)
    position = int(text) if text.isdigit() else 0
    meant = output.entries[position - 1][0] if 0 < position <= len(output.entries) else text
    if any(subquery in meant for subquery in scope.correlated_subqueries):
        raise unsupported_correlation()
    return text


def _grouped(item: Expression, scope: Scope, output: Output) -> str:
    if isinstance(item, Number) and item.value.isdigit():
        return item.value
    name = item.parts[0] if isinstance(item, Name) and len(item.parts) == 1 else ""
    if _is_alias(name, scope) and output.columns is not None and name in output.positions:
        return str(output.positions[name])
    piece = write(item, scope)
    if piece.constant:
        return f"CAST({piece.sql} AS text)" if piece.type == LITERAL else f"(0 + {piece.sql})"
    return piece.sql


def _is_alias(name: str, scope: Scope) -> bool:
    return name in scope.aliases and not any(relation.has(name) for relation in scope.relations)


def _order(order: Order, scope: Scope, output: Output) -> str:
    """An ORDER BY item: an output name first, then a column, then an expression over both."""
    value = order.expression
    if isinstance(value, Number) and value.value.isdigit():
        return written_order(order, scope, value.value)
    if isinstance(value, Name) and len(value.parts) == 1 and value.parts[0] in output.pieces:
        return written_order(order, scope, quoted(value.parts[0]))
    return written_order(order, scope)


def limits(query: Query, top: Expression | None, scope: Scope) -> list[str]:
    """LIMIT and OFFSET; TOP is a LIMIT."""
    limit = query.limit or top
    if query.limit is not None and top is not None:
        raise Refused("42601", "TOP and LIMIT cannot both be used")
    parts = [f"LIMIT {write(limit, scope).sql}"] if limit is not None else []
    if query.offset is not None:
        parts.append(f"OFFSET {write(query.offset, scope).sql}")
    return parts


def _with_qualify(
    query: Query, select: Select, scope: Scope, sources: str, output: Output
) -> tuple[str, Columns | None]:
    """QUALIFY as a condition on a query around; what ORDER BY needs goes along."""
    assert select.qualify is not None
    if output.columns is None:
        unknown = next(relation.name for relation in scope.relations if relation.columns is None)
        raise Refused("42P01", f'relation "{unknown}" does not exist')
    _check_qualify(select)
    outer = [f"q.c{n} AS {quoted(name)}" for n, (name, _) in enumerate(output.columns, 1)]
    inner = [f"{sql} AS c{n}" for n, (sql, _) in enumerate(output.entries, 1)]
    inner.append(f"{write(select.qualify, scope).sql} AS kept")
    orders = [_outer_order(order, scope, output, inner) for order in query.order]
    body = " ".join([f"SELECT {', '.join(inner)}", *_clauses(select, scope, sources, output)])
    distinct = "DISTINCT " if select.distinct else ""
    parts = [f"SELECT {distinct}{', '.join(outer)} FROM ({body}) AS q WHERE q.kept"]
    if orders:
        parts.append(f"ORDER BY {', '.join(orders)}")
    return " ".join([*parts, *limits(query, select.top, scope)]), output.columns


def _check_qualify(select: Select) -> None:
    """QUALIFY right after FROM needs an alias on the table."""
    from embedded.query.tree_query import Table

    if select.where is None and not select.group and select.having is None and select.sources:
        last = select.sources[-1]
        if isinstance(last, Table) and last.alias is None:
            raise Refused("42601", 'syntax error at or near "qualify"')


def _outer_order(order: Order, scope: Scope, output: Output, inner: list[str]) -> str:
    value = order.expression
    if isinstance(value, Number) and value.value.isdigit():
        return written_order(order, scope, f"q.c{value.value}")
    if isinstance(value, Name) and len(value.parts) == 1 and value.parts[0] in output.positions:
        return written_order(order, scope, f"q.c{output.positions[value.parts[0]]}")
    inner.append(f"{write(value, scope).sql} AS o{len(inner)}")
    return written_order(order, scope, f"q.o{len(inner) - 1}")
