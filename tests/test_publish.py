import gzip
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from tables import events, ndjson

from blocks.errors import ChecksFailed, Unreadable
from tasks.attempt import attempt
from tasks.load import load
from tasks.windows import Window

NOVEMBER = Window(datetime(2018, 11, 1), datetime(2018, 12, 1))
PLAYS = "SELECT user_id FROM sparkify.songplays ORDER BY start_time, user_id"
DAILY = "log_data/2018/11/2018-11-01-events.json"


def test_a_daily_object_that_grows_writes_only_what_is_new(warehouse):
    drawn = """
        ts               | userId
        2018-11-01 10:00 | 8
        2018-11-01 10:01 | 9
    """
    warehouse.put_events(drawn, DAILY)
    warehouse.hourly()
    warehouse.put_events(drawn + "        2018-11-01 11:00 | 10\n", DAILY)
    outcome = warehouse.hourly()
    assert outcome.tables["songplays"] == {"inserted": 1, "updated": 0, "deleted": 0}
    assert outcome.tables["users"] == {"inserted": 1, "updated": 0, "deleted": 0}
    assert outcome.tables["time"] == {"inserted": 1, "updated": 0, "deleted": 0}


def test_an_object_that_goes_back_to_what_it_was_is_a_change(warehouse):
    for user in ("8", "9", "8"):
        warehouse.put_events(f"ts | userId\n2018-11-01 10:00 | {user}", DAILY)
        assert warehouse.hourly() is not None
    assert warehouse.hourly() is None
    assert warehouse.rows("SELECT status FROM etl.objects ORDER BY 1") == [
        ("published",),
        ("superseded",),
    ]


def test_two_attempts_of_one_run_publish_once(warehouse):
    warehouse.put_events("ts | userId\n2018-11-01 10:00 | 8\n2018-11-01 10:01 | 9")
    plan = warehouse.plan(datetime(2018, 12, 1))
    from datetime import UTC

    from tasks.pin import pin

    runs = [pin(warehouse.block, plan, "flow-run", datetime.now(UTC)) for _ in range(2)]
    assert runs[0].id == runs[1].id
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda run: attempt(run, load), runs))
    assert any(outcomes)
    assert warehouse.rows(PLAYS) == [("8",), ("9",)]


def test_a_run_that_slept_cannot_publish_what_another_has_published_since(warehouse):
    warehouse.put_events("ts | userId\n2018-11-01 10:00 | 8", DAILY)
    sleeper = warehouse.pin()
    warehouse.put_events("ts | userId | level\n2018-11-01 10:00 | 8 | paid", DAILY)
    assert warehouse.hourly() is not None
    warehouse.put_events("ts | userId\n2018-11-01 10:00 | 8", DAILY)  # so that its version is there
    assert attempt(sleeper, load) is None
    assert warehouse.rows("SELECT level FROM sparkify.songplays") == [("paid",)]
    assert warehouse.value("SELECT COUNT(*) FROM etl.runs WHERE status = 'superseded'") == 1


def test_a_crash_before_publish_leaves_the_objects_pending_and_the_next_run_resumes(warehouse):
    warehouse.put_events("ts\n2018-11-01 10:00")
    left = warehouse.pin()
    from tasks.stage import stage

    stage.fn(left, left.parts[0].table)
    assert warehouse.rows("SELECT status FROM etl.objects") == [("pending",)]
    again = warehouse.pin()
    assert again.id == left.id
    assert again.done(f"stage {left.parts[0].table}")["lines"] == 1
    assert attempt(again, load).status == "published"
    assert warehouse.rows("SELECT status FROM etl.objects") == [("published",)]


def test_a_failed_check_publishes_nothing_and_a_retry_builds_again_from_what_is_staged(warehouse):
    warehouse.put_events("ts | userId\n2018-11-01 10:00 | 8")
    run = warehouse.pin()
    from sqlalchemy import text

    from tasks.load_fact import load_fact
    from tasks.stage import stage

    stage.fn(run, run.parts[0].table)
    load_fact.fn(run)
    with run.engine.begin() as connection:
        connection.execute(text("INSERT INTO songplays SELECT * FROM songplays"))
    with pytest.raises(ChecksFailed, match="songplays_are_unique"):
        attempt(run, load)
    assert warehouse.value("SELECT COUNT(*) FROM sparkify.songplays") == 0
    assert warehouse.rows("SELECT status FROM etl.runs") == [("failed",)]
    broken = "SELECT rows_broken FROM etl.check_results WHERE check_name = 'songplays_are_unique'"
    assert warehouse.rows(broken) == [(1,)]
    assert warehouse.hourly().tables["songplays"]["inserted"] == 1


def test_replacement_leaves_exactly_the_plays_that_the_lake_holds(warehouse):
    warehouse.put_events(
        """
        ts               | userId
        2018-11-01 10:00 | 8
        2018-11-01 10:01 | 9
        2018-12-01 00:30 | 10
        """,
        DAILY,
    )
    warehouse.backfill(NOVEMBER)
    warehouse.put_events("ts | userId\n2018-11-01 10:00 | 8", DAILY)
    outcome = warehouse.backfill(NOVEMBER, only="all")
    assert warehouse.rows(PLAYS) == [("8",), ("10",)]
    assert outcome.tables["songplays"] == {"inserted": 0, "updated": 0, "deleted": 1}


def test_replacement_again_changes_nothing(warehouse):
    warehouse.put_events("ts\n2018-11-01 10:00", DAILY)
    warehouse.backfill(NOVEMBER)
    before = warehouse.tables()
    for _ in range(2):
        outcome = warehouse.backfill(NOVEMBER, only="all")
        assert outcome.tables["songplays"] == {"inserted": 0, "updated": 0, "deleted": 0}
    assert warehouse.tables() == before


def test_replacement_is_refused_when_an_object_cannot_be_read(warehouse):
    body = gzip.compress(ndjson(events("ts\n2018-11-01 10:00")))
    warehouse.bucket.put(DAILY + ".gz", body)
    warehouse.backfill(NOVEMBER)
    warehouse.bucket.put(DAILY + ".gz", body[:-20])
    with pytest.raises(Unreadable, match="--force"):
        warehouse.backfill(NOVEMBER, only="all")
    assert warehouse.value("SELECT COUNT(*) FROM sparkify.songplays") == 1
    warehouse.backfill(NOVEMBER, only="all", force=True)
    assert warehouse.value("SELECT COUNT(*) FROM sparkify.songplays") == 0


def test_run_schemas_are_dropped_at_success(warehouse):
    warehouse.load("ts\n2018-11-01 10:00")
    schemas = "SELECT COUNT(*) FROM pg_namespace WHERE nspname LIKE 'run%'"
    assert warehouse.value(schemas) == 0
