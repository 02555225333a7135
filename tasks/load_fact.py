"""Build the run's plays."""

from __future__ import annotations

from prefect import task
from sqlalchemy import Connection, text

from sql import FACT
from tasks.retries import WRITING
from tasks.run import Numbers, Run
from tasks.staging_table import create_views

EXTENT = "SELECT COUNT(*), MIN(start_time), MAX(start_time) FROM songplays"


@task(name="load-fact", task_run_name="load-fact-songplays", **WRITING)
def load_fact(run: Run) -> Numbers:
    """Lay the views over what was staged and build the run's `songplays`; a repeat finds it done."""

    def build(connection: Connection) -> Numbers:
        create_views(connection, run)
        run.build(connection, FACT, f"fact/{FACT.name}")
        rows, first, last = connection.execute(text(EXTENT)).one()
        return {"rows": rows, "first": first and str(first), "last": last and str(last)}

    return run.once(f"load {FACT.name}", build)
