"""An independent star schema: what the five tables must hold for a lake, in plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import md5
from typing import Any

Row = tuple[Any, ...]
EPOCH = datetime(1970, 1, 1)


@dataclass(frozen=True)
class SongObject:
    """A song record and the object that it is in."""

    modified: datetime
    key: str
    record: dict[str, Any]


def star(events: list[dict[str, Any]], songs: list[SongObject]) -> dict[str, set[Row]]:
    """The rows of the tables, by name; copies of one event are equal."""
    newest = _newest(songs)
    matches = _matches(newest)
    plays = {_key(e): e for e in events if e["page"] == "NextSong" and e["userId"]}
    return {
        "songplays": {_play(e, matches) for e in plays.values()},
        "users": set(_users(plays).values()),
        "songs": {_song(song) for song in newest.values()},
        "artists": set(_artists(newest).values()),
        "time": {_time(_moment(e)) for e in plays.values()},
    }


def _key(event: dict[str, Any]) -> Row:
    return (event["ts"], event["userId"], event["sessionId"], event["itemInSession"])


def _moment(event: dict[str, Any]) -> datetime:
    return EPOCH + timedelta(milliseconds=event["ts"])


def _exact(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number)).quantize(Decimal("0.00001"))


def _newest(songs: list[SongObject]) -> dict[str, SongObject]:
    ordered = sorted(songs, key=lambda song: (song.modified, song.key))
    return {song.record["song_id"]: song for song in ordered}


def _matches(newest: dict[str, SongObject]) -> dict[Row, tuple[str, str]]:
    found: dict[Row, tuple[str, str]] = {}
    for song_id in sorted(newest, reverse=True):
        record = newest[song_id].record
        words = (record["title"], record["artist_name"] or None, _exact(record["duration"]))
        if None not in words:
            found[words] = (song_id, record["artist_id"])
    return found


def _play(event: dict[str, Any], matches: dict[Row, tuple[str, str]]) -> Row:
    title, artist = event["song"] or None, event["artist"] or None
    length = _exact(event["length"])
    song_id, artist_id = matches.get((title, artist, length), (None, None))
    return (
        md5("|".join(map(str, _key(event))).encode()).hexdigest(),
        _moment(event),
        event["userId"],
        event["level"],
        song_id,
        artist_id,
        event["sessionId"],
        event["itemInSession"],
        event["location"],
        event["userAgent"],
        title,
        artist,
        length,
    )


def _users(plays: dict[Row, dict[str, Any]]) -> dict[str, Row]:
    ordered = sorted(plays.values(), key=lambda e: (e["ts"], e["sessionId"], e["itemInSession"]))
    names = ("userId", "firstName", "lastName", "gender", "level")
    return {
        e["userId"]: (*(e[n] for n in names), _moment(e), e["sessionId"], e["itemInSession"])
        for e in ordered
    }


def _song(song: SongObject) -> Row:
    record = song.record
    return (
        record["song_id"],
        record["title"],
        record["artist_id"],
        record["year"] or None,
        _exact(record["duration"]),
        record["artist_name"] or None,
        record["artist_location"] or None,
        _exact(record["artist_latitude"]),
        _exact(record["artist_longitude"]),
        song.key,
    )


def _artists(newest: dict[str, SongObject]) -> dict[str, Row]:
    songs = sorted((_song(song) for song in newest.values()), key=lambda s: s[0], reverse=True)
    songs.sort(key=lambda s: s[3] or 0)  # stable: of one year the smallest song_id comes last
    return {s[2]: (s[2], *s[5:9]) for s in songs}


def _time(moment: datetime) -> Row:
    _, week, _ = moment.isocalendar()
    weekday = moment.isoweekday() % 7
    return (moment, moment.hour, moment.day, week, moment.month, moment.year, weekday)
