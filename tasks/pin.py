"""Pin a plan: the run's schema with its batch, and the ledger's pending rows, in one transaction."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from blocks.errors import Superseded
from blocks.redshift import Redshift
from blocks.transient import in_transaction
from sql import execute
from tasks.fencing import lock_publishing
from tasks.rows import insert_rows
from tasks.run import Plan, Run
from tasks.windows import utc

WORKING_TABLES = (
    """CREATE TABLE {schema}.batch (
        source VARCHAR(16), key VARCHAR(1024), etag VARCHAR(128), size BIGINT,
        last_modified TIMESTAMP, replaces VARCHAR(64), settled VARCHAR(64))""",
    "CREATE TABLE {schema}.done (step VARCHAR(128), numbers VARCHAR(65535))",
    """CREATE TABLE {schema}.loads (
        source VARCHAR(16), key VARCHAR(1024), etag VARCHAR(128), status VARCHAR(16),
        reason VARCHAR(1024), lines BIGINT, loaded BIGINT, rejected BIGINT)""",
    """CREATE TABLE {schema}.rejected (
        source VARCHAR(16), key VARCHAR(1024), etag VARCHAR(128), line_number BIGINT,
        column_name VARCHAR(128), reason VARCHAR(1024), raw_text VARCHAR(65535))""",
)


def pin(
    warehouse: Redshift,
    plan: Plan,
    flow_run_id: str,
    now: datetime,
    shared: Engine | None = None,
) -> Run:
    """The run of a plan: begun now, or taken up where an earlier attempt of it stopped.

    Raises `Superseded` when this very run was published by another attempt in the meantime.
    """
    started = utc(now).replace(microsecond=0)
    run = Run(warehouse, plan, plan.run_id, flow_run_id, started, shared)
    if has_schema(run.engine, run.schema) or not _begin_once(run):
        _take_up(run)
    return run


def _take_up(run: Run) -> None:
    """Go on with what an earlier attempt, or another one at this moment, has begun."""
    values = {"run_id": run.id, "flow_run_id": run.flow_run_id}
    taken = in_transaction(run.engine, lambda c: execute(c, "ledger/take_up", values).rowcount)
    if not taken:
        raise Superseded(f"run {run.id} was published by another attempt")
    found = find_run(run.engine, run.id) or {}
    run.started_at = found.get("started_at", run.started_at)
    run.resumed = True


def _begin_once(run: Run) -> bool:
    """Begin the run; False when another attempt of it was faster."""
    try:
        in_transaction(run.engine, lambda c: _begin(c, run))
    except DBAPIError:
        if not has_schema(run.engine, run.schema):
            raise
        return False
    return True


def has_schema(engine: Engine, schema: str) -> bool:
    """Whether a schema exists; the catalog cannot be joined with our tables."""
    question = text("SELECT COUNT(*) FROM pg_namespace WHERE nspname = :schema")
    with engine.begin() as connection:
        return bool(connection.execute(question, {"schema": schema}).scalar_one())


def find_run(engine: Engine, run_id: str) -> dict[str, Any] | None:
    """See known_run, in a transaction of its own."""
    with engine.begin() as connection:
        return known_run(connection, run_id)


def known_run(connection: Connection, run_id: str) -> dict[str, Any] | None:
    """The run's row in `etl.runs`, or None."""
    rows = execute(connection, "ledger/run", {"run_id": run_id})
    return next((dict(row) for row in rows.mappings()), None)


def end_run(connection: Connection, run_id: str, status: str, reason: str | None = None) -> None:
    """Set a run's status."""
    values = {"run_id": run_id, "status": status, "reason": reason and reason[:1000]}
    execute(connection, "ledger/end_run", values)


def begin_run(
    connection: Connection, plan: Plan, run_id: str, flow_run_id: str, now: datetime, status: str
) -> None:
    """Add the run to `etl.runs`; a run that finds nothing ends as it begins."""
    values = {
        "run_id": run_id,
        "flow": plan.flow,
        "flow_run_id": flow_run_id,
        "window_start": plan.window.start,
        "window_end": plan.window.end,
        "replace_from": plan.replace and plan.replace.start,
        "replace_to": plan.replace and plan.replace.end,
        "status": status,
        "objects": len(plan.objects),
        "started_at": utc(now).replace(microsecond=0),
        "ended_at": None if status == "running" else utc(now),
    }
    execute(connection, "ledger/begin_run", values)


def _begin(connection: Connection, run: Run) -> None:
    run.notes += lock_publishing(connection, run.fence)
    known = known_run(connection, run.id)
    if known and known["status"] == "published":
        raise Superseded(f"run {run.id} was published by another attempt")
    connection.execute(text(f"CREATE SCHEMA {run.schema}"))
    for table in WORKING_TABLES:
        connection.execute(text(table.format(schema=run.schema)))
    _pin_batch(connection, run)
    if known:
        connection.execute(text("DELETE FROM etl.runs WHERE run_id = :run_id"), {"run_id": run.id})
    begin_run(connection, run.plan, run.id, run.flow_run_id, run.started_at, "running")


def _pin_batch(connection: Connection, run: Run) -> None:
    rows = [asdict(entry) for entry in run.plan.objects]
    insert_rows(connection, run.warehouse, "batch", rows, f"runs/{run.id}/batch")
    window = run.plan.window
    values = {"run_id": run.id, "window_start": window.start, "window_end": window.end}
    execute(connection, "ledger/add_pending", values)
    execute(connection, "ledger/reopen")
