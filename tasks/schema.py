"""The permanent schemas `sparkify` and `etl`: made when they are missing, with their comments."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from blocks.transient import in_transaction
from sql import execute, read_all
from sql.comments import comments

SCHEMAS = ("sparkify", "etl")


def ensure_schema(engine: Engine) -> None:
    """Make what is missing of tables and views, in one transaction; usually that is nothing."""
    if not missing_tables(engine):
        return
    try:
        in_transaction(engine, _create)
    except DBAPIError:
        if missing_tables(engine):  # else another first run was faster
            raise


def missing_tables(engine: Engine) -> set[str]:
    """The permanent tables and views that do not exist, as `schema.table`."""
    wanted = {
        f"{schema}.{file.name}" for schema in SCHEMAS for file in read_all(f"schema/{schema}")
    } | {f"sparkify.{view.name}" for view in read_all("views")}
    with engine.begin() as connection:
        return wanted - set(execute(connection, "ledger/tables").scalars())


def _create(connection: Connection) -> None:
    for schema in SCHEMAS:
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {schema}"))
        for table in read_all(f"schema/{schema}"):
            connection.execute(text(table.text))
            _comment(connection, "TABLE", f"{schema}.{table.name}", f"schema/{schema}/{table.name}")
    for view in read_all("views"):
        connection.execute(text(view.text))
        _comment(connection, "VIEW", f"sparkify.{view.name}", f"views/{view.name}")
    rows = connection.execute(text("SELECT COUNT(*) FROM etl.publish_lock")).scalar_one()
    if not rows:
        connection.execute(text("INSERT INTO etl.publish_lock (run_id) VALUES (NULL)"))


def _comment(connection: Connection, kind: str, name: str, file: str) -> None:
    for target, words in comments(kind, name, file):
        connection.execute(text(f"COMMENT ON {target} IS :words"), {"words": words})
