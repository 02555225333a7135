"""What a table's DDL declared, kept with the table: see redshift_catalog.declared in the catalog.

By column number, so that renamed columns keep what is theirs.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from embedded.names import literal, quoted, to_regclass
from embedded.statements.definitions import (
    Attributes,
    ColumnDefinition,
    Key,
    TableDefinition,
)

if TYPE_CHECKING:
    from embedded.session import Session

About = dict[str, Any]


def of(definition: TableDefinition) -> About:
    """What to keep of a definition, by column name."""
    columns = definition.columns
    about = of_attributes(definition.attributes)
    about["encodings"] = {c.name: c.encoding for c in columns if c.encoding}
    about["defaults"] = {c.name: c.default for c in columns if c.default}
    about["identities"] = {c.name: [*c.identity, c.by_default] for c in columns if c.identity}
    about["keys"] = [key_record(key) for key in definition.keys]
    return {name: value for name, value in about.items() if value}


def of_attributes(attributes: Attributes) -> About:
    """What to keep of table attributes, by column name."""
    return {
        "diststyle": attributes.diststyle,
        "distkey": attributes.distkey,
        "sortstyle": attributes.sortstyle,
        "sortkey": attributes.sortkey,
        "backup": None if attributes.backup else "no",
    }


def key_record(key: Key) -> About:
    """One key, by column name."""
    return {
        "kind": key.kind,
        "columns": key.columns,
        "name": key.name,
        "table": key.table,
        "table_columns": key.table_columns,
    }


def remember(session: Session, name: list[str], about: About) -> None:
    """Keep what was declared about a new table."""
    if about:
        save(session, name, numbered(about, numbers(session, name)), new=True)


def save(session: Session, name: list[str], about: About, new: bool = False) -> None:
    """Write what is known about a table, by column number."""
    table = quoted(*name[-2:])
    if new:
        session.run(f"CREATE POLICY redshift ON {table}")
    session.run(f"COMMENT ON POLICY redshift ON {table} IS {literal(json.dumps(about))}")


def load(session: Session, name: list[str]) -> About | None:
    """What is known about a table, by column number; None when nothing was ever declared."""
    found = to_regclass(".".join(map(quoted, name)))
    rows = session.run(f"SELECT redshift_catalog.declared({found})")
    about: About | None = rows[0][0]
    return about


def numbers(session: Session, name: list[str]) -> dict[str, int]:
    """The number of each column of a table."""
    found = to_regclass(".".join(map(quoted, name)))
    rows = session.run(
        "SELECT attname, attnum FROM pg_catalog.pg_attribute"
        f" WHERE attrelid = {found} AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
    )
    return dict(rows)


def numbered(about: About, number: dict[str, int]) -> About:
    """The same with column numbers for column names."""
    made = dict(about)
    for part in ("encodings", "defaults", "identities", "lengths"):
        if part in about:
            made[part] = {str(number[name]): value for name, value in about[part].items()}
    if about.get("distkey"):
        made["distkey"] = number[about["distkey"]]
    if about.get("sortkey"):
        made["sortkey"] = [number[name] for name in about["sortkey"]]
    if about.get("keys"):
        made["keys"] = [
            {**key, "columns": [number[name] for name in key["columns"]]} for key in about["keys"]
        ]
    return made


def inherit(
    session: Session,
    source: list[str],
    definition: TableDefinition,
    columns: list[ColumnDefinition],
) -> None:
    """Give a table made LIKE another its encodings, distribution and sort key."""
    about = load(session, source) or {}
    name = {number: name for name, number in numbers(session, source).items()}
    for column in columns:
        numbers_ = [number for number, known in name.items() if known == column.name]
        column.encoding = about.get("encodings", {}).get(str(numbers_[0])) if numbers_ else None
    attributes = definition.attributes
    attributes.diststyle = about.get("diststyle")
    attributes.distkey = name[about["distkey"]] if about.get("distkey") else None
    attributes.sortstyle = about.get("sortstyle")
    attributes.sortkey = [name[number] for number in about.get("sortkey") or []]
    attributes.backup = "backup" not in about
