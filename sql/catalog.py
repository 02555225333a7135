"""What is loaded and what is built: one line for a table.

A source's columns are named as the producer names them; COPY matches them without regard to case.
A dimension `x` is `sql/schema/sparkify/x.sql` (its DDL), `sql/dimensions/x.sql` (the run's rows)
and `sql/publish/x.sql` (those that differ from what is published).
"""

from __future__ import annotations

from dataclasses import dataclass

from sql.rules import EVENT_RULES, SONG_RULES, Rule


@dataclass(frozen=True)
class Column:
    """A staged column; a record without a `required` one is rejected by COPY.

    `ours` are added by the bundler, so that a row knows its object.
    """

    name: str
    type: str
    required: bool = False
    ours: bool = False


@dataclass(frozen=True)
class Source:
    """A kind of object in the lake, staged into tables `staging_<name>_<format>[_gz]`."""

    name: str
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...]
    keys: tuple[str, ...]  # an object none of whose records has one of these is not taken
    tolerance: float = 0.01  # share of an object's lines that may be rejected ...
    tolerated: int = 10  # ... and the number that always may

    def allows(self, rejected: int, lines: int) -> bool:
        """Whether an object with so many rejected lines may be published."""
        return rejected <= max(self.tolerated, int(self.tolerance * lines))


@dataclass(frozen=True)
class Table:
    """A table of the star schema: its key, how a run's copy is laid out, how publish bounds it."""

    name: str
    key: str
    layout: str
    by_day: bool = False  # references in the hourly path carry the days that the delta touches
    append_only: bool = False  # a row never changes once it is published


EVENTS = Source(
    "events",
    (
        Column("artist", "VARCHAR(1024)"),
        Column("auth", "VARCHAR(64)"),
        Column("firstName", "VARCHAR(256)"),
        Column("gender", "VARCHAR(16)"),
        Column("itemInSession", "INTEGER", required=True),
        Column("lastName", "VARCHAR(256)"),
        Column("length", "DOUBLE PRECISION"),
        Column("level", "VARCHAR(16)"),
        Column("location", "VARCHAR(512)"),
        Column("method", "VARCHAR(16)"),
        Column("page", "VARCHAR(64)", required=True),
        Column("registration", "DOUBLE PRECISION"),
        Column("sessionId", "BIGINT", required=True),
        Column("song", "VARCHAR(1024)"),
        Column("status", "INTEGER"),
        Column("ts", "BIGINT", required=True),
        Column("userAgent", "VARCHAR(1024)"),
        Column("userId", "VARCHAR(64)"),
    ),
    EVENT_RULES,
    ("ts", "page", "userId", "sessionId", "itemInSession"),
)

SONGS = Source(
    "songs",
    (
        Column("artist_id", "VARCHAR(64)", required=True),
        Column("artist_latitude", "DOUBLE PRECISION"),
        Column("artist_location", "VARCHAR(1024)"),
        Column("artist_longitude", "DOUBLE PRECISION"),
        Column("artist_name", "VARCHAR(1024)"),
        Column("duration", "DOUBLE PRECISION"),
        Column("num_songs", "INTEGER"),
        Column("song_id", "VARCHAR(64)", required=True),
        Column("title", "VARCHAR(1024)", required=True),
        Column("year", "INTEGER"),
        Column("object_key", "VARCHAR(1024)", required=True, ours=True),
        Column("object_etag", "VARCHAR(128)", required=True, ours=True),
        Column("object_modified", "TIMESTAMP", required=True, ours=True),
        Column("object_line", "INTEGER", required=True, ours=True),
    ),
    SONG_RULES,
    ("song_id", "title", "artist_id"),
)

SOURCES = {source.name: source for source in (EVENTS, SONGS)}

FACT = Table("songplays", "songplay_id", "DISTKEY(user_id) SORTKEY(start_time)", by_day=True)

DIMENSIONS = (
    Table("songs", "song_id", "DISTKEY(song_id) SORTKEY(song_id)"),
    Table("artists", "artist_id", "DISTKEY(artist_id) SORTKEY(artist_id)"),
    Table("users", "user_id", "DISTKEY(user_id) SORTKEY(user_id)"),
    Table("time", "start_time", "DISTKEY(start_time) SORTKEY(start_time)", True, append_only=True),
)

TABLES = (FACT, *DIMENSIONS)
