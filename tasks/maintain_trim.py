"""Trim history: old results of checks, old runs, and what runs that are over left in our bucket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from prefect import task
from sqlalchemy import Connection, Engine

from blocks.lake import Lake
from blocks.transient import in_transaction
from sql import execute
from tasks.fencing import lock_publishing
from tasks.maintain_sweep import UNFINISHED, find_run, run_ids
from tasks.retries import WRITING
from tasks.windows import DAY, utc

WORK = "runs"


@dataclass(frozen=True)
class Trimmed:
    """How many results of checks, runs and objects of our own were removed; notes on the lock."""

    check_results: int
    runs: int
    work_objects: int
    notes: tuple[str, ...] = ()


@task(name="trim", task_run_name="trim", **WRITING)
def trim(engine: Engine, lake: Lake, keep: timedelta, now: datetime) -> Trimmed:
    """Remove what is older than `keep`, and the work objects of runs that are over."""
    before = utc(now) - keep
    notes: list[str] = []

    def work(connection: Connection) -> tuple[int, int]:
        notes[:] = lock_publishing(connection)
        values = {"before": before}
        results = execute(connection, "maintain/trim_check_results", values).rowcount
        return results, execute(connection, "maintain/trim_runs", values).rowcount

    results, runs = in_transaction(engine, work)
    return Trimmed(results, runs, _remove_work(engine, lake, utc(now)), tuple(notes))


def _remove_work(engine: Engine, lake: Lake, now: datetime) -> int:
    """Delete our objects of runs that are over; returns how many they were."""
    unfinished = set(run_ids(engine))
    removed = 0
    for run_id in lake.work_folders(WORK):
        if run_id not in unfinished:
            removed += _remove_folder(engine, lake, run_id, now)
    return removed


def _remove_folder(engine: Engine, lake: Lake, run_id: str, now: datetime) -> int:
    """Delete one run's objects; one that is not published may be about to begin, for a day."""
    objects = list(lake.walk_work(f"{WORK}/{run_id}"))
    fresh = any(entry.last_modified > now - DAY for entry in objects)
    if fresh and find_run(engine, run_id)["status"] in (*UNFINISHED, "unknown"):
        return 0
    lake.delete_work([entry.key for entry in objects])
    return len(objects)
