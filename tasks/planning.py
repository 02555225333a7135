"""Decide what a run loads: compare the lake with the ledger."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from sqlalchemy import Engine

from blocks.lake import Lake, LakeObject
from sql import execute
from tasks.chunks import staged_range, takes
from tasks.find_songs import find_songs
from tasks.keys import parse_events_key
from tasks.ledger import Known, Ledger, choose, read_ledger, returned
from tasks.listing import events_extent, list_events, month_range
from tasks.run import Gone, Plan
from tasks.unfinished import unfinished_events
from tasks.windows import DAY, Window, floor_hour, hours_before

HOURLY = "sparkify-hourly"
BACKFILL = "sparkify-backfill"


def plan_hourly(engine: Engine, lake: Lake, end: datetime, lookback: int) -> Plan:
    """Everything new or changed of the `lookback` hours, whatever is still pending, and the songs."""
    with ThreadPoolExecutor(1) as beside:
        finding = beside.submit(find_songs, engine, lake)  # the longest wait
        window = Window(_hourly_start(engine, end, lookback), floor_hour(end))
        listed = list_events(lake, window)
        taken = {key: entry for key, entry in listed.items() if _falls_in(key, window)}
        known = known_events(engine, lake, window)
        late = unfinished_events(engine, lake, taken)
        songs = finding.result()
    return Plan(
        HOURLY,
        window,
        (
            *choose("events", taken.values(), known, "changed"),
            *choose("events", late.found, late.ledger, "changed"),
            *songs.objects,
        ),
        returned=(
            *returned("events", listed.values(), known),
            *returned("events", late.found, late.ledger),
            *songs.returned,
        ),
        vanished=(*late.vanished, *songs.vanished),
        notes=tuple(_left_out(listed, taken, known, lake)),
    )


def plan_backfill(
    engine: Engine, lake: Lake, window: Window, only: str, first: bool, force: bool
) -> Plan:
    """The event objects of a chunk by the choice `only`; `all` replaces the chunk's plays.

    An object belongs to the chunk that it begins in, or to the `first`. For a replacement, objects of
    the day before and of the lookback after are taken too: they may hold plays of the window.
    """
    replace = window if only == "all" else None
    wanted = staged_range(window) if replace else window
    known = known_events(engine, lake, wanted)  # before the listing: what comes later is noticed
    listed = list_events(lake, wanted)
    taken = [entry for key, entry in listed.items() if takes(key, wanted, first)]
    events = choose("events", taken, known, only)
    gone = _gone(known, {entry.key for entry in taken}, wanted) if replace else ()
    back = returned("events", taken, known)
    return Plan(
        BACKFILL, window, tuple(events), replace=replace, force=force, gone=gone, returned=back
    )


def _gone(known: Ledger, taken: set[str], staged: Window) -> tuple[Gone, ...]:
    """Published objects of the staged range that the lake holds no more."""
    return tuple(
        sorted(
            (key, versions.published_by)
            for key, versions in known.items()
            if versions.published and key not in taken and takes(key, staged)
        )
    )


def _hourly_start(engine: Engine, end: datetime, lookback: int) -> datetime:
    earliest = hours_before(end, lookback)
    with engine.begin() as connection:
        latest = execute(connection, "ledger/latest_hour").scalar()
    return floor_hour(min(earliest, latest) if latest else earliest)


def known_events(engine: Engine, lake: Lake, window: Window) -> Ledger:
    """What the ledger holds of the event objects of the months that the window touches."""
    return read_ledger(engine, "ledger/known_events", **month_range(lake, window))


def _falls_in(key: str, window: Window) -> bool:
    """Whether a run of this window takes the key: its hour is in it, or its day has begun by its end."""
    parsed = parse_events_key(key)
    if parsed is None:
        return False
    return parsed.begins in window or (parsed.covers == DAY and _overlaps(key, window))


def _overlaps(key: str, window: Window) -> bool:
    parsed = parse_events_key(key)
    return parsed is not None and parsed.begins < window.end and parsed.window.end > window.start


def _left_out(
    listed: dict[str, LakeObject],
    taken: dict[str, LakeObject],
    known: Ledger,
    lake: Lake,
) -> list[str]:
    """What was seen, is not published and was not taken, with the command that takes it."""
    left = sorted(
        key
        for key, entry in listed.items()
        if key not in taken
        and parse_events_key(key)
        and known.get(key, Known()).published != entry.etag
    )
    if left:
        windows = [parsed.window for key in left if (parsed := parse_events_key(key))]
        span = Window(min(w.start for w in windows), max(w.end for w in windows))
        return [f"not taken: {len(left)} objects ({left[0]} ...): {backfill_command(span)}"]
    if listed:
        return []
    extent = events_extent(lake)
    if extent is None:
        return []
    return [f"no events in this window; the lake holds {extent}: {backfill_command(extent)}"]


def backfill_command(window: Window) -> str:
    """The command that loads a window."""
    return f"python -m flows.backfill {window.start:%Y-%m-%dT%H:%M} {window.end:%Y-%m-%dT%H:%M}"
