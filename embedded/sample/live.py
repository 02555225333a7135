"""New objects for a lake that people look at: one for each hour, as the hours pass or faster."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from embedded.sample.objects import content, live_key, write
from embedded.sample.options import Options
from embedded.sample.songs import make_songs
from embedded.sample.timeline import hours

HOUR = timedelta(hours=1)
BEHIND = 24  # simulated hours begin a day ago: an hourly run takes only hours that are over
YEARS = 24 * 365 * 10


def live(wanted: Options, bucket: Path, every: float | None) -> Iterator[tuple[datetime, str]]:
    """Write an object for each hour when it is over and yield hour and key.

    With `every`, the hours of the last day come one after the other, after so many seconds each; an
    hour that is not over yet is waited for all the same.
    """
    start = _first_hour(bucket, every)
    known, unknown = make_songs(wanted.songs, wanted.seed)
    endless = replace(wanted, end=start + YEARS * HOUR, hours=YEARS)
    for hour, events in hours(endless, known, unknown):
        _wait(max((hour + HOUR - datetime.now(UTC)).total_seconds(), every or 0))
        if events:
            write(bucket, live_key(hour), content("json", events))
            yield hour, live_key(hour)


def _first_hour(bucket: Path, every: float | None) -> datetime:
    """The hour that goes on; with simulated hours the first of the last day that has no such object."""
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    if every is None:
        return now
    start = now - BEHIND * HOUR
    while start < now and (bucket / live_key(start)).exists():
        start += HOUR
    return start


def _wait(seconds: float) -> None:
    """Wait by the clock of the wall, which a suspended machine does not stop."""
    until = time.time() + seconds
    while (left := until - time.time()) > 0:
        time.sleep(min(left, 30))
