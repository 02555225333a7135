"""The questions on the public Sparkify lake: what plain Python and public projects find in it."""

import os
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from test_real_lake import NOVEMBER, records, unpack

from tasks.report.make import make_report
from tasks.report.questions import ask
from tasks.windows import Window

pytestmark = pytest.mark.skipif(
    not os.environ.get("SPARKIFY_REAL_LAKE"),
    reason="SPARKIFY_REAL_LAKE names neither the archive of the public Sparkify lake nor a folder",
)
FIRST_WEEK = Window(datetime(2018, 11, 1), datetime(2018, 11, 8))
LONG_AGO = datetime(2000, 1, 1)
# What public projects print for the songs that the song data knows.
KNOWN_SONGS = {
    "You're The One": 37,
    "Catch You Baby (Steve Pitron & Max Sanna Radio Edit)": 9,
    "I CAN'T GET STARTED": 9,
    "Nothin' On You [feat. Bruno Mars] (Album Version)": 8,
    "Hey Daddy (Daddy's Home)": 6,
}


@pytest.fixture
def real(warehouse):
    """A warehouse with the real lake loaded."""
    unpack(Path(os.environ["SPARKIFY_REAL_LAKE"]), warehouse.bucket.folder)
    warehouse.backfill(NOVEMBER)
    return warehouse


def plays_in(folder):
    """The plays, as the files of the lake have them."""
    return [
        event for event in records(folder / "log_data", "*.json") if event["page"] == "NextSong"
    ]


def hour_of(event):
    return (datetime(1970, 1, 1) + timedelta(milliseconds=int(event["ts"]))).hour


def counts(rows, *columns):
    """How many plays each has."""
    return {tuple(row[column] for column in columns): row["plays"] for row in rows}


def are_the_most(found, counted, many):
    """Whether the answer has the right numbers, and those of the greatest that there are."""
    greatest = [count for _, count in counted.most_common(many)]
    return list(found.values()) == greatest and all(counted[key] == n for key, n in found.items())


def test_the_answers_are_those_of_plain_python_and_of_public_projects(real):
    found = {name: answer.rows for name, answer in ask(real.engine, NOVEMBER, LONG_AGO).items()}
    plays = plays_in(real.bucket.folder)

    hours = Counter((hour_of(event),) for event in plays)
    assert counts(found["busiest_hours"], "hour") == hours
    assert tuple(found["busiest_hours"][0].values()) == (16, 542, 45)

    songs = Counter((event["song"], event["artist"]) for event in plays)
    assert are_the_most(counts(found["most_played_songs"], "song", "artist"), songs, 10)
    assert tuple(found["most_played_songs"][0].values()) == ("You're The One", "Dwight Yoakam", 37)
    artists = Counter((event["artist"],) for event in plays)
    assert are_the_most(counts(found["most_played_artists"], "artist"), artists, 10)
    places = Counter((event["location"],) for event in plays)
    assert are_the_most(counts(found["top_places"], "place"), places, 10)
    users = Counter((event["userId"],) for event in plays)
    assert are_the_most(counts(found["top_users"], "user_id"), users, 10)
    levels = Counter((event["level"],) for event in plays)
    assert counts(found["free_and_paid"], "level") == levels == {("paid",): 5591, ("free",): 1229}

    known = {row["song"]: row["plays"] for row in found["most_played_known_songs"][:5]}
    assert known == KNOWN_SONGS
    week = ask(real.engine, FIRST_WEEK, LONG_AGO)["most_played_known_songs"].rows
    assert (week[0]["song"], week[0]["plays"]) == ("You're The One", 8)

    assert sum(row["plays"] for row in found["browsers"]) == len(plays) == 6820
    assert "other" not in {row["browser"] for row in found["browsers"]}
    assert sum(row["new_listeners"] for row in found["new_and_returning"]) == 96

    new = "\n".join(f"2018-11-30 21:{n // 60:02}:{n % 60:02} | Undo | New" for n in range(543))
    real.put_events(f"ts | song | artist\n{new}", "log_data/2018/11/30/2018-11-30-21-events.json")
    real.backfill(NOVEMBER)
    after = ask(real.engine, NOVEMBER, LONG_AGO)
    assert after["busiest_hours"].rows[0]["hour"] == 21
    assert after["most_played_songs"].rows[0]["plays"] == 543
    assert after["most_played_artists"].rows[0]["artist"] == "New"


def test_the_report_is_small_and_soon_made(real):
    began = time.monotonic()
    page = make_report(real.block, None, None, datetime(2018, 12, 2))
    assert time.monotonic() - began < 10
    assert len(page.encode()) < 2_000_000
    assert "2018-11-01 00:00 to 2018-12-01 00:00" in page
    assert "“You&#39;re The One” by Dwight Yoakam: 37 plays." in page
    assert "16:00 to 17:00 UTC: 542 plays by 45 listeners." in page
