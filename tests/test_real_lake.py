"""The public Sparkify lake, loaded three ways, against what plain Python makes of its files."""

import json
import os
import shutil
import tarfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from loading import Warehouse

from embedded import postgres
from embedded.block import EmbeddedRedshift
from tasks.chunks import cut
from tasks.windows import Window

NOVEMBER = Window(datetime(2018, 11, 1), datetime(2018, 12, 1))
COUNTS = {"songplays": 6820, "users": 96, "songs": 14896, "artists": 9553, "time": 6813}

pytestmark = pytest.mark.skipif(
    not os.environ.get("SPARKIFY_REAL_LAKE"),
    reason="SPARKIFY_REAL_LAKE names neither the archive of the public Sparkify lake nor a folder",
)


def unpack(source: Path, folder: Path) -> None:
    """Put log_data and song_data into the bucket's folder."""
    if source.is_dir():
        for name in ("log_data", "song_data"):
            shutil.copytree(source / name, folder / name)
        return
    with tarfile.open(source) as archive:
        archive.extractall(folder, filter="data")


@pytest.fixture
def real(warehouse):
    """A warehouse over the real lake."""
    unpack(Path(os.environ["SPARKIFY_REAL_LAKE"]), warehouse.bucket.folder)
    return warehouse


@pytest.fixture
def other(block, lake):
    """A second warehouse over the same lake."""
    name = f"{block.database}_b"
    postgres.create_database(name)
    made = Warehouse(EmbeddedRedshift(database=name, lake=block.lake), lake)
    yield made
    made.close()
    postgres.drop_database(name)


def records(folder: Path, pattern: str) -> list[dict]:
    """The records of the files, numbers as they are written."""
    lines = (
        line for path in sorted(folder.rglob(pattern)) for line in path.read_text().splitlines()
    )
    return [json.loads(line, parse_float=str, parse_int=str) for line in lines if line.strip()]


def expected_plays(folder: Path) -> set[tuple]:
    """(start time, user, session, item, level, song id) of every play."""
    songs = {}
    for song in records(folder / "song_data", "*.json"):
        key = (song["title"], song["artist_name"], song["duration"])
        songs[key] = min(songs.get(key, "~"), song["song_id"])
    return {
        (
            datetime(1970, 1, 1) + timedelta(milliseconds=int(event["ts"])),
            event["userId"],
            int(event["sessionId"]),
            int(event["itemInSession"]),
            event["level"],
            songs.get((event["song"], event["artist"], event["length"])),
        )
        for event in records(folder / "log_data", "*.json")
        if event["page"] == "NextSong"
    }


def test_the_real_lake_gives_the_known_numbers_however_it_is_cut(real, other):
    outcome = real.backfill(NOVEMBER)
    assert outcome.sources["events"]["loaded"] == 8056
    assert outcome.sources["songs"]["loaded"] == 14896
    at_once = real.tables()
    assert {name: len(rows) for name, rows in at_once.items()} == COUNTS
    matched = "SELECT COUNT(song_id) FROM sparkify.songplays"
    assert real.value(matched) == 319

    plays = "start_time, user_id, session_id, item_in_session, level, song_id"
    loaded = set(real.rows(f"SELECT {plays} FROM sparkify.songplays"))
    assert loaded == expected_plays(real.bucket.folder)

    for day in cut(NOVEMBER, "day", newest_first=True, replace=False):
        other.backfill(day)
    assert other.tables() == at_once

    replaced = real.backfill(NOVEMBER, only="all")
    assert replaced.tables["songplays"] == {"inserted": 0, "updated": 0, "deleted": 0}
    assert real.tables() == at_once
