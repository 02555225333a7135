"""Does the cost of an hour depend on the history? `python -m benchmarks.history [--plays N]`.

Loads a day, multiplies it into the past by SQL, and times hourly runs of further hours with 1, 10 and
100 times that history: real statements, on the embedded Redshift, whose only index is the BRIN on the
leading sort key, as the image of zone maps. The run that brings a song is timed apart: it scans two
columns of the fact.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.results import keep

DAY = datetime(2026, 1, 1, tzinfo=UTC)
ROUNDS = 5

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
    with tempfile.TemporaryDirectory(prefix="sparkify-bench-") as home:
        os.environ["SPARKIFY_HOME"] = home
        from embedded import stack

        try:
            keep("history", vars(options), measure(options.plays))
        finally:
            stack.stop()


def measure(plays: int) -> dict[str, float]:
    """Seconds of an hourly run, by how many times the history there is, and their ratios."""
    from embedded import home, sample
    from embedded.block import EmbeddedRedshift

    bucket = home.lake() / home.BUCKET
    rate = plays // 24
    hours = 24 + 3 * (ROUNDS + 2) + 1
    end = (DAY + timedelta(hours=hours)).isoformat()
    wanted = sample.options(
        end=end, hours=hours, songs=500, plays_per_hour=rate, users=None, seed=1
    )
    sample.write_lake(wanted, bucket)
    block = EmbeddedRedshift()
    engine = block.engine(connections=2)
    _hourly(engine, block, DAY + timedelta(hours=24))
    found: dict[str, float] = {}
    hour, grown = DAY + timedelta(hours=24), 1
    for times in (1, 10, 100):
        _grow(engine, grown, times)
        grown = times
        seconds = []
        for _ in range(ROUNDS + 1):
            hour += timedelta(hours=1)
            seconds.append(_hourly(engine, block, hour))
        found[f"seconds with {times} times the history"] = statistics.median(seconds[1:])
    found["10 : 1"] = round(_ratio(found, 10), 3)
    found["100 : 1"] = round(_ratio(found, 100), 3)
    found["plays at the top"] = _value(engine, "SELECT COUNT(*) FROM sparkify.songplays")
    _put_song(block)
    found["seconds with a new song at the top"] = _hourly(engine, block, hour)
    engine.dispose()
    return found


def _ratio(found: dict[str, float], times: int) -> float:
    return (
        found[f"seconds with {times} times the history"] / found["seconds with 1 times the history"]
    )


def _grow(engine: Any, from_times: int, to_times: int) -> None:
    with engine.begin() as connection:
        for days in range(from_times, to_times):
            for statement in (MORE_PLAYS, MORE_TIME):
                connection.exec_driver_sql(statement.format(days=days, day=f"{DAY:%Y-%m-%d}"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in ("songplays", "time"):
            connection.exec_driver_sql(f"VACUUM sparkify.{table}")
            connection.exec_driver_sql(f"ANALYZE sparkify.{table}")


def _hourly(engine: Any, block: Any, end: datetime) -> float:
    """Seconds of one hourly run, from the first statement to the last, without Prefect."""
    from tasks.attempt import attempt
    from tasks.discover import start
    from tasks.load import load
    from tasks.planning import plan_hourly
    from tasks.schema import ensure_schema

    began = time.perf_counter()
    ensure_schema(engine)
    plan = plan_hourly(engine, block.lake, end, 24)
    run = start(engine, block, plan, uuid.uuid4().hex)
    assert run is not None
    assert attempt(run, load) is not None
    return round(time.perf_counter() - began, 3)


def _put_song(block: Any) -> None:
    import obstore

    song = {"song_id": "SONEW", "title": "New", "artist_id": "ARNEW", "artist_name": "New"}
    key = "song_data/Z/Z/Z/TRNEW.json"
    obstore.put(block.lake.store(block.lake.bucket), key, json.dumps(song).encode())


def _value(engine: Any, question: str) -> Any:
    with engine.begin() as connection:
        return connection.exec_driver_sql(question).scalar()


if __name__ == "__main__":
    main()
