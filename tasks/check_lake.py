"""Check that what the lake holds is published: its whole listing against the ledger."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any

from prefect import task
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from blocks.redshift import Redshift
from blocks.transient import in_transaction, is_transient
from sql import Statement
from tasks.asking import ask, unmade
from tasks.keys import parse_events_key
from tasks.listing import events_extent, list_events, list_songs
from tasks.retries import WRITING
from tasks.rows import insert_rows
from tasks.verdicts import Verdict
from tasks.windows import utc

SETTLED = timedelta(hours=3)  # an object that is younger may still be on its way
LISTING = """CREATE TEMP TABLE lake_objects (
    source VARCHAR(16), key VARCHAR(1024), etag VARCHAR(128), last_modified TIMESTAMP)"""


@task(name="check-lake", task_run_name="check-{check.name}", **WRITING)
def check_lake(
    engine: Engine, warehouse: Redshift, check: Statement, run_id: str, now: datetime
) -> Verdict:
    """Judge a claim on every object of the lake, which it finds in `lake_objects`."""
    began = time.monotonic()
    listed = _listed(warehouse)
    values = {"settled_before": utc(now).replace(microsecond=0) - SETTLED}

    def work(connection: Connection) -> Verdict:
        connection.exec_driver_sql(LISTING)
        insert_rows(connection, warehouse, "lake_objects", listed, f"runs/{run_id}/lake")
        (verdict,) = ask(connection, [check], "lake", values)
        connection.exec_driver_sql("DROP TABLE lake_objects")
        return verdict

    try:
        return in_transaction(engine, work)
    except DBAPIError as error:
        if is_transient(error):
            raise
        return unmade(check, "lake", error, began)


def _listed(warehouse: Redshift) -> list[dict[str, Any]]:
    extent = events_extent(warehouse.lake)
    events = list_events(warehouse.lake, extent) if extent else {}
    return [
        {
            "source": source,
            "key": entry.key,
            "etag": entry.etag,
            "last_modified": utc(entry.last_modified).replace(microsecond=0),
        }
        for source, listing in (("events", events.values()), ("songs", list_songs(warehouse.lake)))
        for entry in listing
        if source == "songs" or parse_events_key(entry.key)
    ]
