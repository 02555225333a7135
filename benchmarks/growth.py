"""How time and memory grow: `python -m benchmarks.growth SWEEP [--sizes N ...]`, or all sweeps.

events      events of one hour
objects     objects of one hour, of 100,000 events together
songs       song objects that are listed and not new, in a run that finds nothing
backfill    hours of a backfill: --chunk hour --only missing --jobs 4

Each size is loaded into an empty warehouse by a flow in a process of its own: Prefect's flow time, and
the peak memory of that process above what it has when everything is imported.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.flow_run import Measured, run_flow
from benchmarks.lake import START, write_bare_songs, write_hours, write_songs
from benchmarks.results import keep, slope
from benchmarks.scene import fresh_warehouse, scene

OBJECTS_EVENTS = 100_000
PER_HOUR = 1000
JOBS = 4
Point = dict[str, Any]


@dataclass(frozen=True)
class Sweep:
    """What grows, in which sizes, and how one of them is measured."""

    grows: str
    sizes: tuple[int, ...]
    measure: Callable[[Path, int], Point]


def main() -> None:
    """Measure the sweeps that were asked for, and keep each by itself."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth")
    parser.add_argument("sweep", nargs="?", choices=[*SWEEPS, "all"], default="all")
    parser.add_argument("--sizes", type=int, nargs="+")
    options = parser.parse_args()
    for name in SWEEPS if options.sweep == "all" else [options.sweep]:
        sweep = SWEEPS[name]
        sizes: list[int] = options.sizes or list(sweep.sizes)
        with scene() as bucket:
            _warm_up(bucket)
            points = [_fresh(bucket, sweep, size) for size in sizes]
        keep(f"growth-{name}", {"sizes": sizes}, {"points": points, **_fitted(sizes, points)})


def _warm_up(bucket: Path) -> None:
    """The first run of all makes what every other one finds made."""
    end = write_hours(bucket, 1000)
    run_flow("hourly", window_end=end, lookback=2)


def _fresh(bucket: Path, sweep: Sweep, size: int) -> Point:
    """One size, in an empty lake and an empty warehouse."""
    for folder in bucket.iterdir():
        shutil.rmtree(folder)
    fresh_warehouse()
    return {sweep.grows: size, **sweep.measure(bucket, size)}


def _fitted(sizes: list[int], points: list[Point]) -> Point:
    """What one more costs, by the straight line that fits best."""
    if len(sizes) < 2:
        return {}
    seconds, memory = ([point[name] for point in points] for name in ("flow", "memory"))
    return {"seconds for one more": slope(sizes, seconds), "MB for one more": slope(sizes, memory)}


def _point(flow: Measured) -> Point:
    return {"flow": flow.flow, "memory": flow.memory, "steps": flow.steps}


def events(bucket: Path, size: int) -> Point:
    """An hour of so many events."""
    end = write_hours(bucket, size)
    write_songs(bucket, 500)
    return _point(run_flow("hourly", window_end=end, lookback=2))


def objects(bucket: Path, size: int) -> Point:
    """An hour of 100,000 events in so many objects."""
    end = write_hours(bucket, OBJECTS_EVENTS, objects=size)
    write_songs(bucket, 500)
    return _point(run_flow("hourly", window_end=end, lookback=2))


def songs(bucket: Path, size: int) -> Point:
    """A run that finds nothing, where so many songs are published."""
    from benchmarks.limit import lake_seconds

    end = write_hours(bucket, PER_HOUR)
    run_flow("hourly", window_end=end, lookback=2)
    write_bare_songs(bucket, size)
    _publish_songs()
    flow = run_flow("hourly", window_end=end, lookback=2)
    assert flow.status == "nothing new", flow
    listing = lake_seconds(end, 1)["listing"] if size else 0.0
    return _point(flow) | {"listing": listing, "less listing": round(flow.flow - listing, 3)}


def backfill(bucket: Path, size: int) -> Point:
    """A backfill of so many hours, each a chunk."""
    end = write_hours(bucket, PER_HOUR * size, size)
    write_songs(bucket, 500)
    flow = run_flow("backfill", start=START, end=end, chunk="hour", only="missing", jobs=JOBS)
    return _point(flow) | {"seconds a chunk": round(flow.flow / size, 3), "steps": {}}


def _publish_songs() -> None:
    """Have the ledger hold every song object of the lake as published, without loading them."""
    from embedded.block import EmbeddedRedshift
    from tasks.listing import list_songs
    from tasks.rows import insert_rows

    block = EmbeddedRedshift()
    engine = block.engine(connections=1)
    rows = [
        {
            "source": "songs",
            "key": entry.key,
            "etag": entry.etag,
            "size": entry.size,
            "last_modified": entry.last_modified,
            "status": "published",
            "run_id": "benchmark",
            "seen_at": entry.last_modified,
        }
        for entry in list_songs(block.lake)
    ]
    with engine.begin() as connection:
        insert_rows(connection, block, "etl.objects", rows, "benchmark/objects")
    engine.dispose()


SWEEPS = {
    "events": Sweep("events", (10_000, 100_000, 1_000_000, 10_000_000), events),
    "objects": Sweep("objects", (1, 100, 1000, 10_000), objects),
    "songs": Sweep("songs", (10_000, 100_000, 1_000_000), songs),
    "backfill": Sweep("hours", (1, 24, 168, 720), backfill),
}


if __name__ == "__main__":
    main()
