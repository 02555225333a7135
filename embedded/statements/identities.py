"""IDENTITY columns fill from parallel slices: the values of many rows are unique and have gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.names import literal

if TYPE_CHECKING:
    from embedded.session import Session

SLICES = 2


def gaps(session: Session, table: str) -> tuple[str, str]:
    """What to run before and after many rows come into a table: every other value is left out."""
    before = after = ""
    for column in session.columns(table):
        if column.identity:
            sequence = _sequence(session, table, column.name)
            step = column.identity[1]
            before += f"ALTER SEQUENCE {sequence} INCREMENT BY {step * SLICES}; "
            after += f"ALTER SEQUENCE {sequence} INCREMENT BY {step}; "
    return before, after


def _sequence(session: Session, table: str, column: str) -> str:
    found = session.run(f"SELECT pg_get_serial_sequence({literal(table)}, {literal(column)})")
    return str(found[0][0])
