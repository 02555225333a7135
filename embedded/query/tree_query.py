"""What parsed queries and DML statements consist of."""

from __future__ import annotations

from dataclasses import dataclass, field

from embedded.query.tree import Call, Expression, Order


@dataclass(slots=True)
class Item:
    """One expression of a select list and its alias."""

    expression: Expression
    alias: str | None


class Source:
    """Anything that may stand in FROM."""

    __slots__ = ()


@dataclass(slots=True)
class Table(Source):
    """A named relation, or a path into a SUPER column; `position` is the name after AT."""

    parts: tuple[str, ...]
    alias: str | None = None
    columns: list[str] = field(default_factory=list)
    position: str | None = None


@dataclass(slots=True)
class Derived(Source):
    """A query in FROM."""

    query: Query
    alias: str | None
    columns: list[str]


@dataclass(slots=True)
class FunctionSource(Source):
    """A function in FROM, which only the leader node can do."""

    call: Call
    alias: str | None
    columns: list[str]


@dataclass(slots=True)
class Join(Source):
    """A join; `kind` is INNER, LEFT, RIGHT, FULL or CROSS."""

    kind: str
    left: Source
    right: Source
    on: Expression | None
    using: list[str]
    natural: bool


@dataclass(slots=True)
class Pivot(Source):
    """`source PIVOT (SUM(n) FOR column IN ('x' AS a, ..))`; values come with their aliases."""

    source: Source
    call: Call
    suffix: str | None
    column: str
    values: list[tuple[Expression, str | None]]
    alias: str | None


@dataclass(slots=True)
class Unpivot(Source):
    """`source UNPIVOT (value FOR name IN (c1 AS 'x', ..))`; columns come with their labels."""

    source: Source
    include_nulls: bool
    value: str
    name: str
    columns: list[tuple[str, Expression | None]]
    alias: str | None


@dataclass(slots=True)
class Attributes(Source):
    """`UNPIVOT path AS value AT name`: the attributes of a SUPER object."""

    path: Expression
    value: str
    name: str | None


@dataclass(slots=True)
class Grouping:
    """GROUPING SETS, ROLLUP or CUBE; items are lists of expressions, or nested groupings."""

    kind: str
    items: list[list[Expression] | Grouping]


@dataclass(slots=True)
class Select:
    """One SELECT block, without what follows a whole query."""

    items: list[Item]
    distinct: bool
    sources: list[Source]
    where: Expression | None
    group: list[Expression | Grouping]
    having: Expression | None
    qualify: Expression | None
    top: Expression | None
    into: Table | None
    into_temporary: bool
    group_all: bool = False


@dataclass(slots=True)
class SetOperation:
    """UNION, INTERSECT or EXCEPT of two queries."""

    operator: str
    keep_all: bool
    left: Query
    right: Query


@dataclass(slots=True)
class CommonTable:
    """One table of a WITH clause."""

    name: str
    columns: list[str]
    query: Query


@dataclass(slots=True)
class Query:
    """A whole query; `limit` and `offset` are expressions, None where not given."""

    body: Select | SetOperation | Query
    tables: list[CommonTable]
    recursive: bool
    order: list[Order]
    limit: Expression | None
    offset: Expression | None
    parenthesised: bool = False


@dataclass(slots=True)
class Insert:
    """INSERT; without rows and query it is DEFAULT VALUES."""

    table: Table
    columns: list[str]
    rows: list[list[Expression]]
    query: Query | None


@dataclass(slots=True)
class Update:
    """UPDATE."""

    tables: list[CommonTable]
    recursive: bool
    table: Table
    assignments: list[tuple[str, Expression]]
    sources: list[Source]
    where: Expression | None


@dataclass(slots=True)
class Delete:
    """DELETE."""

    tables: list[CommonTable]
    recursive: bool
    table: Table
    sources: list[Source]
    where: Expression | None


@dataclass(slots=True)
class Merge:
    """MERGE; `matched` None means DELETE, and all three unset means REMOVE DUPLICATES."""

    table: Table
    source: Table
    on: Expression
    matched: list[tuple[str, Expression]] | None = None
    columns: list[str] = field(default_factory=list)
    values: list[Expression] = field(default_factory=list)
    remove_duplicates: bool = False


Statement = Query | Insert | Update | Delete | Merge
