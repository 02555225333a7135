import itertools
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from prefect.types._datetime import now as prefect_now

from blocks.errors import UsageError
from tasks.chunks import cut, takes
from tasks.days import ranges
from tasks.keys import is_songs_key, parse_events_key
from tasks.windows import (
    DAY,
    HOUR,
    Window,
    floor_hour,
    hours_before,
    parse_moment,
    utc,
    window_between,
)


def test_an_offset_is_converted_and_a_naive_time_is_utc():
    east = timezone(timedelta(hours=2))
    assert floor_hour(datetime(2018, 11, 1, 5, 59, tzinfo=east)) == datetime(2018, 11, 1, 3)
    assert floor_hour(datetime(2018, 11, 1, 5, 59)) == datetime(2018, 11, 1, 5)
    assert floor_hour(datetime(2018, 11, 1, 5, tzinfo=UTC)) == datetime(2018, 11, 1, 5)


@pytest.mark.parametrize("text", ["", "yesterday", "2018-13-01", "2018-11-01T25:00"])
def test_what_is_no_moment_is_wrong_usage(text):
    with pytest.raises(UsageError, match="is not an ISO date"):
        parse_moment(text)


def test_a_window_covers_whole_hours():
    window = window_between(datetime(2018, 11, 1, 5, 30), datetime(2018, 11, 1, 6, 1))
    assert window == Window(datetime(2018, 11, 1, 5), datetime(2018, 11, 1, 7))


def test_an_empty_window_is_wrong_usage():
    with pytest.raises(UsageError, match="empty"):
        window_between(datetime(2018, 11, 1), datetime(2018, 11, 1))


def test_a_window_touches_the_days_before_its_end():
    window = Window(datetime(2018, 10, 31, 23), datetime(2018, 11, 2))
    assert window.days == [date(2018, 10, 31), date(2018, 11, 1)]


@pytest.mark.parametrize(
    ("key", "begins", "covers", "kind"),
    [
        ("log_data/2018/11/2018-11-01-events.json", datetime(2018, 11, 1), DAY, ("json", "")),
        (
            "l/2018/11/01/2018-11-01-05-events.json.gz",
            datetime(2018, 11, 1, 5),
            HOUR,
            ("json", "gz"),
        ),
        ("l/2018-11-01-23-events-0001.csv", datetime(2018, 11, 1, 23), HOUR, ("csv", "")),
        ("l/2018-11-01-23-events-12.csv.gz", datetime(2018, 11, 1, 23), HOUR, ("csv", "gz")),
    ],
)
def test_a_key_says_its_time_and_format(key, begins, covers, kind):
    parsed = parse_events_key(key)
    assert (parsed.begins, parsed.covers) == (begins, covers)
    assert (parsed.format, parsed.compression) == kind


@pytest.mark.parametrize(
    "key",
    [
        "log_json_path.json",
        "log_data/2018/11/2018-11-31-events.json",
        "log_data/2018/11/01/2018-11-01-24-events.json",
        "log_data/2018/11/2018-11-01-events.parquet",
        "log_data/2018/11/2018-11-01-events.json.tmp",
    ],
)
def test_other_keys_are_no_events(key):
    assert parse_events_key(key) is None


def test_songs_are_json():
    assert is_songs_key("song_data/A/B/C/TR1.json")
    assert not is_songs_key("song_data/A/B/C/TR1.json.bak")


def test_days_in_a_row_are_one_range():
    days = [date(2018, 11, 3), date(2018, 11, 1), date(2018, 11, 2), date(2017, 5, 1)]
    assert ranges(days) == [
        Window(datetime(2017, 5, 1), datetime(2017, 5, 2)),
        Window(datetime(2018, 11, 1), datetime(2018, 11, 4)),
    ]


def test_too_many_ranges_are_joined_across_the_smallest_gaps():
    days = [date(2018, 1, 1), date(2018, 1, 3), date(2018, 3, 1), date(2018, 6, 1)]
    assert ranges(days, most=3) == [
        Window(datetime(2018, 1, 1), datetime(2018, 1, 4)),
        Window(datetime(2018, 3, 1), datetime(2018, 3, 2)),
        Window(datetime(2018, 6, 1), datetime(2018, 6, 2)),
    ]


@pytest.mark.parametrize("chunk", ["hour", "day", "all"])
@pytest.mark.parametrize("newest_first", [False, True])
def test_every_moment_of_a_window_is_in_just_one_chunk(chunk, newest_first):
    window = Window(datetime(2018, 11, 1, 5), datetime(2018, 11, 4, 7))
    chunks = cut(window, chunk, newest_first, replace=False)
    ordered = sorted(chunks)
    assert ordered == (chunks[::-1] if newest_first else chunks)
    assert (ordered[0].start, ordered[-1].end) == (window.start, window.end)
    assert all(a.end == b.start for a, b in itertools.pairwise(ordered))
    assert len(chunks) == {"hour": 74, "day": 4, "all": 1}[chunk]


def test_a_daily_object_belongs_to_the_chunk_that_it_begins_in_or_to_the_first():
    key = "log_data/2018/11/2018-11-01-events.json"
    later = Window(datetime(2018, 11, 1, 1), datetime(2018, 11, 2))
    assert takes(key, Window(datetime(2018, 11, 1), datetime(2018, 11, 1, 1)))
    assert not takes(key, later)
    assert takes(key, later, first=True)
    assert not takes(key, Window(datetime(2018, 11, 2), datetime(2018, 11, 3)), first=True)


def test_a_time_of_prefects_own_kind_becomes_a_plain_one():
    scheduled = prefect_now("UTC")
    assert type(utc(scheduled)) is datetime
    assert hours_before(scheduled, 72) == floor_hour(scheduled) - 72 * HOUR
