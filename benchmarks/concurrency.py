"""Do loads that wait for the warehouse wait side by side? `python -m benchmarks.concurrency`.

Five loads of one run, each of which must wait for a lock on its own table, which is let go some time
after the load begins to wait for it: one after the other, and on the task runner of the hourly flow.
"""

from __future__ import annotations

import argparse
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from benchmarks.limit import seconds
from benchmarks.results import keep, median
from benchmarks.scene import scene

LOADS = 5
WAITING = """
SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND relation = 'bench.gate_{number}'::regclass
"""


def main() -> None:
    """Measure a few rounds of both, in turn."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.concurrency")
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each load waits")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with scene():
        _make_gates()
        _measure(0.1)  # the first tasks of all import what every other one finds imported
        rounds = [_measure(options.seconds) for _ in range(options.rounds)]
    faster = median([one["faster"] for one in rounds])
    keep("concurrency", vars(options), {"median": {"faster": faster}, "rounds": rounds})


def _measure(wait: float) -> dict[str, float]:
    from prefect import flow, task

    from flows.hourly import RUNNER
    from tasks.retries import WRITING

    loading = task(name="load", **WRITING)(_load)

    @flow(name="benchmark-loads", task_runner=RUNNER)
    def loads() -> dict[str, float]:
        found = {}
        with _gates(wait), _run() as run:
            found["alone"] = seconds(lambda: [loading(run, n) for n in range(LOADS)])
        with _gates(wait), _run() as run:
            found["together"] = seconds(
                lambda: [f.result() for f in [loading.submit(run, n) for n in range(LOADS)]]
            )
        return found | {"faster": round(found["alone"] / found["together"], 3)}

    return loads()


def _load(run: Any, number: int) -> Any:
    """One load of a run, as every step is: its table and its record in one transaction."""
    from sqlalchemy import text

    statement = f"CREATE TABLE {run.schema}.loaded_{number} AS SELECT * FROM bench.gate_{number}"
    return run.once(f"load {number}", lambda c: {"rows": c.execute(text(statement)).rowcount})


@contextmanager
def _run() -> Any:
    """A pinned run of no objects, whose steps are the loads."""
    from embedded.block import EmbeddedRedshift
    from tasks.closing import drop_schema
    from tasks.pin import pin
    from tasks.run import Plan
    from tasks.schema import ensure_schema
    from tasks.windows import Window

    block = EmbeddedRedshift()
    engine = block.engine(connections=1)
    ensure_schema(engine)
    engine.dispose()
    window = Window(datetime(2026, 1, 1), datetime(2026, 1, 2))
    nonce = uuid.uuid4().hex
    run = pin(block, Plan("sparkify-bench", window, (), nonce=nonce), nonce, datetime.now(UTC))
    try:
        yield run
    finally:
        drop_schema(run)
        run.close()


@contextmanager
def _gates(wait: float) -> Any:
    """Hold every load's lock until the load has waited for it so long."""
    with ThreadPoolExecutor(LOADS) as pool:
        held = [_lock(number) for number in range(LOADS)]
        opened = [pool.submit(_open, *gate, wait) for gate in enumerate(held)]
        yield
        for one in opened:
            one.result()


def _lock(number: int) -> Any:
    from embedded import postgres

    connection = postgres.connect(postgres.DEFAULT_DATABASE)
    connection.autocommit = False
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE bench.gate_{number} IN ACCESS EXCLUSIVE MODE")
    return connection


def _open(number: int, connection: Any, wait: float) -> None:
    with connection.cursor() as cursor:
        while not _answer(cursor, WAITING.format(number=number)):
            time.sleep(0.005)  # between two looks, not instead of one
    time.sleep(wait)  # what the load is made to wait
    connection.rollback()
    connection.close()


def _answer(cursor: Any, question: str) -> Any:
    cursor.execute(question)
    return cursor.fetchone()[0]


def _make_gates() -> None:
    import embedded
    from embedded import postgres

    with embedded.connect(**postgres.connect_arguments()) as connection:
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA bench")
            for number in range(LOADS):
                cursor.execute(f"CREATE TABLE bench.gate_{number} (n INTEGER)")
        connection.commit()


if __name__ == "__main__":
    main()
