"""A replacement leaves exactly the plays that the lake holds: what keeps it from that, and the proof."""

from __future__ import annotations

from sqlalchemy import Connection, text

from blocks.errors import Superseded, Unreadable
from tasks.asking import ask
from tasks.quality import checks
from tasks.reading import LOST
from tasks.run import Run
from tasks.verdicts import Verdict

UNREAD = "SELECT key FROM loads WHERE status = 'quarantined' AND source = 'events'"


def refuse_unreadable(connection: Connection, run: Run) -> None:
    """Refuse what would take plays for gone because their object was not read.

    Raises `Superseded` for objects that changed while they were loaded, so that it is planned again,
    and `Unreadable` for those that have a fault.
    """
    if run.plan.replace is None:
        return
    lost = text(f"{UNREAD} AND reason IN (:vanished, :changed) ORDER BY key")
    if keys := connection.execute(lost, LOST).scalars().all():
        raise Superseded(f"{len(keys)} objects changed while they were loaded, such as {keys[0]}")
    keys = (
        [] if run.plan.force else connection.execute(text(f"{UNREAD} ORDER BY key")).scalars().all()
    )
    if keys:
        raise Unreadable(
            f"{run.plan.replace} is not replaced: {len(keys)} objects cannot be read, such as "
            f"{keys[0]}; mend them, or use --force to replace with what can be read"
        )


def check_replacement(connection: Connection, run: Run) -> list[Verdict]:
    """Compare what is published of a replaced window with what the run has built."""
    window = run.plan.replace
    if window is None:
        return []
    values = {"lo": window.start, "hi": window.end}
    return ask(connection, checks("replacement"), "merged", values)
