"""The columns of a table as Redshift declares them."""

from __future__ import annotations

from collections.abc import Iterable
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


def declared_columns(session: Session, table: str, missing_ok: bool = False) -> list[Column]:
    """The columns of a table or view; kept until the transaction ends or changes tables."""
    known = session.transaction.columns
    if table not in known:
        known[table] = _look_up(session, table)
    if not known[table] and not missing_ok:
        raise Refused("42P01", f'relation "{split_name(table)[-1]}" does not exist')
    return known[table]


def look_ahead(session: Session, tables: Iterable[str]) -> None:
    """Look up in one go the columns of tables that are going to be asked for."""
    known = session.transaction.columns
    wanted = sorted({table for table in tables if table not in known})
    if len(wanted) > 1:
        answers = zip(wanted, _ask(session, wanted), strict=True)
        known |= {table: columns for table, columns in answers if columns}


def _look_up(session: Session, table: str) -> list[Column]:
    (columns,) = _ask(session, [table])
    if columns is not None and not columns:
        raise Refused("XX000", "1018", "Relation does not exist.")  # younger than the snapshot
    if columns is None and late_views.bind(session, table):
        (columns,) = _ask(session, [table])
    return columns or []


def _ask(session: Session, tables: Iterable[str]) -> list[list[Column] | None]:
    """The columns of each table: none when it is younger than the snapshot, None when it is not there."""
    relations = ", ".join(to_regclass(table) for table in tables)
    answer = session.run(f"SELECT redshift_catalog.columns_of(ARRAY[{relations}]::oid[])")[0][0]
    return [None if rows is None else [_column(*row) for row in rows] for rows in answer]


def _column(*row: Any) -> Column:
    name, type_, length, precision, scale, not_null, default, seed, step, by_default = row
    identity = None if seed is None else (seed, step)
    return Column(name, type_, length, precision, scale, not_null, default, identity, by_default)
