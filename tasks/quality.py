"""Check a run: every claim of `sql/checks` is a question that returns the rows that break it."""

from __future__ import annotations

import time
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from blocks.transient import is_transient
from sql import Statement, bound, read_all
from tasks.retries import retry_if_transient
from tasks.run import Run
from tasks.verdicts import Verdict

SAMPLE_ROWS = 10


def checks(scope: str) -> list[Statement]:
    """The checks that are made on a run, inside publish, or on the whole warehouse."""
    return [check for check in read_all("checks") if scope in check.scopes]


@task(
    name="quality",
    task_run_name="check-{check.name}",
    cache_policy=NO_CACHE,
    retries=2,
    retry_delay_seconds=[5, 30],
    retry_condition_fn=retry_if_transient,
)
def quality(run: Run, check: Statement, values: dict[str, Any]) -> Verdict:
    """Judge one claim on the run's rows; a check that cannot be made is an error, never a pass."""
    began = time.monotonic()
    try:
        with run.engine.begin() as connection:
            return ask(connection, check, "run", values)
    except DBAPIError as error:
        if is_transient(error):
            raise
        reason = ({"error": " ".join(str(error.orig).split())},)
        seconds = round(time.monotonic() - began, 3)
        return Verdict(check.name, "run", check.severity, "error", 0, reason, seconds)


def ask(connection: Connection, check: Statement, scope: str, values: dict[str, Any]) -> Verdict:
    """Judge one claim on a connection; database errors are the caller's."""
    began = time.monotonic()
    counted = f"SELECT COUNT(*) FROM (\n{check.text}\n) AS broken"
    broken = int(connection.execute(*bound(counted, values)).scalar_one())
    sample: tuple[dict[str, Any], ...] = ()
    if broken:
        limited = f"SELECT * FROM (\n{check.text}\n) AS broken LIMIT {SAMPLE_ROWS}"
        rows = connection.execute(*bound(limited, values)).mappings()
        sample = tuple(dict(row) for row in rows)
    verdict = {True: "fail", False: "warn"}[check.severity == "block"] if broken else "pass"
    seconds = round(time.monotonic() - began, 3)
    return Verdict(check.name, scope, check.severity, verdict, broken, sample, seconds)
