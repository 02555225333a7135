"""Whether the keys of a table name what there is; they are remembered, never enforced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.errors import Refused
from embedded.names import quoted
from embedded.statements import declared
from embedded.statements.definitions import Key, TableDefinition

if TYPE_CHECKING:
    from embedded.session import Session


def check_keys(session: Session, definition: TableDefinition) -> None:
    """Refuse keys on columns, and references to tables and columns, that do not exist."""
    names = [column.name for column in definition.columns]
    attributes = definition.attributes
    _check_columns([*attributes.sortkey, *filter(None, [attributes.distkey])], names)
    for key in definition.keys:
        _check_columns(key.columns, names)
        if key.kind == "f" and key.table[-1] == definition.name[-1]:
            own = next((other.columns for other in definition.keys if other.kind == "p"), [])
            _check_referenced(key, names, own)
        elif key.kind == "f":
            check_reference(session, key)


def _check_columns(columns: list[str], names: list[str]) -> None:
    for name in columns:
        if name not in names:
            raise Refused("42703", f'column "{name}" named in key does not exist')


def check_reference(session: Session, key: Key) -> None:
    """Refuse a foreign key to a table or to columns that do not exist."""
    names = [column.name for column in session.columns(".".join(map(quoted, key.table)))]
    about = declared.load(session, key.table) or {}
    number = {n: name for name, n in declared.numbers(session, key.table).items()}
    primary = [other["columns"] for other in about.get("keys", []) if other["kind"] == "p"]
    _check_referenced(key, names, [number[n] for n in primary[0]] if primary else [])


def _check_referenced(key: Key, names: list[str], primary: list[str]) -> None:
    if not key.table_columns:
        if not primary:
            message = f'there is no primary key for referenced table "{key.table[-1]}"'
            raise Refused("42704", message)
        key.table_columns = primary
    for name in key.table_columns:
        if name not in names:
            message = f'column "{name}" referenced in foreign key constraint does not exist'
            raise Refused("42703", message)
    if len(key.table_columns) != len(key.columns):
        raise Refused(
            "42830",
            "number of referencing and referenced columns for foreign key disagree",
        )
