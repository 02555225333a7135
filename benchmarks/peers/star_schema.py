"""The star schema by the pipeline's own SELECTs, over what a peer has staged: the same SQL for all.

The peer's `staging_events_parts` and `staging_songs_parts` have the columns of the pipeline's.
"""

from __future__ import annotations

from typing import Any

from sql import DIMENSIONS, FACT, SOURCES, read

TABLES = (FACT.name, *(table.name for table in DIMENSIONS))


def staging_table(name: str, source: str) -> str:
    """The DDL of a table with the columns of a source as producers write them."""
    columns = [f"{c.name.lower()} {c.type}" for c in SOURCES[source].columns if not c.ours]
    return f"CREATE TABLE {name} ({', '.join(columns)})"


def create_views(cursor: Any, schema: str) -> None:
    """`staging_events` and `staging_songs`, as the pipeline reads what is staged."""
    for source in SOURCES:
        query = read(f"staging/staging_{source}").text
        cursor.execute(f"CREATE VIEW {schema}.staging_{source} AS\n{query}")


def build(cursor: Any, schema: str, table: str) -> None:
    """The fact or a dimension."""
    folder = "fact" if table == FACT.name else "dimensions"
    cursor.execute(f"CREATE TABLE {schema}.{table} AS\n{read(f'{folder}/{table}').text}")
