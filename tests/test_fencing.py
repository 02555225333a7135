"""Who holds the publish lock, and what becomes of a holder that died."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from blocks.transient import is_lost_connection
from sql import execute
from tasks.attempt import attempt
from tasks.fencing import Fence, idle_holders, lock_publishing
from tasks.load import load

SOON = Fence(patience=0.1, limit=1, looks=2)


@pytest.fixture
def other(block):
    """The engine of another client."""
    made = block.engine(connections=1)
    yield made
    made.dispose()


def lock(connection):
    execute(connection, "ledger/lock")
    return connection.execute(text("SELECT pg_backend_pid()")).scalar_one()


def take(engine, fence):
    with engine.begin() as connection:
        return lock_publishing(connection, fence)


def test_a_dead_client_that_holds_the_lock_is_ended(warehouse, other):
    with pytest.raises(DBAPIError) as lost, other.begin() as connection:  # noqa: PT012 - the session dies in it
        pid = lock(connection)
        (note,) = take(warehouse.engine, SOON)
        assert note.startswith(f"ended session {pid}: it held the publish lock, idle for ")
        connection.execute(text("SELECT run_id FROM etl.publish_lock"))
    assert is_lost_connection(lost.value)


def test_one_who_only_reads_the_lock_is_ended_too(warehouse, other):
    connection = other.connect()
    connection.execute(text("SELECT run_id FROM etl.publish_lock"))
    (note,) = take(warehouse.engine, SOON)
    assert note.startswith("ended session")
    connection.invalidate()


def test_a_holder_that_has_not_been_idle_for_the_limit_is_waited_for(warehouse, other):
    with ThreadPoolExecutor(1) as pool:
        with other.begin() as connection:
            lock(connection)
            future = pool.submit(take, warehouse.engine, Fence(patience=0.01, limit=600, looks=1))
            warehouse.await_waiter()
            assert not idle_holders(warehouse.engine, 600)
        assert future.result(timeout=60) == []


def test_a_holder_that_works_is_waited_for_however_long(warehouse, other):
    """Its statement waits for a third session all the time, so it is not idle."""
    third = warehouse.engine.connect()
    third.execute(text("LOCK sparkify.users"))
    with ThreadPoolExecutor(2) as pool:

        def work():
            with other.begin() as connection:
                lock(connection)
                return connection.execute(text("SELECT COUNT(*) FROM sparkify.users")).scalar_one()

        working = pool.submit(work)
        warehouse.await_waiter()
        waiting = pool.submit(take, warehouse.engine, Fence(patience=0.01, limit=0, looks=1))
        warehouse.await_waiter(2)
        assert idle_holders(warehouse.engine, 0) == {}
        third.rollback()
        third.close()
        assert working.result(timeout=60) == 0
        assert waiting.result(timeout=60) == []


def test_the_next_publisher_ends_a_dead_one_and_its_outcome_says_so(warehouse, other):
    warehouse.put_events("ts\n2018-11-01 10:00")
    run = warehouse.pin(datetime(2018, 12, 1))
    run.fence = SOON
    connection = other.connect()
    lock(connection)
    outcome = attempt(run, load)
    connection.invalidate()
    assert outcome.status == "published"
    assert "it held the publish lock" in outcome.notes[-1]
    assert warehouse.value("SELECT COUNT(*) FROM sparkify.songplays") == 1
