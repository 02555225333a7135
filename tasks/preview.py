"""What a backfill would do, chunk by chunk, without doing it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from blocks.lake import Lake, LakeObject
from tasks.chunks import staged_range, takes
from tasks.find_songs import known_songs, songs_choice
from tasks.ledger import Known, Ledger, choose
from tasks.listing import list_events, list_songs
from tasks.pin import has_schema
from tasks.planning import known_events
from tasks.windows import Window


@dataclass(frozen=True)
class Preview:
    """Objects and bytes in the lake, how many are published, how many would be loaded.

    Of a chunk that is replaced, the objects around it that would be loaded with it count too.
    """

    window: str
    objects: int
    bytes: int
    published: int
    to_load: int


def preview(engine: Engine, lake: Lake, window: Window, only: str, first: bool) -> Preview:
    """Look at one chunk; writes nothing, neither in the warehouse nor in the lake."""
    staged = staged_range(window) if only == "all" else window
    listed = list_events(lake, staged)
    found = [entry for key, entry in listed.items() if takes(key, staged, first)]
    ledger = known_events(engine, lake, staged) if has_schema(engine, "etl") else Ledger()
    current = [e for e in found if ledger.get(e.key, Known()).published == e.etag]
    taken = choose("events", found, ledger, only)
    size = sum(entry.size for entry in found)
    return Preview(str(window), len(found), size, len(current), len(taken))


def preview_songs(engine: Engine, lake: Lake, only: str) -> Preview:
    """Look at the songs, which every backfill loads when they are new or changed."""
    ledger = known_songs(engine) if has_schema(engine, "etl") else Ledger()
    count = size = 0
    found: list[LakeObject] = []
    for entry in list_songs(lake):
        count, size = count + 1, size + entry.size
        if not ledger.rests(entry):
            found.append(entry)
    stale = [e for e in found if ledger.get(e.key, Known()).published != e.etag]
    taken = choose("songs", found, ledger, songs_choice(only))
    return Preview("songs", count, size, count - len(stale), len(taken))
