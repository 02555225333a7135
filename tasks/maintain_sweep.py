"""Drop the schemas of runs that are over, or that have died; a run that is alive keeps its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from prefect import task
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from blocks.transient import in_transaction
from sql import execute
from tasks.maintain_alive import Signs, signs_of_life
from tasks.pin import has_schema
from tasks.retries import WRITING

RUN_SCHEMA = re.compile(r"run_([a-z]+_\d{10}_[0-9a-f]{12})")
UNFINISHED = ("running", "failed")


@dataclass(frozen=True)
class Swept:
    """A run's schema: dropped, or `kept` for a reason."""

    run_id: str
    status: str
    kept: str = ""


@task(name="sweep", task_run_name="sweep", **WRITING)
def sweep(engine: Engine) -> list[Swept]:
    """Drop each run schema that nobody needs; `pending` objects stay so, the next run takes them."""
    return [_sweep(engine, run_id) for run_id in run_ids(engine)]


def run_ids(engine: Engine) -> list[str]:
    """The runs that have a schema; a schema that is not named as a run's is none of ours."""
    with engine.begin() as connection:
        names = execute(connection, "maintain/run_schemas").scalars().all()
    return [match[1] for name in names if (match := RUN_SCHEMA.fullmatch(name))]


def find_run(engine: Engine, run_id: str) -> dict[str, Any]:
    """The status, session and age of a run; of one that etl.runs does not know, only the status."""
    with engine.begin() as connection:
        found = execute(connection, "maintain/run", {"run_id": run_id}).mappings().first()
    return dict(found) if found else {"status": "unknown", "session_pid": None, "quiet": 1}


def _sweep(engine: Engine, run_id: str) -> Swept:
    # The row is read before the signs: a run that is taken up in between is seen by its session.
    run = find_run(engine, run_id)
    status = run["status"]
    if why := _why_kept(run_id, run, signs_of_life(engine)):
        return Swept(run_id, status, why)
    if not _drop(engine, run_id, status):
        return Swept(run_id, status, "it was just taken up")
    return Swept(run_id, "failed" if status == "running" else status)


def _why_kept(run_id: str, run: dict[str, Any], signs: Signs) -> str | None:
    """Why a run keeps its schema, or None; one that is over keeps it only while it is read."""
    if run["status"] in UNFINISHED and not run["quiet"]:
        return "younger than a day: a retry may take it up"
    over = run["status"] not in (*UNFINISHED, "unknown")
    if over and f"run_{run_id}" not in signs.in_use:
        return None
    return signs.of(run_id, run["session_pid"])


def _drop(engine: Engine, run_id: str, status: str) -> bool:
    """Drop a schema; False when the run was taken up in the meantime."""

    def work(connection: Connection) -> bool:
        if status in UNFINISHED:
            ended = execute(connection, "maintain/end_dead_run", {"run_id": run_id}).rowcount
            if not ended:
                return False
        connection.execute(text(f"DROP SCHEMA IF EXISTS run_{run_id} CASCADE"))
        return True

    try:
        return in_transaction(engine, work)
    except DBAPIError:
        if has_schema(engine, f"run_{run_id}"):
            raise
        return True  # the run itself, or another sweep, was faster
