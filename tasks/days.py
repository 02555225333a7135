"""The days that a delta touches, as few ranges as do not read much in between."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import pairwise

from tasks.windows import DAY, Window

MOST_RANGES = 12


def ranges(days: Iterable[date], most: int = MOST_RANGES) -> list[Window]:
    """Windows that cover the days: adjacent days together; beyond `most`, across the smallest gaps."""
    found: list[Window] = []
    for day in sorted({_date(day) for day in days}):
        start = datetime.combine(day, datetime.min.time())
        if found and found[-1].end == start:
            found[-1] = Window(found[-1].start, start + DAY)
        else:
            found.append(Window(start, start + DAY))
    while len(found) > most:
        found = _join_nearest(found)
    return found


def _join_nearest(windows: list[Window]) -> list[Window]:
    gaps: list[timedelta] = [b.start - a.end for a, b in pairwise(windows)]
    n = gaps.index(min(gaps))
    return [*windows[:n], Window(windows[n].start, windows[n + 1].end), *windows[n + 2 :]]


def _date(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day
