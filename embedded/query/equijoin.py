"""UPDATE .. FROM must join its target by an equality, as Redshift's planner wants it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from embedded.errors import Refused
from embedded.query.scope import Relation, Scope
from embedded.query.tree import Binary, Expression, Name
from embedded.query.tree_query import Join, Query, Source


def require_equijoin(where: Expression | None, sources: list[Source], scope: Scope) -> None:
    """Refuse an UPDATE whose target, the first relation of the scope, is in no equality."""
    if any(relation.columns is None for relation in scope.relations):
        return
    conditions = [where, *(condition for source in sources for condition in _conditions(source))]
    if not any(_joins(condition, scope) for condition in conditions if condition is not None):
        raise no_equijoin()


def no_equijoin() -> Refused:
    """What Redshift says then."""
    return Refused("0A000", "Target table must be part of an equijoin predicate")


def _conditions(source: Source) -> Iterator[Expression | None]:
    if isinstance(source, Join):
        yield source.on
        yield from _conditions(source.left)
        yield from _conditions(source.right)


def _joins(condition: Expression, scope: Scope) -> bool:
    """Whether a condition holds the target to another relation by an equality."""
    if not isinstance(condition, Binary):
        return False
    if condition.operator in ("and", "or"):
        sides = [_joins(side, scope) for side in (condition.left, condition.right)]
        return any(sides) if condition.operator == "and" else all(sides)
    if condition.operator != "=":
        return False
    left, right = (_relations(side, scope) for side in (condition.left, condition.right))
    return (0 in left and bool(right - {0})) or (0 in right and bool(left - {0}))


def _relations(expression: Expression, scope: Scope) -> set[int]:
    """Which relations of the scope an expression reads, by their places."""
    return {
        place
        for name in _names(expression)
        for place, relation in enumerate(scope.relations)
        if _is_of(name, relation)
    }


def _is_of(name: Name, relation: Relation) -> bool:
    return any(
        relation.has(name.parts[n]) and (n == 0 or relation.answers_to(name.parts[:n]))
        for n in range(len(name.parts))
    )


def _names(node: Any) -> Iterator[Name]:
    if isinstance(node, Name):
        yield node
    elif isinstance(node, (list, tuple)):
        for item in node:
            yield from _names(item)
    elif is_dataclass(node) and not isinstance(node, Query):
        for field in fields(node):
            yield from _names(getattr(node, field.name))
