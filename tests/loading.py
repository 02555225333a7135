"""A warehouse with its lake, and how a test loads it: the steps of the flows, without Prefect."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text
from tables import events, ndjson, songs

from blocks import Redshift
from embedded import processes
from embedded.lake_fixture import Lake as Bucket
from tasks.attempt import attempt
from tasks.chunk import Target, load_chunk
from tasks.discover import start
from tasks.load import load
from tasks.outcome import Outcome
from tasks.planning import plan_hourly
from tasks.run import Plan, Run
from tasks.schema import ensure_schema
from tasks.windows import Window

TABLES = ("songplays", "users", "songs", "artists", "time")


class Warehouse:
    """The block under test, the bucket it loads from, and a connection to look at what it holds."""

    def __init__(self, block: Redshift, bucket: Bucket) -> None:
        self.block = block
        self.bucket = bucket
        self.engine = block.engine(connections=2)
        ensure_schema(self.engine)

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        """The rows of a question."""
        with self.engine.begin() as connection:
            return [tuple(row) for row in connection.execute(text(question))]

    def value(self, question: str) -> Any:
        """The one value of a question."""
        return self.rows(question)[0][0]

    def await_waiter(self, waiters: int = 1) -> None:
        """Until so many sessions wait for a lock."""
        waiting = "SELECT COUNT(*) FROM svv_transactions WHERE granted = false"
        assert processes.wait(lambda: self.value(waiting) >= waiters, 60.0)

    def put_events(self, drawn: str, key: str | None = None) -> str:
        """Write an object of drawn events, by default for the hour of the first."""
        records = events(drawn)
        if key is None:
            hour = datetime.fromtimestamp(records[0]["ts"] / 1000, UTC)
            key = f"log_data/{hour:%Y/%m/%d/%Y-%m-%d-%H}-events.json"
        self.bucket.put(key, ndjson(records))
        return key

    def put_songs(self, drawn: str) -> None:
        """Write an object for each drawn song."""
        for record in songs(drawn):
            self.bucket.put(f"song_data/A/B/C/TR{record['song_id']}.json", ndjson([record]))

    def plan(self, end: datetime, lookback: int = 24 * 60) -> Plan:
        """What an hourly run would load."""
        return plan_hourly(self.engine, self.block.lake, end, lookback)

    def pin(self, end: datetime = datetime(2018, 12, 1), lookback: int = 24 * 60) -> Run | None:
        """The run of an hourly plan."""
        return start(self.engine, self.block, self.plan(end, lookback), uuid.uuid4().hex)

    def hourly(
        self, end: datetime = datetime(2018, 12, 1), lookback: int = 24 * 60
    ) -> Outcome | None:
        """What an hourly run does; None when nothing is new."""
        run = self.pin(end, lookback)
        return attempt(run, load) if run else None

    def load(self, drawn: str) -> Outcome | None:
        """Write drawn events as a new object and run the hourly load."""
        self.put_events(drawn)
        return self.hourly()

    def backfill(self, window: Window, only: str = "missing", force: bool = False) -> Outcome:
        """What one chunk of a backfill does."""
        target = Target(self.block, self.engine, uuid.uuid4().hex, jobs=1)
        return load_chunk.fn(target, window, only, True, True, force)

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of the five tables, in an order of its own."""
        return {
            name: sorted(self.rows(f"SELECT * FROM sparkify.{name}"), key=repr) for name in TABLES
        }

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()
