"""The permanent schemas `sparkify` and `etl`: made when they are missing."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from blocks.transient import in_transaction
from sql import execute, read_all

SCHEMAS = ("sparkify", "etl")


def ensure_schema(engine: Engine) -> None:
    """Make what is missing of the permanent tables, in one transaction; usually that is nothing."""
    if not missing_tables(engine):
        return
    try:
        in_transaction(engine, _create)
    except DBAPIError:
        if missing_tables(engine):  # else another first run was faster
            raise


def missing_tables(engine: Engine) -> set[str]:
    """The permanent tables that do not exist, as `schema.table`."""
    wanted = {
        f"{schema}.{file.name}" for schema in SCHEMAS for file in read_all(f"schema/{schema}")
    }
    with engine.begin() as connection:
        return wanted - set(execute(connection, "ledger/tables").scalars())


def _create(connection: Connection) -> None:
    for schema in SCHEMAS:
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {schema}"))
        for file in read_all(f"schema/{schema}"):
            connection.execute(text(file.text))
    rows = connection.execute(text("SELECT COUNT(*) FROM etl.publish_lock")).scalar_one()
    if not rows:
        connection.execute(text("INSERT INTO etl.publish_lock (run_id) VALUES (NULL)"))
