"""Find what is new in the lake and pin it as a run, or take up the run that an attempt left behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from prefect import task
from sqlalchemy import Engine

from blocks.errors import Superseded
from blocks.redshift import Redshift
from sql import execute
from tasks.batch import BatchObject
from tasks.closing import note_nothing_new, quarantined
from tasks.pin import has_schema, pin
from tasks.planning import plan_hourly
from tasks.reading import changed_objects
from tasks.retries import WRITING
from tasks.run import Plan, Run
from tasks.schema import ensure_schema
from tasks.unfinished import close
from tasks.windows import Window


@dataclass(frozen=True)
class Discovery:
    """What an hourly run is to load, as a pinned run; no run when nothing is new."""

    plan: Plan
    run: Run | None
    quarantined: list[dict[str, Any]]


@task(name="discover", task_run_name="discover", **WRITING)
def discover(
    warehouse: Redshift, end: datetime, lookback: int, flow_run_id: str, attempt: int
) -> Discovery:
    """Compare the lake with the ledger and pin what is new; `lookback` in hours.

    A second attempt of a flow run takes up what the first had pinned, unless the lake has changed
    under it.
    """
    engine = warehouse.engine(connections=2)
    try:
        ensure_schema(engine)
        plan = resume(engine, warehouse, flow_run_id) if attempt > 1 else None
        if plan is None:
            plan = plan_hourly(engine, warehouse.lake, end, lookback)
        try:
            run = start(engine, warehouse, plan, flow_run_id)
        except Superseded:  # another run of the same plan was faster: what has it left?
            plan = plan_hourly(engine, warehouse.lake, end, lookback)
            run = start(engine, warehouse, plan, flow_run_id)
        return Discovery(plan, run, [] if run else quarantined(engine))
    finally:
        engine.dispose()


def start(engine: Engine, warehouse: Redshift, plan: Plan, flow_run_id: str) -> Run | None:
    """Pin a plan; a plan without objects is only noted, unless it replaces a window."""
    now = datetime.now(UTC)
    close(engine, plan)
    if plan.objects or plan.replace:
        return pin(warehouse, plan, flow_run_id, now)
    note_nothing_new(engine, plan, flow_run_id, now)
    return None


def resume(engine: Engine, warehouse: Redshift, flow_run_id: str) -> Plan | None:
    """What an earlier attempt of this flow run pinned, when the lake still holds just that."""
    with engine.begin() as connection:
        rows = execute(connection, "ledger/unfinished_run", {"flow_run_id": flow_run_id})
        left = rows.mappings().first()
    if left is None or left["status"] == "published":
        return None
    if not has_schema(engine, f"run_{left['run_id']}"):
        return None
    objects = _pinned(warehouse, left["run_id"])
    plan = Plan(left["flow"], Window(left["window_start"], left["window_end"]), objects)
    unchanged = not changed_objects(warehouse.lake, objects)
    return plan if unchanged and plan.run_id == left["run_id"] else None


def _pinned(warehouse: Redshift, run_id: str) -> tuple[BatchObject, ...]:
    engine = warehouse.engine(search_path=f"run_{run_id}", connections=1)
    try:
        with engine.begin() as connection:
            rows = execute(connection, "ledger/batch").mappings().all()
    finally:
        engine.dispose()
    return tuple(BatchObject(**row) for row in rows)
