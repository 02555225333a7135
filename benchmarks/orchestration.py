"""What Prefect adds to a run and to a task: `python -m benchmarks.orchestration [--checks N ...]`.

A small hour with 5, 20 and 100 checks, in a task for each thing that they are about: flow time less
listing and less the bare statements on their critical path. And a run that finds nothing against
listing the lake.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from benchmarks.flow_run import run_flow
from benchmarks.lake import write_hours, write_songs
from benchmarks.limit import bare_seconds, lake_seconds, medians, record
from benchmarks.results import keep, slope
from benchmarks.scene import fresh_warehouse, scene


def main() -> None:
    """Measure a few rounds for each number of checks, in turn."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.orchestration")
    parser.add_argument("--checks", type=int, nargs="+", default=[5, 20, 100])
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--songs", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with scene() as bucket:
        end = write_hours(bucket, options.events, songs=options.songs)
        write_songs(bucket, options.songs)
        measure(bucket, end, None)  # the first run of all warms what every other one finds warm
        numbers = [None, *options.checks]
        turns = [[measure(bucket, end, n) for n in numbers] for _ in range(options.rounds)]
    rounds = [list(turn) for turn in zip(*turns, strict=True)]
    keep("orchestration", vars(options), summary(numbers, rounds))


def summary(numbers: list[int | None], rounds: list[list[dict[str, float]]]) -> dict[str, Any]:
    """The medians by number of checks, and what one more check costs."""
    found = [medians(one) for one in rounds]
    given = [n for n in numbers if n]
    overheads = [figures["overhead"] for n, figures in zip(numbers, found, strict=True) if n]
    named = {n or "its own": figures for n, figures in zip(numbers, found, strict=True)}
    each = round(slope(given, overheads), 4)
    return {"by checks": named, "overhead of one more check": each, "rounds": rounds}


def measure(bucket: Path, end: Any, checks: int | None) -> dict[str, float]:
    """One run of the hour, one that finds nothing, and the least that both can take."""
    fresh_warehouse()
    recorded, flow = record(end, 1, checks)
    nothing = run_flow("hourly", window_end=end, lookback=2)
    assert nothing.status == "nothing new", nothing
    lake, bare = lake_seconds(end, 1), bare_seconds(recorded)
    least = lake["listing"] + lake["songs"] + bare["bare, together"]
    return {
        "tasks": flow.tasks,
        "flow": flow.flow,
        "least": round(least, 3),
        "overhead": round(flow.flow - least, 3),
        "overhead per task": round((flow.flow - least) / flow.tasks, 4),
        "nothing new": nothing.flow,
        "nothing new less listing": round(nothing.flow - lake["listing"], 3),
        "imports": flow.imports,
        **lake,
        **bare,
    }


if __name__ == "__main__":
    main()
