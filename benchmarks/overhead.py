"""What the pipeline adds to what must be done anyway: `python -m benchmarks.overhead FOLDER START END`.

FOLDER is a lake (<FOLDER>/sparkify/log_data ...). In one run, with the stack and a Prefect server
running: the backfill's flow time (Prefect's total_run_time) against the sum of listing the lake,
downloading the song objects, and sending the same statements and COPYs bare on one connection.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from prefect.client.orchestration import get_client
from prefect.settings import PREFECT_SERVER_ANALYTICS_ENABLED, temporary_settings
from prefect.testing.utilities import prefect_test_harness

from benchmarks.statements import Recording, recording, replay


def main() -> None:
    """Measure and print the medians of a few rounds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.overhead")
    parser.add_argument("lake")
    parser.add_argument("start", type=datetime.fromisoformat)
    parser.add_argument("end", type=datetime.fromisoformat)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    os.environ["SPARKIFY_LAKE"] = options.lake
    with tempfile.TemporaryDirectory(prefix="sparkify-bench-") as home:
        os.environ["SPARKIFY_HOME"] = home
        from embedded import stack

        try:
            quiet = temporary_settings({PREFECT_SERVER_ANALYTICS_ENABLED: False})
            with quiet, prefect_test_harness(server_startup_timeout=120):
                rounds = [_round(options.start, options.end) for _ in range(options.rounds)]
        finally:
            stack.stop()
    print(json.dumps({name: statistics.median(r[name] for r in rounds) for name in rounds[0]}))


def _round(start: datetime, end: datetime) -> dict[str, float]:
    from embedded import stack
    from embedded.block import EmbeddedRedshift
    from flows.backfill import backfill
    from flows.hourly import hourly
    from tasks.listing import list_events, list_songs
    from tasks.reading import read_objects
    from tasks.windows import Window

    stack.reset()
    with recording() as recorded:
        flow = _flow_seconds(lambda: backfill(start, end, "all", return_state=True))
    nothing = _flow_seconds(lambda: hourly(return_state=True))
    block = EmbeddedRedshift()
    lake, window = block.lake, Window(start, end)
    listing = _seconds(lambda: (list_events(lake, window), list_songs(lake)))
    songs = _as_batch(list_songs(lake))
    download = _seconds(lambda: read_objects(lake, songs))
    stack.reset()
    bare = _replay_seconds(block, recorded)
    least = listing + download + bare
    return {
        "flow seconds": flow,
        "listing seconds": listing,
        "download seconds": download,
        "bare statements seconds": bare,
        "flow : the sum of these": round(flow / least, 2),
        "statements": recorded.statements,
        "commits": len(recorded.transactions),
        "nothing new, flow seconds": nothing,
    }


def _as_batch(listed: dict[str, Any]) -> list[Any]:
    from tasks.batch import batch_object

    return [batch_object("songs", entry, "") for entry in listed.values()]


def _replay_seconds(block: Any, recorded: Recording) -> float:
    """The statements again, with the search path that the run had."""
    schema = next(
        statement.split()[2]
        for transaction in recorded.transactions
        for statement, _ in transaction
        if statement.startswith("CREATE SCHEMA run_")
    )
    engine = block.engine(search_path=schema, connections=1)
    try:
        return _seconds(lambda: replay(engine, recorded))
    finally:
        engine.dispose()


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return round(time.perf_counter() - began, 3)


def _flow_seconds(work: Callable[[], Any]) -> float:
    """Prefect's total_run_time of a flow run that completes."""
    state = work()
    assert state.is_completed(), state

    async def read() -> float:
        async with get_client() as client:
            run = await client.read_flow_run(state.state_details.flow_run_id)
        return run.total_run_time.total_seconds()

    return round(asyncio.run(read()), 3)


if __name__ == "__main__":
    main()
