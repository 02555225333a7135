"""Which objects the lake holds: of some days, of all songs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import chain

from blocks.lake import Lake, LakeObject
from tasks.keys import EventsKey, is_songs_key, parse_events_key
from tasks.windows import Window

LISTERS = 16


def list_events(lake: Lake, window: Window) -> dict[str, LakeObject]:
    """The activity logs of the days that the window touches, by key; reads only these days' folders."""
    months = sorted({(day.year, day.month) for day in window.days})
    folders = [f"{lake.events_prefix}/{year}/{month:02}" for year, month in months]
    days = [f"{lake.events_prefix}/{day:%Y/%m/%d}" for day in window.days]
    with ThreadPoolExecutor(LISTERS) as pool:
        daily = pool.map(lambda folder: lake.folder(folder)[1], folders)
        hourly = pool.map(lambda folder: list(lake.walk(folder)), days)
        found = [entry for listing in (*daily, *hourly) for entry in listing]
    wanted = set(window.days)
    return {entry.key: entry for entry in found if _day(entry.key) in wanted}


def list_songs(lake: Lake) -> Iterator[LakeObject]:
    """Every song object, folder by folder: a million of them are not held at once."""
    folders, direct = lake.folder(lake.songs_prefix)
    with ThreadPoolExecutor(LISTERS) as pool:
        below = list(pool.map(lake.folder, folders))
        nested = [folder for inner, _ in below for folder in inner]
        direct += [entry for _, entries in below for entry in entries]
        listings = pool.map(lambda folder: list(lake.walk(folder)), nested)
        for listing in chain([direct], listings):
            yield from (entry for entry in listing if is_songs_key(entry.key))


def events_extent(lake: Lake) -> Window | None:
    """The days of the first and the last activity log, found by looking at folders' ends only."""
    first, last = _edge(lake, 0), _edge(lake, -1)
    if first is None or last is None:
        return None
    return Window(first.window.start, last.window.end)


def _edge(lake: Lake, end: int) -> EventsKey | None:
    prefix = lake.events_prefix
    parsed: list[EventsKey] = []
    for _ in range(4):
        folders, entries = lake.folder(prefix)
        parsed += _parsed(entries)
        if not folders:
            break
        prefix = sorted(folders)[end]
    ordered = sorted(parsed, key=lambda key: key.begins)
    return ordered[end] if ordered else None


def _parsed(entries: Iterable[LakeObject]) -> list[EventsKey]:
    keys = (parse_events_key(entry.key) for entry in entries)
    return [key for key in keys if key]


def _day(key: str) -> date | None:
    parsed = parse_events_key(key)
    return parsed.begins.date() if parsed else None


def month_range(lake: Lake, window: Window) -> dict[str, str]:
    """The keys of the months that the window touches: from `first` to before `last`."""
    days = window.days
    return {
        "first": f"{lake.events_prefix}/{days[0]:%Y/%m/}",
        "last": f"{lake.events_prefix}/{days[-1]:%Y/%m/}~",
    }
