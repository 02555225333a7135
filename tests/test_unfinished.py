"""Objects that were seen and not loaded: they are settled when they vanish, and taken when they return."""

from contextlib import suppress

import pytest
from tables import ndjson, songs

from blocks.errors import Superseded
from blocks.lake import Lake
from tasks.attempt import attempt
from tasks.load import load
from tasks.windows import Window, parse_moment

KEY = "log_data/2018/11/01/2018-11-01-10-events.json"
OLD = "log_data/2017/01/01/2017-01-01-10-events.json"
SONG = "song_data/A/B/C/TRSO1.json"
YEARS = 3 * 365 * 24  # hours: a lookback that reaches OLD
DRAWN = "ts | userId\n2018-11-01 10:00 | 8"
LEDGER = "SELECT key, status, reason FROM etl.objects ORDER BY key, status"
GONE = "the object is gone from the lake"
CHANGED = "the object changed while it was loaded"


def put(warehouse, key, text="A"):
    """Write an object of this content under the key; the same text is the same ETag."""
    if key == SONG:
        warehouse.bucket.put(key, ndjson(songs(f"song_id | title\nSO1 | {text}")))
    else:
        warehouse.put_events(f"ts | song\n2018-11-01 10:00 | {text}", key)


def pin_and_die(warehouse):
    """A run that was killed as soon as it had pinned its batch."""
    warehouse.pin().close()
    assert {row[1] for row in warehouse.rows(LEDGER)} == {"pending"}


@pytest.mark.parametrize("key", [KEY, SONG])
def test_a_pending_object_that_is_gone_is_quarantined_by_the_next_run(warehouse, key):
    put(warehouse, key)
    pin_and_die(warehouse)
    warehouse.bucket.store.delete(key)
    assert warehouse.hourly() is None
    assert warehouse.rows(LEDGER) == [(key, "quarantined", GONE)]


def test_a_pending_song_that_is_gone_is_settled_by_a_backfill_that_loads_songs(warehouse):
    put(warehouse, SONG)
    pin_and_die(warehouse)
    warehouse.bucket.store.delete(SONG)
    warehouse.backfill(Window(parse_moment("2018-11-01"), parse_moment("2018-11-02")))
    assert warehouse.rows(LEDGER) == [(SONG, "quarantined", GONE)]


@pytest.mark.parametrize("key", [KEY, OLD, SONG])
def test_an_object_that_had_vanished_is_loaded_when_it_is_back_unchanged(warehouse, key):
    put(warehouse, key)
    run = warehouse.pin(lookback=YEARS)
    warehouse.bucket.store.delete(key)
    attempt(run, load)
    assert warehouse.rows(LEDGER) == [(key, "quarantined", GONE)]
    assert warehouse.hourly() is None
    put(warehouse, key)
    assert warehouse.hourly().quarantined == []
    assert warehouse.rows(LEDGER) == [(key, "published", None)]


def test_a_pending_object_that_vanished_and_came_back_is_loaded(warehouse):
    put(warehouse, KEY)
    pin_and_die(warehouse)
    warehouse.bucket.store.delete(KEY)
    warehouse.hourly()
    put(warehouse, KEY)
    warehouse.hourly()
    assert warehouse.rows(LEDGER) == [(KEY, "published", None)]


def test_an_object_that_changed_under_the_load_is_loaded_when_it_changes_back(warehouse):
    put(warehouse, KEY, "A")
    run = warehouse.pin()
    put(warehouse, KEY, "B")
    attempt(run, load)
    assert warehouse.rows(LEDGER) == [(KEY, "quarantined", CHANGED)]
    put(warehouse, KEY, "A")
    warehouse.hourly()
    assert warehouse.rows(LEDGER) == [(KEY, "published", None)]
    assert warehouse.rows("SELECT song_title FROM sparkify.songplays") == [("A",)]


def test_a_song_that_goes_back_to_its_published_version_is_no_longer_quarantined(warehouse):
    put(warehouse, SONG)
    warehouse.hourly()
    warehouse.bucket.put(SONG, b"broken")
    assert len(warehouse.hourly().quarantined) == 1
    put(warehouse, SONG)
    warehouse.hourly()
    assert [row[1] for row in warehouse.rows(LEDGER)] == ["published", "superseded"]


@pytest.mark.parametrize("only", ["missing", "failed", "changed"])
def test_an_old_object_that_went_back_is_no_longer_quarantined_after_a_backfill(warehouse, only):
    put(warehouse, OLD)
    warehouse.hourly(lookback=YEARS)
    warehouse.bucket.put(OLD, b"this is\nno log")
    warehouse.hourly(lookback=YEARS)
    put(warehouse, OLD)
    warehouse.hourly()
    assert [row[1] for row in warehouse.rows(LEDGER)] == ["published", "quarantined"]
    warehouse.backfill(Window(parse_moment("2017-01-01"), parse_moment("2017-01-02")), only)
    assert [row[1] for row in warehouse.rows(LEDGER)] == ["published", "superseded"]


def test_a_pending_version_is_closed_when_the_lake_goes_back_to_a_broken_one(warehouse):
    warehouse.bucket.put(KEY, b"this is\nno log")
    warehouse.hourly()
    put(warehouse, KEY)
    warehouse.pin().close()
    warehouse.bucket.put(KEY, b"this is\nno log")
    assert warehouse.hourly() is None
    assert [row[1] for row in warehouse.rows(LEDGER)] == ["quarantined", "superseded"]


OTHERS = {
    "has pinned": lambda warehouse: warehouse.pin().close(),
    "has published": lambda warehouse: warehouse.hourly(),
}


@pytest.mark.parametrize("other", OTHERS)
def test_a_song_that_another_run_takes_meanwhile_is_loaded_once(warehouse, monkeypatch, other):
    """Between this run's look at the ledger and its listing."""
    from tasks import find_songs

    listing = find_songs.list_songs

    def come_then_list(lake: Lake):
        put(warehouse, SONG)
        monkeypatch.setattr(find_songs, "list_songs", listing)
        OTHERS[other](warehouse)
        return listing(lake)

    monkeypatch.setattr(find_songs, "list_songs", come_then_list)
    with suppress(Superseded):  # a flow plans again
        warehouse.hourly()
    assert warehouse.rows(LEDGER) == [(SONG, "published", None)]
    assert warehouse.value("SELECT COUNT(*) FROM sparkify.songs") == 1
    assert warehouse.hourly() is None
