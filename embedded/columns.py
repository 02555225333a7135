"""The columns of a table as Redshift declares them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from embedded.errors import Refused
from embedded.names import split_name, to_regclass
from embedded.statements import late_views

if TYPE_CHECKING:
    from embedded.session import Session


@dataclass(frozen=True)
class Column:
    """One column; `type` is Redshift's name for its type, `default` the SQL text as it was written.

    `length` is in bytes for varchar, char and varbyte, `precision` and `scale` are of numeric only.
    """

    name: str
    type: str
    length: int | None
    precision: int | None
    scale: int | None
    not_null: bool
    default: str | None
    identity: tuple[int, int] | None
    generated_by_default: bool


_COLUMNS = """
SELECT name, type, length, precision, scale, not_null, default_text, seed, step, by_default
FROM redshift_catalog.declared_columns
WHERE relation = {relation}
ORDER BY position
"""


def declared_columns(session: Session, table: str, missing_ok: bool = False) -> list[Column]:
    """The columns of a table or view; kept until the transaction ends or changes tables."""
    known = session.transaction.columns
    if table not in known:
        known[table] = _look_up(session, table)
    if not known[table] and not missing_ok:
        raise Refused("42P01", f'relation "{split_name(table)[-1]}" does not exist')
    return known[table]


def _look_up(session: Session, table: str) -> list[Column]:
    found = to_regclass(table)
    rows = session.run(_COLUMNS.format(relation=found))
    if not rows and session.run(f"SELECT {found} IS NOT NULL")[0][0]:
        raise Refused("XX000", "1018", "Relation does not exist.")  # younger than the snapshot
    if not rows and late_views.bind(session, table):
        rows = session.run(_COLUMNS.format(relation=found))
    return [_column(*row) for row in rows]


def _column(*row: Any) -> Column:
    name, type_, length, precision, scale, not_null, default, seed, step, by_default = row
    identity = None if seed is None else (seed, step)
    return Column(name, type_, length, precision, scale, not_null, default, identity, by_default)
