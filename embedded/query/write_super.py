"""Write navigation into SUPER: what is not there is NULL."""

from __future__ import annotations

from embedded.errors import NotImitated
from embedded.query.piece import SUPER, Piece, compose, text_literal
from embedded.query.scope import Scope
from embedded.query.tree import Name, Navigation
from embedded.query.write import write, writes


@writes(Navigation)
def _navigation(node: Navigation, scope: Scope) -> Piece:
    base = write(node.base, scope)
    if base.kind != "super":
        raise NotImitated("navigation into what is not known to be SUPER")
    return step(base, node.step)


def step(base: Piece, to: int | str) -> Piece:
    """One step further into a SUPER value."""
    if isinstance(to, int):
        sql = f"redshift_catalog.super_element({base.sql}, {to})"
        return compose(sql, SUPER, [base], base.name)
    return compose(
        f"redshift_catalog.super_attribute({base.sql}, {text_literal(to)})", SUPER, [base], to
    )


def super_path(parts: tuple[str, ...], scope: Scope) -> Piece | None:
    """`t.v.a.b` read as a SUPER column and attributes, None when it is no such thing."""
    for size in (3, 2, 1):
        if size < len(parts) and (column := scope.find(parts[:size])) and column.kind == "super":
            for attribute in parts[size:]:
                column = step(column, attribute)
            return column
    return None


@writes(Name)
def _name(node: Name, scope: Scope) -> Piece:
    if len(node.parts) > 1 and not scope.find(node.parts):
        found = super_path(node.parts, scope)
        if found is not None:
            return found
    return scope.column(node.parts)
