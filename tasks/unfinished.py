"""Objects that were seen and are not loaded, for no fault of theirs: where they are now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from blocks.lake import Lake, LakeObject
from blocks.transient import in_transaction
from sql import execute
from tasks.fencing import lock_publishing
from tasks.ledger import Ledger, read_ledger
from tasks.reading import LOST, find_objects
from tasks.run import Plan, Version


@dataclass(frozen=True)
class Unfinished:
    """The objects as the lake holds them now, their ledger, and the pending versions that are gone."""

    found: tuple[LakeObject, ...]
    ledger: Ledger
    vanished: tuple[Version, ...]


def unfinished_events(engine: Engine, lake: Lake, listed: Iterable[str]) -> Unfinished:
    """The event objects beside those that are `listed` which earlier runs did not finish."""
    ledger = read_ledger(engine, "ledger/open_events")
    return find_unfinished(lake, "events", ledger, ledger.keys() - set(listed))


def find_unfinished(lake: Lake, source: str, ledger: Ledger, keys: set[str]) -> Unfinished:
    """Ask the lake for each of them: a listing may be older than what the ledger has seen."""
    found = find_objects(lake, sorted(keys))
    vanished = (
        (source, key, etag)
        for key in sorted(keys - {entry.key for entry in found})
        for etag, status in ledger[key].statuses.items()
        if status == "pending"
    )
    return Unfinished(tuple(found), ledger, tuple(vanished))


def close(engine: Engine, plan: Plan) -> None:
    """Settle versions that no run can load any more: others took their place, or they are gone."""
    if plan.returned or plan.vanished:
        in_transaction(engine, lambda connection: _close(connection, plan))


def _close(connection: Connection, plan: Plan) -> None:
    lock_publishing(connection)
    for source, key, etag in plan.returned:
        values = {"source": source, "key": key, "etag": etag}
        execute(connection, "ledger/close_returned", values)
    for source, key, etag in plan.vanished:
        values = LOST | {"source": source, "key": key, "etag": etag}
        execute(connection, "ledger/close_vanished", values)
