"""Catalog queries in a transaction that has its snapshot: they still see what others have committed.

PostgreSQL would answer them from the snapshot. So they run on the second connection, and the answer
is given to the user's cursor as text with its types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from embedded.names import literal, quoted

if TYPE_CHECKING:
    from embedded.session import Session

_BPCHAR = 1042


def answer(session: Session, translated: str) -> str:
    """SQL that gives on the user's connection what a catalog query gives outside of it."""
    path = session.control("SHOW search_path")[0][0]
    session.outside(f"SET search_path TO {path or quoted('')}")
    columns = session.outside_columns(f"SELECT * FROM ({translated}) AS q LIMIT 0")
    names = [quoted(f"c{number}") for number in range(len(columns))]
    listed = ", ".join(f"q.{name}::text" for name in names)
    rows = session.outside(f"SELECT {listed} FROM ({translated}) AS q ({', '.join(names)})")
    shown = ", ".join(
        f"{name}::{_type(session, column)} AS {quoted(column.name)}"
        for name, column in zip(names, columns, strict=True)
    )
    values = ", ".join(_row(row) for row in rows) or _row([None] * len(names))
    empty = "" if rows else " WHERE false"
    return f"SELECT {shown} FROM (VALUES {values}) AS q ({', '.join(names)}){empty}"


def _row(row: Any) -> str:
    return f"({', '.join('NULL::text' if value is None else literal(value) for value in row)})"


def _type(session: Session, column: Any) -> str:
    modifier = column.internal_size + 4 if column.type_code == _BPCHAR else -1
    found = session.outside(f"SELECT format_type({column.type_code}, {modifier})")
    return str(found[0][0])
