"""A small lake between two runs: what is published, what has changed since, and what must come of it.

Published: a daily object and two songs. Since then the daily object was rewritten, an hourly CSV
object and a third song have come, and a song was corrected. Some lines of both are rejected.
"""

from __future__ import annotations

import gzip
import uuid
from typing import Any

from loading import Warehouse
from tables import events, ndjson, songs

from blocks import Redshift
from blocks.door import Door
from embedded import postgres
from embedded.block import EmbeddedRedshift, local_lake
from embedded.lake_fixture import Lake as Bucket
from tasks.attempt import attempt
from tasks.load import load
from tasks.maintain_sweep import run_ids, sweep

DAILY = "log_data/2018/11/2018-11-01-events.json"
HOURLY = "log_data/2018/11/02/2018-11-02-10-events.csv.gz"
CSV = ("ts", "userId", "page", "sessionId", "itemInSession", "level", "artist", "song", "length")
PLANS = 5
State = dict[str, list[tuple[Any, ...]]]
OBJECTS = "source, key, etag, size, last_modified, status, reason, lines, loaded, rejected"
REJECTS = "source, key, etag, line_number, column_name, reason, raw_text"


def warehouse_block(database: str, bucket: str, endpoint: str = "", port: int = 0) -> Redshift:
    """The block over a database and a bucket; `endpoint` and `port` when they are behind a proxy."""
    lake = local_lake().model_copy(update={"bucket": bucket, "work_prefix": database})
    if endpoint:
        lake = lake.model_copy(update={"endpoint": endpoint})
    kind = _Behind if port else EmbeddedRedshift
    return kind(database=database, lake=lake, port=port or 5439)


class _Behind(EmbeddedRedshift):
    """The embedded Redshift behind a proxy, on a port of its own."""

    _block_type_name = "Embedded Redshift behind a proxy"
    _block_type_slug = "embedded-redshift-behind-a-proxy"

    def door(self) -> Door:
        logins = super().door().logins
        return Door(lambda: ("127.0.0.1", self.port), logins.current)


def run_hourly(warehouse: Warehouse) -> int:
    """What an hourly flow does, without Prefect: plan and load until nothing is new; returns the runs."""
    for number in range(PLANS):
        run = warehouse.pin()
        if run is None:
            return number
        attempt(run, load)
    raise AssertionError(f"still something new after {PLANS} runs")


class Scene:
    """The lake, databases with what is published already, and the state that every run must reach."""

    def __init__(self) -> None:
        self.bucket = Bucket.make(f"chaos-{uuid.uuid4().hex[:12]}")
        self.published = f"chaos_{uuid.uuid4().hex[:12]}"
        postgres.create_database(self.published)
        self._publish_first_state()
        self._change_lake()
        self.expected = self.after_an_undisturbed_run(self.published)
        self.expected_first = self.after_an_undisturbed_run("")

    def _publish_first_state(self) -> None:
        warehouse = self.warehouse(self.published)
        drawn = """
            ts               | userId | level
            2018-11-01 10:00 | 8      | free
            2018-11-01 11:00 | 9      | paid
        """
        warehouse.put_events(drawn, DAILY)
        warehouse.put_songs("song_id | title\nSO1 | You Gotta Be\nSO2 | Another")
        run_hourly(warehouse)
        warehouse.close()

    def _change_lake(self) -> None:
        rewritten = events("""
            ts               | userId | level
            2018-11-01 10:00 | 8      | free
            2018-11-01 11:00 | 9      | paid
            2018-11-01 12:00 | 8      | paid
            1999-11-01 13:00 | 8      | paid
        """)
        self.bucket.put(DAILY, ndjson(rewritten) + b'\n{"ts": "when?"}')
        self.bucket.put(HOURLY, gzip.compress(_csv()))
        corrected = songs("song_id | title | year\nSO2 | You Gotta Be | 1990\nSO3 | Third | 0")
        for record in corrected:
            self.bucket.put(f"song_data/A/B/C/TR{record['song_id']}.json", ndjson([record]))

    def after_an_undisturbed_run(self, template: str) -> State:
        """The state after a run of which nobody has disturbed anything."""
        database = self.database(template)
        warehouse = self.warehouse(database)
        try:
            assert run_hourly(warehouse) == 1
            return self.state(warehouse)
        finally:
            warehouse.close()
            postgres.drop_database(database)

    def database(self, template: str, name: str = "") -> str:
        """A database made of another, of the empty template for ''; returns its name."""
        name = name or f"chaos_{uuid.uuid4().hex[:12]}"
        if not template:
            postgres.create_database(name)
            return name
        server = postgres.connect()
        with server.cursor() as cursor:
            cursor.execute(
                f"CREATE DATABASE {postgres.quoted(name)} TEMPLATE {postgres.quoted(template)}"
            )
        server.close()
        return name

    def warehouse(self, database: str) -> Warehouse:
        """A database of this scene, to be loaded in this process."""
        return Warehouse(warehouse_block(database, self.bucket.bucket), self.bucket)

    def state(self, warehouse: Warehouse) -> State:
        """The five tables in every column, the ledger and the rejects in all but run and times."""
        ledger = {
            "objects": sorted(warehouse.rows(f"SELECT {OBJECTS} FROM etl.objects"), key=repr),
            "rejects": sorted(
                warehouse.rows(f"SELECT {REJECTS} FROM etl.rejected_records"), key=repr
            ),
        }
        return warehouse.tables() | ledger

    def recovered(self, database: str, expected: State) -> list[str]:
        """Run again after a disturbance and say what is not as it must be."""
        warehouse = self.warehouse(database)
        try:
            run_hourly(warehouse)
            state = self.state(warehouse)
            wrong = [name for name in expected if state[name] != expected[name]]
            return wrong + left_schemas(warehouse)
        finally:
            warehouse.close()

    def remove(self) -> None:
        """Take the lake and the database away."""
        postgres.drop_database(self.published)
        self.bucket.remove()


def _csv() -> bytes:
    records = events("""
        ts               | userId | level | song  | length
        2018-11-02 10:00 | 10     | free  | Third | 246.30812
        2018-11-02 10:30 | 8      | gold  | Third | 246.30812
        2018-11-02 10:31 | 9      | free  | -     | 200.5
    """)
    lines = [",".join(CSV)]
    lines += [
        ",".join("" if record[name] is None else str(record[name]) for name in CSV)
        for record in records
    ]
    return "\n".join([*lines, "x,8,NextSong,1,1,free,A,B,1.5"]).encode()


def left_schemas(warehouse: Warehouse) -> list[str]:
    """Schemas of runs that are left when maintenance has dropped those of runs that are over."""
    swept = {entry.run_id: entry.kept for entry in sweep.fn(warehouse.engine)}
    return [f"{run_id} is left: {swept.get(run_id)}" for run_id in run_ids(warehouse.engine)]
