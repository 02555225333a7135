"""What a backfill would do, chunk by chunk, without doing it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from blocks.lake import Lake
from tasks.chunks import takes
from tasks.ledger import Known, choose
from tasks.listing import list_events
from tasks.pin import has_schema
from tasks.planning import known_events
from tasks.windows import Window


@dataclass(frozen=True)
class Preview:
    """A chunk's objects and bytes in the lake, how many are published, how many would be loaded."""

    window: str
    objects: int
    bytes: int
    published: int
    to_load: int


def preview(engine: Engine, lake: Lake, window: Window, only: str, first: bool) -> Preview:
    """Look at one chunk; writes nothing, neither in the warehouse nor in the lake."""
    listed = list_events(lake, window)
    found = [entry for key, entry in listed.items() if takes(key, window, first)]
    ledger = known_events(engine, lake, window) if has_schema(engine, "etl") else {}
    current = [e for e in found if ledger.get(e.key, Known()).published == e.etag]
    taken = choose("events", found, ledger, only)
    size = sum(entry.size for entry in found)
    return Preview(str(window), len(found), size, len(current), len(taken))
