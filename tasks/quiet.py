"""Judge an hour that brought nothing: a producer that has died must not look well."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from prefect import task
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from blocks.transient import in_transaction, is_transient
from blocks.warehouse import load_warehouse
from sql import Statement
from tasks.quality import ask, checks, hour_values, unmade
from tasks.retries import WRITING
from tasks.verdicts import Verdict, keep_results_once
from tasks.windows import Window


@task(name="quality", task_run_name="check-quiet-hour", **WRITING)
def judge_quiet(warehouse: str, window: Window, run_id: str) -> list[Verdict]:
    """The verdicts of the hourly checks on a run that found nothing new, kept under its id."""
    block = load_warehouse(warehouse)
    engine = block.engine(connections=1)
    values = hour_values(block.lake, window, run_id)
    now = datetime.now(UTC)
    try:
        made = [_ask(engine, check, values) for check in checks("hourly")]
        in_transaction(engine, lambda c: keep_results_once(c, block, run_id, made, now))
    finally:
        engine.dispose()
    return made


def _ask(engine: Engine, check: Statement, values: dict[str, Any]) -> Verdict:
    began = time.monotonic()
    try:
        with engine.begin() as connection:
            return ask(connection, check, "hourly", values)
    except DBAPIError as error:
        if is_transient(error):
            raise
        return unmade(check, "hourly", error, began)
