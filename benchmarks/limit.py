"""What the pipeline adds to what must be done anyway: `python -m benchmarks.limit [--events N]`.

Flow time of an hour of many events, against the sum of listing the lake, downloading the song
objects, and sending the same statements and COPYs bare: on one connection, and on as many as the flow
used at once, which is the critical path. And staging against PostgreSQL's own COPY of the same rows.
"""

from __future__ import annotations

import argparse
import io
import pickle
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.flow_run import run_flow
from benchmarks.lake import START, write_hours, write_songs
from benchmarks.replay import replay, replay_together
from benchmarks.results import keep, median
from benchmarks.scene import fresh_warehouse, scene
from benchmarks.statements import Recording


def main() -> None:
    """Measure a few rounds and keep them with their medians."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.limit")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--hours", type=int, default=24, help="hours that they are spread over")
    parser.add_argument("--songs", type=int, default=14_896)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with scene() as bucket:
        end = write_hours(bucket, options.events, options.hours, songs=options.songs)
        write_songs(bucket, options.songs)
        rounds = [measure(bucket, end, options.hours) for _ in range(options.rounds)]
    keep("limit", vars(options), {"rounds": rounds, "median": medians(rounds)})


def medians(rounds: list[dict[str, float]]) -> dict[str, float]:
    """The median of each figure."""
    return {name: median([one[name] for one in rounds]) for name in rounds[0]}


def measure(bucket: Path, end: Any, hours: int) -> dict[str, float]:
    """The flow, and right after it, what the least is."""
    fresh_warehouse()
    recorded, flow = record(end, hours)
    figures = {"flow": flow.flow, "tasks": flow.tasks, "memory": flow.memory}
    figures |= {"staging": flow.steps["stage staging_events_json"], "COPY": plain_copy(bucket)}
    figures |= {"statements": recorded.statements, "transactions": len(recorded.transactions)}
    figures |= lake_seconds(end, hours)
    figures |= bare_seconds(recorded)
    least = figures["listing"] + figures["songs"] + figures["bare, together"]
    alone = figures["listing"] + figures["songs"] + figures["bare, one connection"]
    figures["flow : least"] = round(figures["flow"] / least, 3)
    figures["flow : least on one connection"] = round(figures["flow"] / alone, 3)
    return figures | {"overhead": round(figures["flow"] - least, 3)}


def record(end: Any, hours: int, checks: int | None = None) -> tuple[Recording, Any]:
    """Run the hourly flow in a process of its own; what it sent, and how it went."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sent"
        flow = run_flow("hourly", checks, path, window_end=end, lookback=hours + 1)
        assert flow.status == "published", flow
        return Recording(*pickle.loads(path.read_bytes())), flow


def lake_seconds(end: Any, hours: int) -> dict[str, float]:
    """How long it takes to list the lake and to download its songs, and nothing else."""
    from embedded.block import EmbeddedRedshift
    from tasks.batch import batch_object
    from tasks.listing import list_events, list_songs
    from tasks.reading import read_objects
    from tasks.windows import Window

    lake = EmbeddedRedshift().lake
    window = Window(START.replace(tzinfo=None), end.replace(tzinfo=None))
    listing = seconds(lambda: (list_events(lake, window), list(list_songs(lake))))
    songs = [batch_object("songs", entry, "") for entry in list_songs(lake)]
    return {"listing": listing, "songs": seconds(lambda: read_objects(lake, songs))}


def bare_seconds(recorded: Recording) -> dict[str, float]:
    """The statements again, each time in an empty warehouse, with the search path that the run had."""
    from embedded.block import EmbeddedRedshift

    found = {}
    for name, again in (("bare, one connection", replay), ("bare, together", replay_together)):
        fresh_warehouse()
        engine = EmbeddedRedshift().engine(search_path=run_schema(recorded), connections=8)
        try:
            found[name] = seconds(lambda again=again, engine=engine: again(engine, recorded))  # type: ignore[misc]
        finally:
            engine.dispose()
    return found


def plain_copy(bucket: Path) -> float:
    """PostgreSQL's own COPY of the rows of all events, from a client's memory."""
    import polars as pl
    from psycopg2 import extensions

    import embedded
    from embedded import postgres
    from sql import SOURCES
    from tasks.staging_table import staging_table

    events = pl.concat(
        [pl.read_ndjson(path) for path in sorted((bucket / "log_data").rglob("*.json"))],
        how="vertical_relaxed",
    )
    names = [column.name for column in SOURCES["events"].columns]
    rows = io.BytesIO(events.select(names).write_csv(include_header=False).encode())
    with embedded.connect(**postgres.connect_arguments()) as connection:
        with connection.cursor() as cursor:
            cursor.execute(staging_table("plain_copy", SOURCES["events"]))
        with connection.cursor(cursor_factory=extensions.cursor) as cursor:
            sql = "COPY plain_copy FROM STDIN (FORMAT csv)"
            return seconds(lambda: cursor.copy_expert(sql, rows))


def run_schema(recorded: Recording) -> str:
    """The schema of the run that was recorded."""
    return next(
        statement.split()[2]
        for transaction in recorded.transactions
        for statement, _ in transaction
        if statement.startswith("CREATE SCHEMA run_")
    )


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    began = time.perf_counter()
    work()
    return round(time.perf_counter() - began, 3)


if __name__ == "__main__":
    main()
