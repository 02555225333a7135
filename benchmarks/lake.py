"""Lakes of a given size: the events and songs of the sample, so many an hour, in so many objects."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from embedded.sample import Options
from embedded.sample.objects import content, write
from embedded.sample.sessions import Event
from embedded.sample.songs import make_songs
from embedded.sample.timeline import hours

START = datetime(2026, 1, 1, tzinfo=UTC)
BUSY = datetime(
    2026, 1, 2, 17, tzinfo=UTC
)  # the sample's busiest hour, which the events are cut from
TILE = 100_000  # events that are made at once
HOUR = timedelta(hours=1)
SEED = 1


@dataclass(frozen=True)
class Tile:
    """Some events of one hour, written as a number of objects."""

    bucket: Path
    hour: datetime
    number: int
    events: int
    objects: int
    songs: int


def write_hours(
    bucket: Path, events: int, hours: int = 1, objects: int = 1, songs: int = 500, first: int = 0
) -> datetime:
    """Write NDJSON objects for some hours from the hour `first` on; returns the end of the last.

    Args:
        bucket: Folder of the bucket.
        events: Events of all these hours.
        hours: How many hours.
        objects: Objects of each hour; events of more than 100,000 are never in one object.
        songs: Songs of the song data that the events play.
        first: Number of the first hour, which tells its events from those of others.
    """
    tiles = []
    for number in range(first, first + hours):
        share = events // hours
        count = -(-share // TILE)
        for tile in range(count):
            size = min(TILE, share - tile * TILE)
            each = max(1, objects // count)
            tiles.append(Tile(bucket, START + number * HOUR, tile, size, each, songs))
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_write, tiles, chunksize=max(1, len(tiles) // 8)))
    return START + (first + hours) * HOUR


def write_songs(bucket: Path, songs: int) -> None:
    """Write the song data, an object each."""
    for song in make_songs(songs, SEED)[0]:
        write(bucket, song.key, song.record())


def write_bare_songs(bucket: Path, songs: int) -> None:
    """Write song objects that are only listed: small, and spread over folders as real ones are."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for number in range(songs):
        one, two = letters[number % 26], letters[number // 26 % 26]
        folder = bucket / "song_data" / "A" / one / two
        if number < 26 * 26:
            folder.mkdir(parents=True, exist_ok=True)
        (folder / f"TRA{one}{two}{number:013}.json").write_bytes(b"{}")


def _write(tile: Tile) -> None:
    events = _events(tile)
    size = -(-len(events) // tile.objects)
    for number, start in enumerate(range(0, len(events), size), 1):
        key = f"log_data/{tile.hour:%Y/%m/%d/%Y-%m-%d-%H}-events-{tile.number:04}{number:05}.json"
        write(tile.bucket, key, content("json", events[start : start + size]))


def _events(tile: Tile) -> list[Event]:
    """Events of the sample's busiest hour, moved to the tile's."""
    known, unknown = make_songs(tile.songs, SEED)
    seed = hash((tile.hour.timestamp(), tile.number)) & 0x7FFFFFFF
    wanted = Options(BUSY + HOUR, 1, tile.songs, tile.events, max(96, tile.events // 4), seed)
    moved = int((tile.hour - BUSY).total_seconds() * 1000)
    _, events = next(hours(wanted, known, unknown))
    assert len(events) >= tile.events, f"{len(events)} of {tile.events} events"
    return [event._replace(ts=event.ts + moved) for event in islice(events, tile.events)]
