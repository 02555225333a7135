"""The sample lake: keys, formats, people who listen, and the same bytes every time."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from embedded import sample

KEY = re.compile(
    r"log_data/\d{4}/\d\d/\d\d/\d{4}-\d\d-\d\d-\d\d-events(-\d{4})?\.(json|json\.gz|csv)"
)
SONG_KEY = re.compile(r"song_data/(.)/(.)/(.)/TR\1\2\3[A-Z0-9]+\.json")
NUMBERS = {"itemInSession": int, "sessionId": int, "ts": int, "status": int, "length": float}
Record = dict[str, Any]
PINNED = "3612f05e9c64c401528bc3dc97db68dbba0f81758b05c0c1065655a103786bf6"


def options(**changed: Any) -> sample.Options:
    given = {"end": "2018-12-01", "hours": 48, "songs": 200, "plays_per_hour": 300, "users": None}
    return sample.options(**(given | {"seed": 1} | changed))


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lake")
    sample.write_lake(options(), folder)
    return folder


def keys(lake: Path, prefix: str) -> list[str]:
    return sorted(str(path.relative_to(lake)) for path in (lake / prefix).rglob("*.*"))


def content(lake: Path, key: str) -> bytes:
    found = (lake / key).read_bytes()
    return gzip.decompress(found) if key.endswith(".gz") else found


def records(lake: Path, key: str) -> list[Record]:
    text = content(lake, key).decode()
    if not key.endswith(".csv"):
        return [json.loads(line) for line in text.splitlines()]
    rows = csv.DictReader(io.StringIO(text))
    return [{name: _typed(name, value) for name, value in row.items()} for row in rows]


def _typed(name: str, value: str) -> Any:
    if value == "":
        return "" if name == "userId" else None
    return NUMBERS[name](value) if name in NUMBERS else value


@pytest.fixture(scope="module")
def events(lake: Path) -> list[Record]:
    return [event for key in keys(lake, "log_data") for event in records(lake, key)]


@pytest.fixture(scope="module")
def plays(events: list[Record]) -> list[Record]:
    return [event for event in events if event["page"] == "NextSong"]


@pytest.fixture(scope="module")
def songs(lake: Path) -> list[Record]:
    return [json.loads(content(lake, key)) for key in keys(lake, "song_data")]


def digest(folder: Path) -> str:
    total = hashlib.sha256()
    for key in keys(folder, "."):
        total.update(key.encode() + b"\0" + content(folder, key))
    return total.hexdigest()


def test_the_same_arguments_give_the_same_bytes(lake: Path, tmp_path: Path) -> None:
    sample.write_lake(options(), tmp_path)
    assert keys(tmp_path, ".") == keys(lake, ".")
    assert all(
        (tmp_path / key).read_bytes() == (lake / key).read_bytes() for key in keys(lake, ".")
    )


def test_every_python_gives_the_same_records(lake: Path) -> None:
    assert digest(lake) == PINNED, "the sample has changed; say so in the commit and pin it anew"


def test_another_seed_gives_another_lake(lake: Path, tmp_path: Path) -> None:
    sample.write_lake(options(seed=2), tmp_path)
    assert digest(tmp_path) != digest(lake)


def test_keys_are_laid_out_as_the_pipeline_reads_them(lake: Path) -> None:
    assert all(KEY.fullmatch(key) for key in keys(lake, "log_data"))
    assert all(SONG_KEY.fullmatch(key) for key in keys(lake, "song_data"))


def test_there_are_all_kinds_of_objects(lake: Path) -> None:
    kinds = Counter(key.partition("events")[2] for key in keys(lake, "log_data"))
    assert {".json", ".json.gz", ".csv", "-0001.json", "-0002.json"} <= kinds.keys()


def test_songs_are_compact_objects_without_an_end_of_line(lake: Path) -> None:
    assert not any(content(lake, key).endswith(b"\n") for key in keys(lake, "song_data"))


def test_events_are_in_the_objects_of_their_hour_or_late_by_one(lake: Path) -> None:
    late = 0
    for key in keys(lake, "log_data"):
        hour = re.search(r"(\d{4}-\d\d-\d\d)-(\d\d)-events", key)
        assert hour
        start = _milliseconds(f"{hour[1]}T{hour[2]}:00:00+00:00")
        for event in records(lake, key):
            assert start - 3_600_000 <= event["ts"] < start + 3_600_000
            late += event["ts"] < start
    assert 5 <= late <= 100


def _milliseconds(moment: str) -> int:
    from datetime import datetime

    return int(datetime.fromisoformat(moment).timestamp() * 1000)


def test_a_few_events_are_there_twice(events: list[Record]) -> None:
    twice = len(events) - len({json.dumps(event, sort_keys=True) for event in events})
    assert 3 <= twice <= 60


def test_items_are_unique_in_their_session(events: list[Record]) -> None:
    distinct = {json.dumps(event, sort_keys=True) for event in events}
    assert len({(event["sessionId"], event["itemInSession"]) for event in events}) == len(distinct)


def test_sessions_have_one_user_and_go_forward(events: list[Record]) -> None:
    sessions: dict[int, list[Record]] = {}
    for event in events:
        sessions.setdefault(event["sessionId"], []).append(event)
    for session in sessions.values():
        assert len({event["userId"] for event in session} - {""}) <= 1
        session.sort(key=lambda event: event["itemInSession"])
        times = [event["ts"] for event in session]
        assert times == sorted(times)


def test_a_user_listens_in_one_session_at_a_time(events: list[Record]) -> None:
    current: dict[str, int] = {}
    closed: set[tuple[str, int]] = set()
    for event in sorted(events, key=lambda event: (event["ts"], event["itemInSession"])):
        user, session = event["userId"], event["sessionId"]
        if user and current.get(user) != session:
            assert (user, session) not in closed
            if user in current:
                closed.add((user, current[user]))
            current[user] = session


def test_levels_change_by_submitting_only(events: list[Record]) -> None:
    before: dict[str, Record] = {}
    changes = 0
    for event in sorted(events, key=lambda event: (event["ts"], event["itemInSession"])):
        last = before.get(event["userId"])
        if event["userId"] and last and last["level"] != event["level"]:
            assert last["page"] in ("Submit Upgrade", "Submit Downgrade")
            changes += 1
        before[event["userId"]] = event
    assert changes >= 5


def test_logged_out_events_know_nobody(events: list[Record]) -> None:
    out = [event for event in events if event["auth"] == "Logged Out"]
    assert len(out) >= 20
    assert {
        (event["userId"], event["firstName"], event["page"] == "NextSong") for event in out
    } == {("", None, False)}


def test_plays_are_whole(plays: list[Record]) -> None:
    needed = ("artist", "song", "length", "userId", "level", "ts", "registration", "userAgent")
    assert all(play[name] for play in plays for name in needed)
    assert {play["level"] for play in plays} == {"free", "paid"}


def test_some_plays_find_their_song_and_some_do_not(
    plays: list[Record], songs: list[Record]
) -> None:
    known = {(song["title"], song["artist_name"], song["duration"]) for song in songs}
    found = sum((play["song"], play["artist"], play["length"]) in known for play in plays)
    assert 0.4 < found / len(plays) < 0.9


def test_some_songs_have_two_ids_and_some_artists_two_names(songs: list[Record]) -> None:
    recordings = {(song["title"], song["artist_name"], song["duration"]) for song in songs}
    names = {(song["artist_id"], song["artist_name"]) for song in songs}
    assert len({song["song_id"] for song in songs}) == len(songs) == 200
    assert len(recordings) < len(songs)
    assert len({artist for artist, _ in names}) < len(names)


def test_text_is_not_only_ascii(plays: list[Record], songs: list[Record]) -> None:
    for values in ([play["song"] for play in plays], [song["artist_name"] for song in songs]):
        assert any(not value.isascii() for value in values)


def test_evenings_are_busier_than_nights(plays: list[Record]) -> None:
    hours = Counter(play["ts"] // 3_600_000 % 24 for play in plays)
    assert hours[17] > 2.5 * hours[4]


def test_the_default_is_about_50_000_events(tmp_path: Path) -> None:
    given = {"end": "2018-12-01", "hours": 48, "songs": 500, "plays_per_hour": 850, "users": None}
    summary = sample.write_lake(sample.options(**given, seed=1), tmp_path)
    assert 45_000 < summary.events < 60_000
    assert summary.songs == 500


@pytest.mark.parametrize(
    ("end", "hour"),
    [
        ("2018-11-30T23:59:59", "2018-11-30T23:00:00+00:00"),
        ("2018-12-01T01:30:00+02:00", "2018-11-30T23:00:00+00:00"),
        ("2018-12-01", "2018-12-01T00:00:00+00:00"),
    ],
)
def test_the_end_is_utc_and_floored(end: str, hour: str) -> None:
    assert options(end=end).end.isoformat() == hour


def test_the_command_writes_into_the_lake_and_says_what(
    home: Path, embedded_command: Callable[..., Any]
) -> None:
    done = embedded_command("sample", "--hours", "3", "--end", "2018-11-01", "--songs", "5")
    assert done.returncode == 0
    assert "2018-10-31 21:00 to 2018-11-01 00:00 UTC" in done.stdout
    assert len(keys(home / "lake" / "sparkify", "song_data")) == 5


def test_live_drops_an_object_for_each_hour_of_the_last_day(tmp_path: Path) -> None:
    dropped = sample.live(options(end=None), tmp_path, 0.01)
    first, second = next(dropped), next(dropped)
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    assert [hour for hour, _ in (first, second)] == [
        now - timedelta(hours=24),
        now - timedelta(hours=23),
    ]
    for hour, key in (first, second):
        assert KEY.fullmatch(key)
        records = [json.loads(line) for line in (tmp_path / key).read_text().splitlines()]
        hours = {record["ts"] // 3_600_000 for record in records}
        assert hours <= {int(hour.timestamp()) // 3600 - back for back in (0, 1)}  # some come late
    goes_on = sample.live(options(end=None), tmp_path, 0.01)
    assert next(goes_on)[0] == now - timedelta(hours=22)
