"""Load one chunk of a backfill as a run of its own; Prefect sees one task for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from prefect import task
from sqlalchemy import Engine

from blocks.errors import SparkifyError, Superseded
from blocks.redshift import Redshift
from tasks.attempt import attempt
from tasks.find_songs import find_songs
from tasks.load import WORKERS, load
from tasks.outcome import Outcome
from tasks.pin import pin
from tasks.planning import BACKFILL, plan_backfill
from tasks.retries import WRITING
from tasks.run import Plan
from tasks.unfinished import close
from tasks.windows import Window

PLANS = 5
CHUNK_TAG = "sparkify-chunk"  # the bootstrap limits how many run at once, over all backfills


class Target:
    """Where a backfill loads to: the warehouse, the connections for planning, and its flow run.

    The `jobs` that load at once share the statements that one run would have at once.
    """

    def __init__(self, warehouse: Redshift, engine: Engine, flow_run_id: str, jobs: int) -> None:
        self.workers = max(1, WORKERS // jobs)
        self.warehouse = warehouse
        self.engine = engine
        self.flow_run_id = flow_run_id


@task(name="load-chunk", task_run_name="load-chunk {window}", tags=[CHUNK_TAG], **WRITING)
def load_chunk(
    target: Target, window: Window, only: str, first: bool, songs: bool, force: bool
) -> Outcome:
    """Load what the choice `only` takes of a chunk, and new `songs`, and publish it in one commit."""

    def plan() -> Plan:
        made = plan_backfill(target.engine, target.warehouse.lake, window, only, first, force)
        nonce = "" if made.objects else target.flow_run_id
        made = replace(made, nonce=nonce)
        return _with_songs(target, made, only) if songs else made

    return _load(target, plan)


def _with_songs(target: Target, made: Plan, only: str) -> Plan:
    songs = find_songs(target.engine, target.warehouse.lake, only)
    objects = (*made.objects, *songs.objects)
    back = (*made.returned, *songs.returned)
    return replace(made, objects=objects, returned=back, vanished=songs.vanished)


@task(name="load-songs", task_run_name="load-songs", **WRITING)
def load_songs(target: Target, window: Window, only: str) -> Outcome:
    """Load new and changed songs, before the chunks, so that these match their plays once."""
    nothing = Plan(BACKFILL, window, ())
    return _load(target, lambda: _with_songs(target, nothing, only))


def _load(target: Target, plan: Callable[[], Plan]) -> Outcome:
    """Plan and load; plan again when other runs were faster."""
    for _ in range(PLANS):
        made = plan()
        close(target.engine, made)
        if outcome := run_plan(target, made):
            return outcome
    raise SparkifyError(
        f"{made.window}: other runs published it, or its objects changed, {PLANS} times over; run it again"
    )


def run_plan(target: Target, plan: Plan) -> Outcome | None:
    """Pin a plan and load it; None when it must be planned again."""
    if not plan.objects and not plan.replace:
        return Outcome(plan.flow, "", str(plan.window), "nothing new")
    try:
        now = datetime.now(UTC)
        run = pin(target.warehouse, plan, target.flow_run_id, now, target.engine)
    except Superseded:
        return None
    return attempt(run, lambda pinned: load(pinned, target.workers))
