"""The songs of the sample: those of the song data, and those that only events know."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from embedded.sample import words
from embedded.sample.dice import Dice


@dataclass(frozen=True)
class Artist:
    """Who sings."""

    artist_id: str
    name: str
    location: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True)
class Song:
    """A recording. What an event tells of it is artist, title and length."""

    song_id: str
    track_id: str
    title: str
    artist: Artist
    artist_name: str
    duration: float
    year: int

    @property
    def key(self) -> str:
        """Where its object lies in the bucket."""
        return f"song_data/{'/'.join(self.track_id[2:5])}/{self.track_id}.json"

    def record(self) -> bytes:
        """Its object: one line without an end of line."""
        record: dict[str, Any] = {
            "num_songs": 1,
            "artist_id": self.artist.artist_id,
            "artist_latitude": self.artist.latitude,
            "artist_longitude": self.artist.longitude,
            "artist_location": self.artist.location,
            "artist_name": self.artist_name,
            "song_id": self.song_id,
            "title": self.title,
            "duration": self.duration,
            "year": self.year,
        }
        return json.dumps(record, ensure_ascii=False).encode()


def make_songs(count: int, seed: int) -> tuple[list[Song], list[Song]]:
    """The songs of the song data, and as many again that are played but not in it."""
    dice = Dice(seed, "songs")
    artists = [_artist(dice) for _ in range(max(1, count * 2 // 3))]
    known: list[Song] = []
    while len(known) < count:
        known.append(_song(dice, artists))
        if len(known) < count and dice.happens(0.01):
            known.append(_again(dice, known[-1]))
    return known, [_unknown(dice, artists, known) for _ in range(count)]


def _artist(dice: Dice) -> Artist:
    placed = dice.happens(0.4)
    return Artist(
        artist_id="AR" + dice.code(16),
        name=f"{dice.among(words.BAND_FIRST)} {dice.among(words.BAND_LAST)}",
        location=dice.among(words.ARTIST_PLACES) if dice.happens(0.6) else "",
        latitude=round(dice.between(-55, 65), 5) if placed else None,
        longitude=round(dice.between(-125, 145), 5) if placed else None,
    )


def _song(dice: Dice, artists: list[Artist]) -> Song:
    artist = dice.favoured(artists, 1.5)
    feature = f" feat. {dice.among(artists).name}" if dice.happens(0.04) else ""
    return Song(
        song_id="SO" + dice.code(16),
        track_id="TR" + dice.letters(5) + dice.code(11),
        title=_title(dice),
        artist=artist,
        artist_name=artist.name + feature,
        duration=round(dice.between(95.0, 420.0), 5),
        year=0 if dice.happens(0.3) else 1960 + dice.below(59),
    )


def _again(dice: Dice, song: Song) -> Song:
    """The same recording under another id, so that plays match more than one song."""
    return Song(
        "SO" + dice.code(16),
        "TR" + dice.letters(5) + dice.code(11),
        song.title,
        song.artist,
        song.artist_name,
        song.duration,
        song.year,
    )


def _unknown(dice: Dice, artists: list[Artist], known: list[Song]) -> Song:
    """A song that finds no match: often another version of one that would."""
    made = _song(dice, artists)
    if not dice.happens(0.3):
        return made
    near = dice.among(known)
    return Song(
        made.song_id, made.track_id, near.title, near.artist, near.artist_name, made.duration, 0
    )


def _title(dice: Dice) -> str:
    title = f"{dice.among(words.TITLE_FIRST)} {dice.among(words.TITLE_LAST)}"
    return f"{title} ({dice.among(words.LAST_NAMES)} Remix)" if dice.happens(0.3) else title
