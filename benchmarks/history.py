"""Does the cost of an hour depend on the history? `python -m benchmarks.history [--plays N]`.

Loads a day, multiplies it into the past by SQL, and times runs of further hours in warehouses with 1, 10
and 100 times that history: real statements, on the embedded Redshift, whose only index is the BRIN on the
leading sort key, as the image of zone maps. The run that brings a song is timed apart: it scans two
columns of the fact.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.results import keep
from benchmarks.scene import throwaway_stack

DAY = datetime(2026, 1, 1, tzinfo=UTC)
ROUNDS = 9
TIMES = (1, 10, 100)
Figures = dict[str, float]

MORE_PLAYS = """
INSERT INTO sparkify.songplays
SELECT MD5(songplay_id || '|' || {days}), DATEADD(day, -{days}, start_time), user_id, level,
    song_id, artist_id, session_id, item_in_session, location, user_agent, song_title,
    artist_name, song_length
FROM sparkify.songplays
WHERE start_time >= '{day}' AND start_time < DATEADD(day, 1, '{day}'::TIMESTAMP)
"""
MORE_TIME = """
INSERT INTO sparkify.time
SELECT DATEADD(day, -{days}, start_time), hour, day, week, month, year, weekday
FROM sparkify.time
WHERE start_time >= '{day}' AND start_time < DATEADD(day, 1, '{day}'::TIMESTAMP)
"""


def main() -> None:
    """Measure and print the medians and their ratios."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.history")
    parser.add_argument(
        "--plays", type=int, default=50_000, help="plays of the day that is one times"
    )
    options = parser.parse_args()
    with throwaway_stack() as bucket:
        keep("history", vars(options), measure(bucket, options.plays))


def measure(bucket: Path, plays: int) -> dict[str, float]:
    """Seconds of an hourly run, by how many times the history there is, and their ratios.

    Each history is a warehouse of its own, and every hour is loaded into all of them in turn: what the
    machine does beside it falls on each alike.
    """
    _write_lake(bucket, plays)
    blocks = {times: _warehouse(times) for times in TIMES}
    seconds: dict[int, list[float]] = {times: [] for times in TIMES}
    for number in range(ROUNDS + 1):
        hour = DAY + timedelta(hours=25 + number)
        for times in _turned(number):
            seconds[times].append(_hourly(blocks[times], hour))
    return _figures(blocks, seconds, hour)


def _write_lake(bucket: Path, plays: int) -> None:
    from embedded import sample

    hours = 24 + ROUNDS + 2
    end = (DAY + timedelta(hours=hours)).isoformat()
    wanted = sample.options(
        end=end, hours=hours, songs=500, plays_per_hour=plays // 24, users=None, seed=1
    )
    sample.write_lake(wanted, bucket)


def _turned(number: int) -> tuple[int, ...]:
    """The histories, another one first each time."""
    first = number % len(TIMES)
    return TIMES[first:] + TIMES[:first]


def _warehouse(times: int) -> Any:
    """The block of a warehouse with the day and so many times its history."""
    from embedded import postgres
    from embedded.block import EmbeddedRedshift

    name = f"times_{times}"
    postgres.create_database(name)
    block = EmbeddedRedshift(database=name)
    _hourly(block, DAY + timedelta(hours=24))
    engine = block.engine(connections=1)
    _grow(engine, times)
    engine.dispose()
    return block


def _figures(blocks: dict[int, Any], seconds: dict[int, list[float]], hour: datetime) -> Figures:
    found: Figures = {
        f"seconds with {times} times the history": statistics.median(each[1:])
        for times, each in seconds.items()
    }
    for times in TIMES[1:]:
        ratio = (
            found[f"seconds with {times} times the history"]
            / found["seconds with 1 times the history"]
        )
        found[f"{times} : 1"] = round(ratio, 3)
    top = blocks[TIMES[-1]]
    found["plays at the top"] = _count(top)
    _put_song(top)
    found["seconds with a new song at the top"] = _hourly(top, hour)
    return found


def _grow(engine: Any, times: int) -> None:
    """Multiply the day into the past, and let the server write it all down before it is measured."""
    with engine.begin() as connection:
        for days in range(1, times):
            for statement in (MORE_PLAYS, MORE_TIME):
                connection.exec_driver_sql(statement.format(days=days, day=f"{DAY:%Y-%m-%d}"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in ("songplays", "time"):
            connection.exec_driver_sql(f"VACUUM sparkify.{table}")
            connection.exec_driver_sql(f"ANALYZE sparkify.{table}")


def _hourly(block: Any, end: datetime) -> float:
    """Seconds of one hourly run, from the first statement to the last, without Prefect."""
    from tasks.attempt import attempt
    from tasks.discover import start
    from tasks.load import load
    from tasks.planning import plan_hourly
    from tasks.schema import ensure_schema

    engine = block.engine(connections=2)
    began = time.perf_counter()
    ensure_schema(engine)
    plan = plan_hourly(engine, block.lake, end, 24)
    run = start(engine, block, plan, uuid.uuid4().hex)
    assert run is not None
    assert attempt(run, load) is not None
    spent = round(time.perf_counter() - began, 3)
    engine.dispose()
    return spent


def _put_song(block: Any) -> None:
    import obstore

    song = {"song_id": "SONEW", "title": "New", "artist_id": "ARNEW", "artist_name": "New"}
    key = "song_data/Z/Z/Z/TRNEW.json"
    obstore.put(block.lake.store(block.lake.bucket), key, json.dumps(song).encode())


def _count(block: Any) -> int:
    engine = block.engine(connections=1)
    with engine.begin() as connection:
        plays: int = connection.exec_driver_sql("SELECT COUNT(*) FROM sparkify.songplays").scalar()
    engine.dispose()
    return plays


if __name__ == "__main__":
    main()
