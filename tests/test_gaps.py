import gzip
import json
import re
from datetime import datetime

import obstore
from tables import events, ndjson

from flows.backfill import _parser
from tasks.gaps import by_day, find_gaps
from tasks.windows import Window, parse_moment, window_between

FIRST = Window(datetime(2018, 11, 1), datetime(2018, 11, 2))
BOTH = Window(datetime(2018, 11, 1), datetime(2018, 11, 3))
DAILY = "log_data/2018/11/2018-11-02-events.json"


def gaps(warehouse, window=FIRST):
    return find_gaps(warehouse.engine, warehouse.block.lake, window)


def drawn(found):
    """The hours as letters, a line for a day."""
    return ["".join(state[0] for state in row) for _, row in by_day(found.hours)]


def hour(warehouse, hours, level="free"):
    for n in hours:
        warehouse.put_events(f"ts | level\n2018-11-01 {n:02}:10 | {level}")


def fill(warehouse, found):
    """Carry the commands out."""
    for command in found.commands:
        assert command.startswith("python -m flows.backfill ")
        options = _parser().parse_args(command.split()[3:])
        window = window_between(parse_moment(options.start), parse_moment(options.end))
        warehouse.backfill(window, only=options.only)


def test_each_hour_shows_what_became_of_its_objects(warehouse):
    hour(warehouse, (2, 3, 5))
    key = warehouse.put_events("ts\n2018-11-01 08:10")
    warehouse.bucket.put(key, b"no json\n" * 100)
    warehouse.hourly()
    hour(warehouse, (3,), "paid")
    hour(warehouse, (11,))
    assert drawn(gaps(warehouse)) == ["eepcepeeqeemeeeeeeeeeeee"]
    assert gaps(warehouse).counts == {
        "empty": 19,
        "published": 2,
        "changed": 1,
        "missing": 1,
        "quarantined": 1,
    }


def test_a_daily_object_stands_for_all_hours_of_its_day(warehouse):
    warehouse.put_events("ts\n2018-11-02 10:00", DAILY)
    assert drawn(gaps(warehouse, BOTH)) == ["e" * 24, "m" * 24]
    warehouse.hourly()
    assert drawn(gaps(warehouse, BOTH)) == ["e" * 24, "p" * 24]


def test_hours_outside_of_the_range_are_not_shown(warehouse):
    warehouse.put_events("ts\n2018-11-02 10:00", DAILY)
    found = gaps(warehouse, Window(datetime(2018, 11, 1, 22), datetime(2018, 11, 2, 3)))
    assert list(found.hours.values()) == ["empty", "empty", "missing", "missing", "missing"]
    assert by_day(found.hours)[1][1][3] is None
    fill(warehouse, found)
    assert drawn(gaps(warehouse, BOTH))[1] == "p" * 24


def test_adjacent_hours_are_one_command_and_the_commands_fill_the_gaps(warehouse):
    hour(warehouse, (2, 3, 4))
    warehouse.hourly()
    hour(warehouse, (4,), "paid")
    hour(warehouse, (5, 6, 9, 20))
    found = gaps(warehouse)
    assert found.commands == [
        "python -m flows.backfill 2018-11-01T04:00 2018-11-01T07:00 --only changed",
        "python -m flows.backfill 2018-11-01T09:00 2018-11-01T10:00 --only missing",
        "python -m flows.backfill 2018-11-01T20:00 2018-11-01T21:00 --only missing",
    ]
    fill(warehouse, found)
    assert gaps(warehouse).commands == []
    assert set(gaps(warehouse).hours.values()) == {"empty", "published"}


def test_what_is_quarantined_is_tried_again_by_its_command_and_says_why(warehouse):
    body = gzip.compress(ndjson(events("ts\n2018-11-02 10:00")))
    warehouse.bucket.put(DAILY + ".gz", body[:-20])
    warehouse.hourly()
    found = gaps(warehouse, BOTH)
    assert found.commands == [
        "python -m flows.backfill 2018-11-02T00:00 2018-11-03T00:00 --only failed"
    ]
    assert found.objects[0].reason
    assert re.search("gz", found.objects[0].key)
    fill(warehouse, found)
    assert drawn(gaps(warehouse, BOTH))[1] == "q" * 24
    warehouse.bucket.put(DAILY + ".gz", body)
    fill(warehouse, gaps(warehouse, BOTH))
    assert drawn(gaps(warehouse, BOTH))[1] == "p" * 24


def test_an_object_that_left_the_lake_after_it_was_published_is_no_gap(warehouse):
    hour(warehouse, (2,))
    warehouse.hourly()
    (key,) = warehouse.bucket.keys()
    obstore.delete(warehouse.bucket.store, key)
    assert drawn(gaps(warehouse)) == ["eep" + "e" * 21]
    assert gaps(warehouse).objects == []


def test_an_object_that_left_the_lake_before_it_was_read_is_told_without_a_command(warehouse):
    hour(warehouse, (2,))
    warehouse.pin()
    (key,) = warehouse.bucket.keys()
    obstore.delete(warehouse.bucket.store, key)
    found = gaps(warehouse)
    assert drawn(found) == ["eem" + "e" * 21]
    assert [entry.key for entry in found.lost] == [key]
    assert found.commands == []
    warehouse.hourly()
    assert drawn(gaps(warehouse)) == ["eeq" + "e" * 21]


def test_a_lake_that_was_never_loaded_is_missing_and_nothing_is_made(block, lake):
    lake.put(DAILY, ndjson(events("ts\n2018-11-02 10:00")))
    engine = block.engine(connections=1)
    try:
        found = find_gaps(engine, block.lake, BOTH)
        with engine.begin() as connection:
            made = connection.exec_driver_sql(
                "SELECT COUNT(*) FROM pg_namespace WHERE nspname IN ('etl', 'sparkify')"
            ).scalar()
    finally:
        engine.dispose()
    assert drawn(found) == ["e" * 24, "m" * 24]
    assert made == 0


def test_the_command_shows_a_grid_and_what_to_type_next(command):
    command("embedded", "sample", "--hours", "6", "--end", "2018-11-02T03:00", "--songs", "5")
    range_ = ("flows.gaps", "2018-11-01", "2018-11-03")
    shown = command(*range_)
    assert shown.returncode == 0
    assert shown.stdout.splitlines()[-1].startswith("python -m flows.backfill 2018-11-")
    grid = [line.split() for line in shown.stdout.splitlines() if line.strip().startswith("2018")]
    assert [row[0] for row in grid] == ["2018-11-01", "2018-11-02"]
    assert grid[1][1:4] == ["m"] * 3
    assert all(len(row) == 25 for row in grid)
    for line in json.loads(command(*range_, "--json").stdout)["commands"]:
        assert command(*line.split()[2:]).returncode == 0
    again = json.loads(command(*range_, "--json").stdout)
    assert again["commands"] == again["objects"] == []
    assert again["counts"]["published"] >= 6
    assert again["counts"]["missing"] == 0
    assert len(again["hours"]) == 48


def test_wrong_usage_of_the_command_is_one_line(command):
    for arguments, words in (
        (["2018-11-02", "2018-11-01"], "the window is empty"),
        (["2018-11-01"], "required: END"),
        (["2018-11-01", "later"], "'later' is not an ISO date"),
    ):
        done = command("flows.gaps", *arguments)
        assert done.returncode == 2
        assert words in done.stderr.splitlines()[-1]
