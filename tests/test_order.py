"""Any order: however a lake is cut, repeated, rewritten and raced, the tables are those of one load."""

import os
import shutil
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from loading import TABLES, Warehouse
from star import SongObject, star
from stories import EVERYTHING, FIRST, Step, Story, Write, stories

from blocks.errors import Unreadable
from embedded.buckets import served
from tasks.attempt import attempt
from tasks.discover import start
from tasks.load import load
from tasks.planning import plan_backfill
from tasks.run import Plan, Run

CHAOS = bool(os.environ.get("SPARKIFY_CHAOS"))
EXAMPLES = int(os.environ.get("SPARKIFY_EXAMPLES", 5000 if CHAOS else 200))
PARTS = 4  # run side by side
ONE_BATCH = 10  # every tenth example is also loaded again in one batch
END = FIRST + timedelta(days=4)
EMPTIED = ("objects", "rejected_records", "check_results", "runs")


class Teller:
    """Plays stories on one database, each under prefixes of its own in the bucket."""

    def __init__(self, block, bucket) -> None:
        self._block = block
        self._bucket = bucket
        self._work = served()[block.lake.work_bucket] / block.lake.work_prefix
        self.told = 0
        self.warehouse = Warehouse(block, bucket)

    def tell(self, story: Story) -> None:
        """Play all steps, then load what is left."""
        self.begin()
        sleepers: list[Run] = []
        for step in story.steps:
            self.write(step.writes)
            with suppress(Unreadable):
                self.run(step, sleepers)
        self.write(story.rest)
        for run in sleepers:
            attempt(run, load)
        self.hourly(END)
        self.warehouse.backfill(EVERYTHING, "failed")

    def begin(self) -> None:
        """Empty the database and go to a place in the bucket where nothing is yet."""
        self.told += 1
        for left in (*self._bucket.folder.iterdir(), *self._work.glob("*")):
            shutil.rmtree(left)  # the S3 reads a folder whole, whatever it is asked of it
        self.final: dict[str, Write] = {}
        self.modified: dict[str, datetime] = {}
        self.warehouse.close()
        self.prefix = f"story{self.told}"
        update = {
            "songs_prefix": f"{self.prefix}/song_data",
            "events_prefix": f"{self.prefix}/log_data",
        }
        lake = self._block.lake.model_copy(update=update)
        self.warehouse = Warehouse(self._block.model_copy(update={"lake": lake}), self._bucket)
        self.empty()

    def empty(self) -> None:
        """No rows in any table, and no runs."""
        for table in (*(f"sparkify.{t}" for t in TABLES), *(f"etl.{t}" for t in EMPTIED)):
            self.execute(f"DELETE FROM {table}")
        left = self.warehouse.rows("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'run%'")
        for (schema,) in left:
            self.execute(f"DROP SCHEMA {schema} CASCADE")

    def execute(self, statement: str) -> None:
        """One statement in a transaction of its own."""
        with self.warehouse.engine.begin() as connection:
            connection.exec_driver_sql(statement)

    def write(self, writes: tuple[Write, ...]) -> None:
        """Write the objects one after the other, each song a second later than the one before."""
        for write in writes:
            key = f"{self.prefix}/{write.name}"
            self._bucket.put(key, write.body)
            self.final[write.name] = write
            if write.record:
                moment = datetime(2018, 12, 1) + timedelta(seconds=len(self.modified))
                self.modified[f"{write.name} {len(self.modified)}"] = moment
                stamp = moment.replace(tzinfo=UTC).timestamp()
                os.utime(self._bucket.folder / key, (stamp, stamp))

    def run(self, step: Step, sleepers: list[Run]) -> None:
        """One run of the step's kind."""
        end = FIRST + timedelta(hours=step.end)
        if step.run == "hourly":
            self.hourly(end)
        elif step.run == "backfill":
            self.warehouse.backfill(step.window, step.only)
        elif step.run == "sleep":
            sleepers += self.pinned(self.plan(end))
        elif step.run == "rivals":
            rivals = self.pinned(self.plan(end)) + self.pinned(self.backfill_plan(step))
            self.race(rivals, 2)
        else:
            plan = self.plan(end)
            self.race(self.pinned(plan) + self.pinned(plan), 2 if step.run == "at once" else 1)

    def race(self, runs: list[Run], threads: int) -> None:
        """Load pinned runs one after the other, or at once."""
        with ThreadPoolExecutor(threads) as pool:
            for done in [pool.submit(attempt, run, load) for run in runs]:
                with suppress(Unreadable):
                    done.result()

    def plan(self, end: datetime) -> Plan:
        """What an hourly run would load."""
        return self.warehouse.plan(end, lookback=120)

    def backfill_plan(self, step: Step) -> Plan:
        """What a backfill would load."""
        warehouse = self.warehouse
        lake = warehouse.block.lake
        made = plan_backfill(warehouse.engine, lake, step.window, step.only, True, False)
        return replace(made, nonce="" if made.objects else uuid.uuid4().hex)

    def pinned(self, plan: Plan) -> list[Run]:
        """The run of a plan, if it loads anything; what the lake went back from is settled anyway."""
        run = start(self.warehouse.engine, self.warehouse.block, plan, uuid.uuid4().hex)
        return [run] if run else []

    def hourly(self, end: datetime) -> None:
        """An hourly run with a lookback that reaches everything."""
        for run in self.pinned(self.plan(end)):
            attempt(run, load)

    def expected(self, story: Story) -> dict[str, set[tuple]]:
        """What the lake's final state makes."""
        held = {n for write in self.final.values() for n in write.events}
        songs = [
            SongObject(self._last_modified(w.name), f"{self.prefix}/{w.name}", w.record)
            for w in self.final.values()
            if w.record
        ]
        return star([story.events[n] for n in held], songs)

    def _last_modified(self, name: str) -> datetime:
        return max(m for written, m in self.modified.items() if written.startswith(f"{name} "))

    def ledger(self) -> list[tuple]:
        """What the ledger says of the versions that count."""
        columns = "source, key, status, lines, loaded, rejected"
        counting = "WHERE status <> 'superseded' ORDER BY key, status"
        return self.warehouse.rows(f"SELECT {columns} FROM etl.objects {counting}")


@pytest.fixture
def teller(block, lake):
    made = Teller(block, lake)
    yield made
    made.warehouse.close()


@pytest.mark.parametrize("part", range(PARTS))
def test_any_order_of_any_batches_gives_the_tables_of_the_final_lake(teller, part):
    @seed(part)
    @settings(
        max_examples=EXAMPLES // PARTS,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # a smaller story would take minutes to find
        suppress_health_check=list(HealthCheck),
    )
    @given(stories())
    def holds(story: Story) -> None:
        teller.tell(story)
        tables = teller.warehouse.tables()
        expected = teller.expected(story)
        for name in TABLES:
            assert set(tables[name]) == expected[name], name
            assert len(tables[name]) == len(expected[name]), name
        ledger = teller.ledger()
        assert {row[2] for row in ledger} == {"published"} or not ledger
        assert [row[1] for row in ledger] == sorted(f"{teller.prefix}/{n}" for n in teller.final)
        assert all(row[3] == row[4] + row[5] for row in ledger)
        if teller.told % ONE_BATCH == 0:
            teller.empty()
            teller.warehouse.backfill(EVERYTHING)
            assert teller.warehouse.tables() == tables
            assert teller.ledger() == ledger

    holds()
