"""Take the publish lock, also when a client that died or sleeps still holds it.

A client that vanishes without closing its connection leaves a session that sits idle in its
transaction and keeps the lock until Redshift notices, hours later. Whoever waits for the lock looks
who holds it, and ends a session that has been idle for too long; one that works is waited for.
What the ended client comes back with is refused: under the lock the ledger is read again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from blocks.transient import is_transient
from sql import execute


@dataclass(frozen=True)
class Fence:
    """When a holder of the lock counts as dead; all in seconds but `looks`.

    `patience`: how long to wait for the lock before each look at who holds it. `limit`: how long a
    holder may be idle in its transaction. `looks`: in how many looks in a row it must be idle,
    because what the warehouse tells about finished statements lags behind.
    """

    patience: float = 5.0
    limit: float = 600.0
    looks: int = 3


def lock_publishing(connection: Connection, fence: Fence | None = None) -> list[str]:
    """Lock `etl.publish_lock`, as the first statement of a transaction: the snapshot comes after it.

    Returns a line for each session that was ended for it, and for one that could not be.
    """
    notes: list[str] = []
    had = threading.Event()
    watch = (connection.engine, fence or Fence(), had, notes)
    watcher = threading.Thread(target=_watch, args=watch, name="publish-lock", daemon=True)
    watcher.start()
    try:
        execute(connection, "ledger/lock")
    finally:
        had.set()
        watcher.join()
    return notes


def idle_holders(engine: Engine, limit: float) -> dict[int, int]:
    """Seconds of idleness of the sessions that hold the lock and have done nothing for the limit."""
    with engine.begin() as connection:
        holders = execute(connection, "ledger/lock_holders").all()
        idle = {pid: _idle(connection, pid, seconds) for pid, seconds in holders}
    return {pid: seconds for pid, seconds in idle.items() if seconds >= limit}


def _idle(connection: Connection, pid: int, open_for: int) -> int:
    values = {"pid": pid}
    if execute(connection, "ledger/session_works", values).scalar_one():
        return -1
    rests = execute(connection, "ledger/session_rests", values).scalar()
    return open_for if rests is None else min(open_for, int(rests))


def _watch(engine: Engine, fence: Fence, had: threading.Event, notes: list[str]) -> None:
    seen: dict[int, int] = {}
    while not had.wait(fence.patience):
        try:
            idle = idle_holders(engine, fence.limit)
            seen = {pid: seen.get(pid, 0) + 1 for pid in idle}
            dead = {pid: idle[pid] for pid, looks in seen.items() if looks >= fence.looks}
            if not had.is_set():
                notes += _end(engine, dead.items())
        except DBAPIError as error:
            if not is_transient(error):
                reason = " ".join(str(error.orig).split())
                notes.append(
                    f"whoever holds the publish lock cannot be looked at or ended: {reason}"
                )
                return


def _end(engine: Engine, dead: Iterable[tuple[int, int]]) -> list[str]:
    notes = []
    for pid, seconds in dead:
        with engine.begin() as connection:
            if execute(connection, "ledger/end_session", {"pid": pid}).scalar_one():
                notes.append(f"ended session {pid}: it held the publish lock, idle for {seconds} s")
    return notes
