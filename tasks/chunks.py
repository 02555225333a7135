"""Cut a backfill's window into chunks, snapped to whole objects so that none is split."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from tasks.keys import parse_events_key
from tasks.windows import DAY, HOUR, Window, floor_day

REPLACED_TOGETHER = 31 * DAY
LATE = 3 * DAY


def cut(window: Window, chunk: str, newest_first: bool, replace: bool) -> list[Window]:
    """The chunks of a window: by `hour`, `day` or `all` of it.

    Adjacent chunks are replaced together, up to a month: each replacement also stages the days around
    its window.
    """
    step = {"hour": HOUR, "day": DAY, "all": window.end - window.start}[chunk]
    if replace and chunk != "all":
        step = max(step, REPLACED_TOGETHER)
    chunks = list(_cut(window, step, floor_day if step >= DAY and chunk != "all" else None))
    return chunks[::-1] if newest_first else chunks


def _cut(
    window: Window, step: timedelta, floor: Callable[[datetime], datetime] | None
) -> Iterable[Window]:
    start = window.start
    while start < window.end:
        end = min((floor(start) if floor else start) + step, window.end)
        yield Window(start, end)
        start = end


def staged_range(replaced: Window) -> Window:
    """The range whose objects are staged to replace a window: they may hold plays of it."""
    return Window(replaced.start - DAY, replaced.end + LATE)


def takes(key: str, chunk: Window, first: bool = False) -> bool:
    """Whether a chunk takes an object: when it begins in the chunk, so that just one chunk takes it.

    The first chunk also takes those that began before it and reach into it.
    """
    parsed = parse_events_key(key)
    if parsed is None:
        return False
    reaches_in = parsed.begins < chunk.start < parsed.window.end
    return parsed.begins in chunk or (first and reaches_in)
