"""Replacements, objects that come back, and runs that are repeated: what a careful reader tried to break."""

import gzip
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import DBAPIError
from tables import events, ndjson

from blocks.settings import escaped
from tasks.attempt import attempt
from tasks.load import load
from tasks.pin import pin
from tasks.planning import plan_backfill
from tasks.windows import Window

NOVEMBER = Window(datetime(2018, 11, 1), datetime(2018, 12, 1))
DAILY = "log_data/2018/11/2018-11-01-events.json"
PLAYS = "SELECT user_id FROM sparkify.songplays ORDER BY start_time, user_id"
GOOD = gzip.compress(ndjson(events("ts\n2018-11-01 10:00")), mtime=0)


def test_a_replacement_that_slept_removes_nothing_that_others_published_meanwhile(warehouse):
    warehouse.put_events("ts | userId\n2018-11-01 10:00 | 8", DAILY)
    warehouse.hourly()
    plan = plan_backfill(warehouse.engine, warehouse.block.lake, NOVEMBER, "all", True, False)
    sleeper = pin(warehouse.block, plan, "flow-run", datetime.now(UTC))
    warehouse.put_events("ts | userId\n2018-11-05 10:00 | 9")
    warehouse.hourly()
    assert attempt(sleeper, load) is None
    assert warehouse.rows(PLAYS) == [("8",), ("9",)]


def test_what_a_forced_replacement_went_without_is_loaded_when_it_is_back(warehouse):
    for body in (GOOD, b"broken"):
        warehouse.bucket.put(DAILY + ".gz", body)
        warehouse.hourly()
    warehouse.backfill(NOVEMBER, only="all", force=True)
    assert warehouse.rows(PLAYS) == []
    warehouse.bucket.put(DAILY + ".gz", GOOD)
    warehouse.hourly()
    assert warehouse.rows(PLAYS) == [("8",)]


def test_an_object_that_had_left_the_lake_at_a_replacement_is_loaded_when_it_is_back(warehouse):
    warehouse.bucket.put(DAILY, ndjson(events("ts\n2018-11-01 10:00")))
    warehouse.hourly()
    warehouse.bucket.store.delete(DAILY)
    warehouse.backfill(NOVEMBER, only="all")
    assert warehouse.rows(PLAYS) == []
    warehouse.bucket.put(DAILY, ndjson(events("ts\n2018-11-01 10:00")))
    warehouse.hourly()
    assert warehouse.rows(PLAYS) == [("8",)]


def test_what_failed_can_be_tried_as_often_as_one_likes(warehouse):
    warehouse.bucket.put(DAILY + ".gz", b"broken")
    warehouse.bucket.put("song_data/A/B/C/TR1.json", b"broken")
    warehouse.hourly()
    for _ in range(3):
        outcome = warehouse.backfill(NOVEMBER, only="failed")
        assert (outcome.status, len(outcome.quarantined)) == ("published", 2)


def test_an_empty_range_can_be_replaced_again(warehouse):
    for _ in range(2):
        assert warehouse.backfill(NOVEMBER, only="all").status == "published"


def test_an_object_that_goes_back_to_its_published_version_is_no_longer_quarantined(warehouse):
    for body in (GOOD, b"broken"):
        warehouse.bucket.put(DAILY + ".gz", body)
        warehouse.hourly()
    warehouse.bucket.put(DAILY + ".gz", GOOD)
    assert warehouse.hourly() is None
    assert warehouse.rows("SELECT status FROM etl.objects ORDER BY 1") == [
        ("published",),
        ("superseded",),
    ]


def test_a_role_that_may_not_copy_fails_the_run_and_blames_no_object(warehouse):
    warehouse.put_events("ts\n2018-11-01 10:00", DAILY)
    right = warehouse.block
    warehouse.block = right.model_copy(update={"copy_role": "nonsense"})
    with pytest.raises(DBAPIError):
        warehouse.hourly()
    assert warehouse.rows("SELECT status FROM etl.objects") == [("pending",)]
    warehouse.block = right
    warehouse.hourly()
    assert warehouse.rows("SELECT status FROM etl.objects") == [("published",)]


def test_songs_may_lie_at_any_depth(warehouse):
    for number, folder in enumerate(("", "A/", "A/B/", "A/B/C/")):
        song = {"song_id": f"SO{number}", "title": "A", "artist_id": "AR1"}
        warehouse.bucket.put(f"song_data/{folder}TR{number}.json", ndjson([song]))
    warehouse.hourly()
    assert warehouse.value("SELECT COUNT(*) FROM sparkify.songs") == 4


def test_a_session_label_may_hold_blanks():
    assert escaped("a b\\c") == "a\\ b\\\\c"
