"""What is noted beside a publish is noted once, whichever COMMIT gets no reply."""

from contextlib import closing

import pytest
from chaos.proxy import Nth, proxy
from chaos.scene import warehouse_block
from loading import Warehouse
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from blocks.errors import ChecksFailed
from blocks.transient import is_transient
from embedded import postgres
from tasks.attempt import attempt
from tasks.load import load
from tasks.load_fact import load_fact
from tasks.stage import stage


def behind_a_proxy(warehouse, at, work):
    """Do some work while the reply to the COMMIT of a number is lost; returns how many were sent.

    Outside of what is tried again on the spot, Prefect would try again what the reply was lost to.
    """
    counting = Nth(b"COMMIT\0", at)
    with proxy(postgres.connect_arguments()["port"], counting) as between:
        block = warehouse_block(
            warehouse.block.database, warehouse.bucket.bucket, port=between.port
        )
        try:
            with closing(Warehouse(block, warehouse.bucket)) as behind:
                work(behind)
        except DBAPIError as error:
            if at is None or not is_transient(error):
                raise
    assert counting.seen
    return len(counting.seen)


def test_a_run_that_finds_nothing_is_noted_once(warehouse):
    commits = behind_a_proxy(warehouse, None, Warehouse.hourly)
    for at in range(commits):
        behind_a_proxy(warehouse, at, Warehouse.hourly)
    noted = "SELECT run_id FROM etl.runs WHERE status = 'nothing new'"
    found = warehouse.rows(noted)
    assert len(found) > 1
    assert len(found) == len(set(found))


def fail_a_check(behind):
    run = behind.pin()
    stage.fn(run, run.parts[0].table)
    load_fact.fn(run)
    with run.engine.begin() as connection:
        connection.execute(text("INSERT INTO songplays SELECT * FROM songplays"))
    with pytest.raises(ChecksFailed):
        attempt(run, load)


def test_the_verdicts_of_a_failed_run_are_kept_once(warehouse):
    warehouse.put_events("ts\n2018-11-01 10:00")
    last = behind_a_proxy(warehouse, None, fail_a_check) - 1
    warehouse.put_events("ts\n2018-11-01 11:00")  # another run
    behind_a_proxy(warehouse, last, fail_a_check)
    assert warehouse.rows("SELECT status, COUNT(*) FROM etl.runs GROUP BY status") == [
        ("failed", 2)
    ]
    kept = "SELECT run_id, check_name FROM etl.check_results"
    found = warehouse.rows(kept)
    assert len(found) == len(set(found))
