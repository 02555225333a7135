"""End what a flow run is doing in the warehouse, when it is cancelled, terminated or found dead.

A thread that waits for a statement does not notice a signal, and a session whose client was killed
works on. Nothing is published by that, but the statement costs, and holds its locks, until it ends.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from prefect.exceptions import TerminationSignal
from prefect.task_runners import ThreadPoolTaskRunner
from sqlalchemy import Engine

from blocks.redshift import Redshift
from blocks.transient import in_transaction
from sql import execute
from tasks.maintain_alive import label_of
from tasks.pin import end_run

PATIENCE = (
    10.0  # seconds in which a flow that was told to stop cancels what its threads still begin
)
QUIET_LOOKS = 3  # looks in a row without a statement, after which its threads have ended


@contextmanager
def stopping(
    warehouse: Redshift, flow_run_id: str, runner: ThreadPoolTaskRunner[Any]
) -> Iterator[None]:
    """When a signal ends the block: begin no more tasks, and cancel the statements of those at work."""
    try:
        yield
    except (TerminationSignal, KeyboardInterrupt):
        # It waits for the threads, which wait for their statements.
        threading.Thread(target=runner.cancel_all, name="cancel-tasks", daemon=True).start()
        cancel_statements(warehouse, flow_run_id)
        raise


def cancel_statements(warehouse: Redshift, flow_run_id: str) -> None:
    """Cancel the statements of a flow run of this process until its threads begin no more."""
    quiet, deadline = 0, time.monotonic() + PATIENCE
    with _connections(warehouse) as engine:
        while quiet < QUIET_LOOKS and time.monotonic() < deadline:
            runs = runs_of(engine, flow_run_id)
            found = _each_session(engine, runs, "ledger/cancel_statement")
            quiet = 0 if found else quiet + 1
            time.sleep(0.1)


def end_sessions(warehouse: Redshift, flow_run_id: str, reason: str) -> list[int]:
    """End the sessions that a dead flow run has left at work, and note its runs as failed.

    Returns the process ids of the sessions. The next run takes up what is done. A process of the
    flow run that is not dead begins its statement anew when its session ends: once its runs are
    failed it may not publish, and what it has begun until then is ended too.
    """
    with _connections(warehouse) as engine:
        runs = runs_of(engine, flow_run_id)
        ended = _each_session(engine, runs, "ledger/end_session")
        for run_id in runs:
            in_transaction(engine, _failing(run_id, reason))
        return sorted({*ended, *_each_session(engine, runs, "ledger/end_session")})


def runs_of(engine: Engine, flow_run_id: str) -> list[str]:
    """The runs that a flow run has begun and not ended."""
    with engine.begin() as connection:
        found = execute(connection, "ledger/runs_of_flow_run", {"flow_run_id": flow_run_id})
        return [run_id for run_id, _ in found]


def _failing(run_id: str, reason: str) -> Callable[..., None]:
    return lambda connection: end_run(connection, run_id, "failed", reason)


def _each_session(engine: Engine, runs: list[str], statement: str) -> list[int]:
    """Tell each session that works for one of these runs to stop, by its label."""
    pids: list[int] = []
    for run_id in runs:
        with engine.begin() as connection:
            label = {"label": label_of(run_id)}
            found = execute(connection, "ledger/sessions_at_work", label).scalars()
            pids += [int(pid) for pid in found]
    for pid in pids:
        with engine.begin() as connection:
            execute(connection, statement, {"pid": pid})
    return pids


@contextmanager
def _connections(warehouse: Redshift) -> Iterator[Engine]:
    engine = warehouse.engine(label="sparkify-cancel", connections=1)
    try:
        yield engine
    finally:
        engine.dispose()
