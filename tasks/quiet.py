"""Judge an hour that brought nothing: a producer that has died must not look well."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import task

from blocks.redshift import Redshift
from blocks.transient import in_transaction
from tasks.asking import judge
from tasks.quality import checks, hour_values
from tasks.retries import WRITING
from tasks.verdicts import Verdict, keep_results_once
from tasks.windows import Window


@task(name="quality", task_run_name="check-quiet-hour", **WRITING)
def judge_quiet(warehouse: Redshift, window: Window, run_id: str) -> list[Verdict]:
    """The verdicts of the hourly checks on a run that found nothing new, kept under its id."""
    engine = warehouse.engine(connections=1)
    values = hour_values(warehouse.lake, window, run_id)
    now = datetime.now(UTC)
    try:
        made = judge(engine, checks("hourly"), "hourly", values)
        in_transaction(engine, lambda c: keep_results_once(c, warehouse, run_id, made, now))
    finally:
        engine.dispose()
    return made
