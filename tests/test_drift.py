"""A new, missing or retyped key is noticed before COPY hides it."""

import gzip
import json

import pytest
from tables import EVENT, SONG, events, ndjson

HOUR = "log_data/2018/11/01/2018-11-01-10-events"
STATUS = "SELECT status, reason FROM etl.objects"


def record(**fields):
    return EVENT | fields


def without(*names):
    return {key: value for key, value in EVENT.items() if key not in names}


def notes(warehouse, records, suffix=".json"):
    """What a run says of one object with these records."""
    body = ndjson(records)
    warehouse.bucket.put(HOUR + suffix, gzip.compress(body) if suffix.endswith("gz") else body)
    return warehouse.hourly().notes


def test_records_as_declared_are_no_drift(warehouse):
    assert notes(warehouse, [record(), record(artist=311, itemInSession=1)]) == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"deviceType": "phone"}, "events have a new key 'deviceType'"),
        ({"location": {"city": "Phoenix"}}, "events have an object in location, a VARCHAR(512)"),
        ({"artist": ["a", "b"]}, "events have an array in artist, a VARCHAR(1024)"),
        ({"registration": "today"}, "events have a text in registration, a DOUBLE PRECISION"),
        ({"status": True}, "events have true or false in status, a INTEGER"),
        ({"status": 200.5}, "events have a fraction in status, a INTEGER"),
    ],
)
def test_a_new_or_retyped_key_is_told(warehouse, changed, told):
    healthy = [record(itemInSession=n) for n in range(20)]
    assert notes(warehouse, [*healthy, record(**changed)]) == [
        f"schema drift: {told}, e.g. in {HOUR}.json"
    ]


def test_a_key_that_no_record_has_is_told(warehouse):
    assert notes(warehouse, [without("level"), without("level")], ".json.gz") == [
        f"schema drift: events lack the key level, e.g. in {HOUR}.json.gz"
    ]


def test_a_key_that_some_records_lack_is_not_told(warehouse):
    assert notes(warehouse, [without("level"), record()]) == []


def test_a_change_at_the_end_of_a_large_object_is_told(warehouse):
    many = [record(itemInSession=n) for n in range(600)]
    assert notes(warehouse, [*many, record(deviceType="phone")]) == [
        f"schema drift: events have a new key 'deviceType', e.g. in {HOUR}.json"
    ]


@pytest.mark.parametrize("name", ["ts", "page", "userId", "sessionId"])
def test_an_object_without_a_required_key_is_quarantined(warehouse, name):
    warehouse.put_events("ts\n2018-11-01 11:00")
    notes(warehouse, [without(name), without(name)])
    assert warehouse.rows(f"{STATUS} WHERE key = '{HOUR}.json'") == [
        ("quarantined", f"no record has the key {name}")
    ]
    assert warehouse.value("SELECT COUNT(*) FROM sparkify.songplays") == 1


def test_a_user_id_may_be_empty_but_not_absent(warehouse):
    notes(warehouse, [record(userId="", page="Home")])
    assert warehouse.rows(STATUS) == [("published", None)]


@pytest.mark.parametrize("name", ["song_id", "title", "artist_id"])
def test_a_song_without_a_required_key_is_quarantined(warehouse, name):
    song = {key: value for key, value in SONG.items() if key != name}
    warehouse.bucket.put("song_data/A/B/C/TR1.json", json.dumps(song))
    warehouse.hourly()
    assert warehouse.rows(STATUS) == [("quarantined", f"no record has the key {name}")]


def test_drift_in_songs_is_told(warehouse):
    song = {key: value for key, value in SONG.items() if key != "year"}
    warehouse.bucket.put("song_data/A/B/C/TR1.json", json.dumps(song | {"genre": "pop"}))
    assert warehouse.hourly().notes[-2:] == [
        "schema drift: songs have a new key 'genre', e.g. in song_data/A/B/C/TR1.json",
        "schema drift: songs lack the key year, e.g. in song_data/A/B/C/TR1.json",
    ]


def test_drift_is_told_again_by_a_run_that_is_taken_up(warehouse):
    from tasks.attempt import attempt
    from tasks.load import load
    from tasks.stage import stage

    warehouse.bucket.put(HOUR + ".json", ndjson([record(deviceType="phone")]))
    left = warehouse.pin()
    stage.fn(left, left.parts[0].table)
    outcome = attempt(warehouse.pin(), load)
    assert outcome.notes == [
        f"schema drift: events have a new key 'deviceType', e.g. in {HOUR}.json"
    ]


def test_a_column_that_a_csv_lacks_is_told(warehouse):
    names = [name for name in EVENT if name != "level"]
    row = events("ts\n2018-11-01 10:00")[0]
    body = ",".join(names) + "\n" + ",".join(str(row[n]).replace(",", "") for n in names)
    warehouse.bucket.put(HOUR + ".csv", body.replace('"', ""))
    assert warehouse.hourly().notes == [
        f"schema drift: events lack the key level, e.g. in {HOUR}.csv"
    ]


def test_what_many_chunks_of_a_backfill_meet_is_told_once(warehouse):
    from datetime import datetime

    from tasks.chunks import cut
    from tasks.outcome import total
    from tasks.windows import Window

    for hour in (10, 11):
        key = f"log_data/2018/11/01/2018-11-01-{hour}-events.json"
        warehouse.bucket.put(key, ndjson([record(deviceType="phone")]))
    window = Window(datetime(2018, 11, 1, 10), datetime(2018, 11, 1, 12))
    outcomes = [warehouse.backfill(hour) for hour in cut(window, "hour", False, False)]
    assert [len(outcome.notes) for outcome in outcomes] == [1, 1]
    assert total(outcomes, "sparkify-backfill", str(window)).notes == [
        f"schema drift: events have a new key 'deviceType', e.g. in {HOUR}.json"
    ]
