"""What a parsed expression consists of. Names are folded, literals decoded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from embedded.query.tree_query import Query


class Expression:
    """Anything that has a value."""

    __slots__ = ()


@dataclass(slots=True)
class Text(Expression):
    """A string literal."""

    value: str


@dataclass(slots=True)
class Number(Expression):
    """A number literal, as written."""

    value: str


@dataclass(slots=True)
class Constant(Expression):
    """NULL, TRUE, FALSE or DEFAULT."""

    value: str


@dataclass(slots=True)
class IntervalText(Expression):
    """INTERVAL '1' [DAY [TO SECOND]]."""

    value: str
    fields: str


@dataclass(slots=True)
class Name(Expression):
    """A column, with what qualifies it."""

    parts: tuple[str, ...]


@dataclass(slots=True)
class Star(Expression):
    """`*` or `t.*`, without the columns that EXCLUDE names."""

    qualifier: tuple[str, ...]
    excluded: tuple[str, ...] = ()


@dataclass(slots=True)
class Navigation(Expression):
    """A step into a SUPER value: [index] (an int) or .attribute (a str)."""

    base: Expression
    step: int | str


@dataclass(slots=True)
class Unary(Expression):
    """-a, +a, NOT a, ~a, @a, |/a, ||/a."""

    operator: str
    operand: Expression


@dataclass(slots=True)
class Binary(Expression):
    """Arithmetic, comparison, logic, concatenation, regular expression match."""

    operator: str
    left: Expression
    right: Expression


@dataclass(slots=True)
class Is(Expression):
    """`a IS [NOT] NULL | TRUE | FALSE | UNKNOWN`."""

    operand: Expression
    what: str
    negated: bool


@dataclass(slots=True)
class Between(Expression):
    """`a [NOT] BETWEEN low AND high`."""

    operand: Expression
    low: Expression
    high: Expression
    negated: bool


@dataclass(slots=True)
class Like(Expression):
    """LIKE, ILIKE and SIMILAR TO, with or without NOT and ESCAPE."""

    operand: Expression
    operator: str
    pattern: Expression
    escape: Expression | None
    negated: bool


@dataclass(slots=True)
class InList(Expression):
    """`a [NOT] IN (1, 2)`; the operand of `(a, b) IN ...` is a Row."""

    operand: Expression
    items: list[Expression]
    negated: bool


@dataclass(slots=True)
class InQuery(Expression):
    """`a [NOT] IN (SELECT ..)`."""

    operand: Expression
    query: Query
    negated: bool


@dataclass(slots=True)
class Row(Expression):
    """`(a, b)`, which only IN and comparisons know."""

    items: list[Expression]


@dataclass(slots=True)
class Quantified(Expression):
    """`a = ANY (SELECT ..)`."""

    operand: Expression
    operator: str
    quantifier: str
    query: Query


@dataclass(slots=True)
class Exists(Expression):
    """`EXISTS (SELECT ..)`."""

    query: Query


@dataclass(slots=True)
class Subquery(Expression):
    """A query as a single value."""

    query: Query


@dataclass(slots=True)
class Case(Expression):
    """CASE, simple or searched."""

    operand: Expression | None
    whens: list[tuple[Expression, Expression]]
    default: Expression | None


@dataclass(slots=True)
class Cast(Expression):
    """`CAST(a AS t)`, `a::t`, `CONVERT(t, a)` and `DATE '2018-01-01'`; `attempt` is TRY_CAST."""

    operand: Expression
    type: str
    attempt: bool = False


@dataclass(slots=True)
class AtTimeZone(Expression):
    """`a AT TIME ZONE zone`."""

    operand: Expression
    zone: Expression


@dataclass(slots=True)
class Order:
    """One ORDER BY item; `nulls` is 'first', 'last' or ''."""

    expression: Expression
    descending: bool
    nulls: str


@dataclass(slots=True)
class Window:
    """What stands between the parentheses of OVER; `frame` is normalised text or ''."""

    partition: list[Expression]
    order: list[Order]
    frame: str


@dataclass(slots=True)
class Call(Expression):
    """A function call with everything that may hang on one."""

    name: str
    schema: str
    arguments: list[Expression]
    star: bool = False
    distinct: bool = False
    approximate: bool = False
    within: list[Order] | None = None
    nulls: str = ""
    over: Window | None = None
    parentheses: bool = True
