"""The course's operators as tasks of Airflow: stage, load the fact, load the dimensions, check.

Each goes through the embedded Redshift's door, as the pipeline does: the same COPY, the same SELECTs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import dag, task

import embedded
from benchmarks.peers.star_schema import TABLES, build, create_views, staging_table
from embedded import postgres

SCHEMA = "peer_airflow"
ROLE = "arn:aws:iam::123456789012:role/embedded"
OPTIONS = "FORMAT JSON 'auto ignorecase' EMPTYASNULL BLANKSASNULL COMPUPDATE OFF STATUPDATE OFF"
SONGS = """
CREATE VIEW peer_airflow.staging_songs_parts AS
SELECT s.*, s.song_id AS object_key, GETDATE() AS object_modified, 1 AS object_line
FROM peer_airflow.staged_songs AS s
"""
EVENTS = "CREATE VIEW peer_airflow.staging_events_parts AS SELECT * FROM peer_airflow.staged_events"
KEYS = {
    "songplays": ("songplay_id", "start_time", "user_id"),
    "songs": ("song_id",),
    "artists": ("artist_id",),
    "users": ("user_id",),
    "time": ("start_time",),
}


@dag(dag_id="sparkify_course", schedule=None)
def sparkify_course() -> None:
    """Stage, load the fact, then the dimensions, then check, between the course's two empty tasks."""
    begin, stop = (EmptyOperator(task_id=f"{name}_execution") for name in ("Begin", "Stop"))
    staged = [stage.override(task_id=f"stage_{source}")(source) for source in ("events", "songs")]
    fact, *dimensions = (load.override(task_id=f"load_{table}")(table) for table in TABLES)
    begin >> staged >> fact >> dimensions >> check.override(task_id="quality")() >> stop


def in_warehouse(work: Callable[[Any], object]) -> None:
    """Do something in one transaction."""
    with embedded.connect(**postgres.connect_arguments()) as connection:
        with connection.cursor() as cursor:
            cursor.execute(f"SET search_path TO {SCHEMA}")
            work(cursor)
        connection.commit()


@task
def stage(source: str) -> None:
    """StageToRedshiftOperator: a new staging table, and COPY of everything under a prefix."""
    prefix = {"events": "log_data/", "songs": "song_data/"}[source]

    def work(cursor: Any) -> None:
        table = f"{SCHEMA}.staged_{source}"
        cursor.execute(staging_table(table, source))
        cursor.execute(f"COPY {table} FROM 's3://sparkify/{prefix}' IAM_ROLE '{ROLE}' {OPTIONS}")

    in_warehouse(work)


@task
def load(table: str) -> None:
    """LoadFactOperator and LoadDimensionOperator: the table of a SELECT."""

    def work(cursor: Any) -> None:
        if table == TABLES[0]:
            cursor.execute(EVENTS)
            cursor.execute(SONGS)
            create_views(cursor, SCHEMA)
        build(cursor, SCHEMA, table)

    in_warehouse(work)


@task
def check() -> None:
    """DataQualityOperator: rows are there, and no key is missing."""

    def work(cursor: Any) -> None:
        for table, keys in KEYS.items():
            for key in keys:
                cursor.execute(f"SELECT COUNT(*), COUNT({key}) FROM {SCHEMA}.{table}")
                rows, present = cursor.fetchone()
                if not rows or present < rows:
                    raise ValueError(f"{table}: {rows} rows, {present} of them with {key}")

    in_warehouse(work)


sparkify_course()
