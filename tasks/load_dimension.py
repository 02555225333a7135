"""Build one of the run's dimensions."""

from __future__ import annotations

from prefect import task

from sql import Table
from tasks.retries import WRITING
from tasks.run import Numbers, Run


@task(name="load-dimension", task_run_name="load-dimension-{table.name}", **WRITING)
def load_dimension(run: Run, table: Table) -> Numbers:
    """Build the run's copy of a dimension; a repeat finds it built."""
    return run.once_built(table, f"dimensions/{table.name}")
