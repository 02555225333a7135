"""The tables that COPY fills, from the declaration of their source."""

from __future__ import annotations

from sqlalchemy import Connection, text

from sql import SOURCES, Source, read
from sql.rules import broken_flag, latest_ts
from tasks.run import Run


def staging_table(name: str, source: Source) -> str:
    """The DDL of one staging table."""
    columns = [
        f"{column.name.lower()} {column.type}{' NOT NULL' if column.required else ''}"
        for column in source.columns
    ]
    return f"CREATE TABLE {name} ({', '.join(columns)}) DISTSTYLE EVEN"


def create_views(connection: Connection, run: Run) -> None:
    """The views `staging_<source>` over the run's staging tables, without impossible values."""
    for source in SOURCES.values():
        tables = [part.table for part in run.parts if part.source is source]
        if not tables:
            empty = f"staging_{source.name}_none"
            connection.exec_driver_sql(staging_table(f"{run.schema}.{empty}", source))
            tables = [empty]
        _create_view(connection, run, f"staging_{source.name}_parts", _union(source, tables))
        file = read(f"staging/staging_{source.name}").text
        _create_view(connection, run, f"staging_{source.name}", file)


def _create_view(connection: Connection, run: Run, name: str, query: str) -> None:
    statement = text(f"CREATE VIEW {run.schema}.{name} AS\n{query}")
    bound = {"latest": latest_ts(run.started_at)} if ":latest" in query else {}
    connection.execute(statement, bound)


def _union(source: Source, tables: list[str]) -> str:
    columns = ", ".join(column.name.lower() for column in source.columns)
    possible = f"{broken_flag(source.rules)} = 0"
    return "\nUNION ALL\n".join(f"SELECT {columns} FROM {t} WHERE {possible}" for t in tables)
