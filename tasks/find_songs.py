"""Which songs a run takes: the whole listing against the ledger, folder by folder."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from blocks.lake import Lake
from tasks.batch import BatchObject
from tasks.ledger import Ledger, choose, read_ledger, returned
from tasks.listing import list_songs
from tasks.run import Version
from tasks.unfinished import find_unfinished


@dataclass(frozen=True)
class Songs:
    """Song objects to load; versions that are settled again, and pending ones whose objects are gone."""

    objects: tuple[BatchObject, ...]
    returned: tuple[Version, ...]
    vanished: tuple[Version, ...]


def find_songs(engine: Engine, lake: Lake, only: str = "changed") -> Songs:
    """The song objects that are new or changed, or those that failed.

    Of the listing only what does not rest is kept. The ledger is read first: what another run does to
    it meanwhile is noticed when the batch is pinned or published.
    """
    ledger = known_songs(engine)
    unseen, found = ledger.pending(), []
    for entry in list_songs(lake):
        unseen.discard(entry.key)
        if not ledger.rests(entry):
            found.append(entry)
    late = find_unfinished(lake, "songs", ledger, unseen)
    found += late.found
    chosen = choose("songs", found, ledger, songs_choice(only))
    return Songs(tuple(chosen), returned("songs", found, ledger), late.vanished)


def songs_choice(only: str) -> str:
    """What a run with the choice `only` takes of the songs: they belong to no window."""
    return "failed" if only == "failed" else "changed"


def known_songs(engine: Engine) -> Ledger:
    """What the ledger holds of the song objects."""
    return read_ledger(engine, "ledger/known_songs")
