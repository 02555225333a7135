"""A run that was cancelled, or taken for dead, while a process of it lives on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from blocks.errors import Stopped
from tasks.attempt import attempt
from tasks.cancelling import end_sessions
from tasks.closing import fail_run
from tasks.load import load
from tasks.pin import pin

NOVEMBER_ENDS = datetime(2018, 12, 1)


@pytest.fixture
def plan(warehouse):
    warehouse.put_events("ts | userId\n2018-11-01 10:00 | 8")
    return warehouse.plan(NOVEMBER_ENDS)


def pinned(warehouse, plan, flow_run_id):
    return pin(warehouse.block, plan, flow_run_id, datetime.now(UTC))


def plays(warehouse):
    return warehouse.value("SELECT COUNT(*) FROM sparkify.songplays")


def test_who_lives_on_in_publish_cannot_publish(warehouse, plan):
    """Its session ends, it begins the transaction anew, and learns there that it was stopped."""
    run = pinned(warehouse, plan, "cancelled")
    with warehouse.engine.connect() as holder, ThreadPoolExecutor(1) as pool:
        holder.execute(text("LOCK sparkify.users"))
        living_on = pool.submit(attempt, run, load)
        warehouse.await_waiter()
        assert end_sessions(warehouse.block, "cancelled", "Cancelling in Prefect")
        with pytest.raises(Stopped, match="was ended meanwhile: Cancelling in Prefect"):
            living_on.result(timeout=60)
    assert plays(warehouse) == 0
    assert warehouse.rows("SELECT status FROM etl.runs") == [("failed",)]
    assert warehouse.rows("SELECT status FROM etl.objects") == [("pending",)]


def test_who_was_doing_something_else_cannot_publish_either(warehouse, plan):
    run = pinned(warehouse, plan, "cancelled")
    assert end_sessions(warehouse.block, "cancelled", "Crashed in Prefect") == []
    with pytest.raises(Stopped, match="Crashed in Prefect"):
        attempt(run, load)
    assert plays(warehouse) == 0


@pytest.mark.parametrize("flow_run_id", ["cancelled", "the next one"])
def test_it_can_when_it_is_begun_again(warehouse, plan, flow_run_id):
    pinned(warehouse, plan, "cancelled")
    end_sessions(warehouse.block, "cancelled", "Cancelling in Prefect")
    assert attempt(pinned(warehouse, plan, flow_run_id), load).status == "published"
    assert plays(warehouse) == 1


def test_a_failure_of_another_flow_run_stops_nobody(warehouse, plan):
    first = pinned(warehouse, plan, "first")
    fail_run(pinned(warehouse, plan, "second"), "OperationalError: gone", [])
    assert attempt(first, load).status == "published"
