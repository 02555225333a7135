"""Whether our database user may do what a run does: sql/grants.sql gives exactly that."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, text

from blocks.errors import SparkifyError

WRITTEN = ("SELECT", "INSERT", "UPDATE", "DELETE")
SCHEMAS = ("sparkify", "etl")
TABLES = """
    SELECT schemaname || '.' || tablename
    FROM pg_tables
    WHERE schemaname IN ('sparkify', 'etl')
    ORDER BY 1
"""


def grants(engine: Engine, database: str) -> str:
    """Raise `SparkifyError` naming what is missing; says what is there."""
    with engine.connect() as connection:
        missing = _on_database(connection, database) + _on_schemas(connection)
        tables = connection.execute(text(TABLES)).scalars().all()
        if not missing:
            missing = [lack for table in tables for lack in _on_table(connection, table)]
    if missing:
        raise SparkifyError(f"missing {', '.join(missing)}: an owner runs sql/grants.sql")
    return f"may use {', '.join(SCHEMAS)} and make schemas in {database}; {len(tables)} tables are there"


def _on_database(connection: Connection, database: str) -> list[str]:
    wanted = ("CREATE", "TEMP")
    return [
        f"{privilege} ON DATABASE {database}"
        for privilege in wanted
        if not _has(connection, "database", database, privilege)
    ]


def _on_schemas(connection: Connection) -> list[str]:
    there = set(connection.execute(text("SELECT nspname FROM pg_namespace")).scalars())
    return [
        f"{privilege} ON SCHEMA {schema}"
        for schema in SCHEMAS
        for privilege in ("USAGE", "CREATE")
        if schema in there and not _has(connection, "schema", schema, privilege)
    ]


def _on_table(connection: Connection, table: str) -> list[str]:
    lacks = [p for p in WRITTEN if not _has(connection, "table", table, p)]
    return [f"{', '.join(lacks)} ON {table}"] if lacks else []


def _has(connection: Connection, kind: str, name: str, privilege: str) -> bool:
    question = text(f"SELECT has_{kind}_privilege(:name, :privilege)")
    return bool(connection.execute(question, {"name": name, "privilege": privilege}).scalar())
