"""Replacements, objects that come back, and runs that are repeated: what a careful reader tried to break."""

import gzip
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import DBAPIError
from tables import events, ndjson

from blocks.errors import ChecksFailed, SparkifyError
from blocks.settings import escaped
from tasks import chunk, merge
from tasks.attempt import attempt
from tasks.load import load
from tasks.pin import pin
from tasks.planning import plan_backfill
from tasks.preview import preview, preview_songs
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


def change_once_pinned(monkeypatch, change):
    """Change the lake when a run has pinned its batch and has not read it yet; once."""
    changes = [change]

    def pin_and_change(*arguments):
        run = pin(*arguments)
        for each in changes:
            each()
        changes.clear()
        return run

    monkeypatch.setattr(chunk, "pin", pin_and_change)


def test_a_replacement_is_planned_again_when_an_object_changes_under_it(warehouse, monkeypatch):
    warehouse.put_events("ts | userId\n2018-11-01 10:00 | 8", DAILY)
    warehouse.hourly()
    drawn = "ts | userId\n2018-11-01 10:00 | 9"
    change_once_pinned(monkeypatch, lambda: warehouse.put_events(drawn, DAILY))
    outcome = warehouse.backfill(NOVEMBER, only="all")
    assert (outcome.status, outcome.quarantined) == ("published", [])
    assert warehouse.rows(PLAYS) == [("9",)]


def test_a_replacement_is_planned_again_when_an_object_vanishes_under_it(warehouse, monkeypatch):
    warehouse.put_events("ts | userId\n2018-11-01 10:00 | 8", DAILY)
    warehouse.put_events("ts | userId\n2018-11-02 10:00 | 9")
    warehouse.hourly()
    change_once_pinned(monkeypatch, lambda: warehouse.bucket.store.delete(DAILY))
    warehouse.backfill(NOVEMBER, only="all")
    assert warehouse.rows(PLAYS) == [("9",)]


def test_a_replacement_whose_objects_always_change_ends(warehouse, monkeypatch):
    warehouse.put_events("ts | userId\n2018-11-01 10:00 | 8", DAILY)
    users = iter(range(10, 99))

    def pin_and_change(*arguments):
        run = pin(*arguments)
        warehouse.put_events(f"ts | userId\n2018-11-01 10:00 | {next(users)}", DAILY)
        return run

    monkeypatch.setattr(chunk, "pin", pin_and_change)
    with pytest.raises(SparkifyError, match="its objects changed, 5 times over"):
        warehouse.backfill(NOVEMBER, only="all")


def test_a_broken_song_does_not_keep_a_window_from_being_replaced(warehouse):
    warehouse.put_events("ts | userId\n2018-11-01 10:00 | 8", DAILY)
    warehouse.bucket.put("song_data/A/B/C/TR1.json", b"broken")
    outcome = warehouse.backfill(NOVEMBER, only="all")
    assert [entry["key"] for entry in outcome.quarantined] == ["song_data/A/B/C/TR1.json"]
    assert warehouse.rows(PLAYS) == [("8",)]


def test_a_replacement_that_would_leave_other_plays_publishes_nothing(warehouse, monkeypatch):
    """The merge is kept from removing what the lake has lost, as a mistake in it would."""
    warehouse.put_events("ts | userId\n2018-11-01 10:00 | 8\n2018-11-01 11:00 | 9", DAILY)
    warehouse.hourly()
    warehouse.put_events("ts | userId\n2018-11-01 10:00 | 8", DAILY)
    monkeypatch.setattr(merge, "_remove_gone", lambda connection, window, merged: merged)
    with pytest.raises(ChecksFailed, match="replaced_plays_equal_the_runs"):
        warehouse.backfill(NOVEMBER, only="all")
    assert warehouse.rows(PLAYS) == [("8",), ("9",)]
    monkeypatch.undo()
    outcome = warehouse.backfill(NOVEMBER, only="all")
    assert "replaced_plays_equal_the_runs" in {check.name for check in outcome.checks}
    assert warehouse.rows(PLAYS) == [("8",)]


def test_a_dry_run_of_a_replacement_counts_what_it_would_stage_around_its_window(warehouse):
    warehouse.put_events("ts\n2018-10-31 10:00")
    warehouse.put_events("ts\n2018-11-05 10:00")
    warehouse.put_events("ts\n2018-12-03 10:00")
    warehouse.put_events("ts\n2018-12-09 10:00")
    lake = warehouse.block.lake
    shown = preview(warehouse.engine, lake, NOVEMBER, "all", True)
    assert (shown.objects, shown.to_load) == (3, 3)
    assert warehouse.backfill(NOVEMBER, only="all").sources["events"]["objects"] == 3


def test_a_dry_run_counts_the_songs(warehouse):
    warehouse.put_songs("song_id\nSO1\nSO2")
    warehouse.hourly()
    warehouse.put_songs("song_id | title\nSO2 | New\nSO3 | A")
    shown = preview_songs(warehouse.engine, warehouse.block.lake, "missing")
    assert (shown.objects, shown.published, shown.to_load) == (3, 1, 2)
