"""What the statements about tables share: their names, whether they exist, their zone map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.errors import NotImitated, Refused
from embedded.names import literal, quoted, to_regclass
from embedded.statements.definitions import TableDefinition

if TYPE_CHECKING:
    from embedded.session import Session

LONGEST_NAME = 63  # bytes that PostgreSQL keeps of a name


def is_temporary(name: list[str], temporary: bool) -> bool:
    """Whether a table is temporary: TEMP says so, or the first character of its name."""
    temporary = temporary or name[-1].startswith("#")
    if temporary and len(name) > 1 and not name[-2].startswith("pg_temp"):
        raise Refused("42P16", "cannot create temporary relation in non-temporary schema")
    return temporary


def check_name(name: list[str]) -> None:
    """Say so when PostgreSQL cannot keep a name that Redshift can."""
    for part in name:
        if len(part.encode()) > LONGEST_NAME:
            raise NotImitated(f"names of more than {LONGEST_NAME} bytes")


def target(name: list[str], temporary: bool) -> str:
    """The name of a new relation for PostgreSQL."""
    return quoted(name[-1]) if temporary else quoted(*name[-2:])


def exists(session: Session, definition: TableDefinition) -> bool:
    """Whether there is such a relation: told with IF NOT EXISTS, refused without."""
    name = definition.name[-1]
    schema = definition.name[-2] if len(definition.name) > 1 else None
    if definition.temporary:
        schema = "pg_temp"
    if not found_in(session, name, schema):
        return False
    if not definition.if_not_exists:
        raise Refused("42P07", f'Relation "{name}" already exists')
    session.notice(f'Relation "{name}" already exists and will be skipped')
    return True


def found_in(session: Session, name: str, schema: str | None) -> bool:
    """Whether a schema has a relation of this name; without one, the schema for new relations."""
    place = f"to_regclass(quote_ident({literal(schema) if schema else 'current_schema()'}) || "
    rows = session.run(f"SELECT {place} {literal('.' + quoted(name))}) IS NOT NULL")
    return bool(rows[0][0])


def zone_map(session: Session, table: str, column: str) -> None:
    """Give the leading sort key column a BRIN index, the image of Redshift's zone maps."""
    has_class = session.run(
        "SELECT 1 FROM pg_catalog.pg_opclass AS o JOIN pg_catalog.pg_am AS m ON m.oid = o.opcmethod"
        " JOIN pg_catalog.pg_attribute AS a ON a.atttypid = o.opcintype"
        f" WHERE m.amname = 'brin' AND o.opcdefault AND a.attrelid = {literal(table)}::regclass"
        f" AND a.attname = {literal(column)}"
    )
    if has_class:
        session.run(
            f"CREATE INDEX ON {table} USING brin ({quoted(column)}) WITH (autosummarize = on)"
        )


def map_new_blocks(table: str) -> str:
    """The command, to be sent after many rows were written, that has the zone maps know them."""
    return f"SELECT redshift_catalog.map_new_blocks({to_regclass(table)})"
