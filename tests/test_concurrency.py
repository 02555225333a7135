"""Six processes load overlapping ranges at once: the tables are those of one load, at every moment."""

import multiprocessing
import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from loading import Warehouse
from test_real_lake import unpack

from blocks.errors import SparkifyError
from embedded import postgres
from embedded.block import EmbeddedRedshift
from embedded.lake_fixture import Lake as Bucket
from embedded.sample import Options, write_lake
from tasks.windows import DAY, Window

CHAOS = bool(os.environ.get("SPARKIFY_CHAOS"))
ROUNDS = 10 if CHAOS else 3
SONGS = 20_000 if CHAOS else 200
PROCESSES = 6
REAL = os.environ.get("SPARKIFY_REAL_LAKE")
START, DAYS = datetime(2018, 11, 1), 30 if REAL else 5
EVERYTHING = Window(START, START + DAYS * DAY)
TRIES = 20

WITHOUT = """
    SELECT COUNT(*)
    FROM sparkify.songplays AS p
    LEFT JOIN sparkify.users AS u ON u.user_id = p.user_id
    LEFT JOIN sparkify.time AS t ON t.start_time = p.start_time
    WHERE u.user_id IS NULL OR t.start_time IS NULL
"""
HOURS = "SELECT DATE_TRUNC('hour', start_time), COUNT(*) FROM sparkify.songplays GROUP BY 1"


class Reader(threading.Thread):
    """An analyst who asks all the time, and notes what should never be seen."""

    def __init__(self, block: EmbeddedRedshift, bucket: Bucket) -> None:
        super().__init__()
        self._warehouse = Warehouse(block, bucket)
        self._over = threading.Event()
        self.orphans = 0
        self.shrunk: list[tuple] = []
        self.sizes: set[int] = set()
        self.asked = 0

    def run(self) -> None:
        known: dict[datetime, int] = {}
        while not self._over.is_set():
            self.orphans += self._warehouse.value(WITHOUT)
            hours = dict(self._warehouse.rows(HOURS))
            self.shrunk += [
                (h, n, hours.get(h, 0)) for h, n in known.items() if hours.get(h, 0) < n
            ]
            self.sizes.add(sum(hours.values()))
            self.asked += 1
            known = hours

    def end(self) -> None:
        """Ask no more."""
        self._over.set()
        self.join()
        self._warehouse.close()


def load_ranges(block: EmbeddedRedshift, bucket: Bucket, number: int) -> None:
    """What one process does: ranges that the others load too, each in an order of its own."""
    warehouse = Warehouse(block, bucket)
    for step in range(2):
        first = (number * 5 + step * 10) % 30  # thirtieths of the lake
        whole = EVERYTHING.end - START
        window = Window(START + first * whole / 30, START + min(first + 12, 30) * whole / 30)
        until_done(warehouse, window, ("missing", "changed", "all")[(number + step) % 3])
    warehouse.close()


def until_done(warehouse: Warehouse, window: Window, only: str) -> None:
    """Load a window, again when the others were faster too often."""
    for _ in range(TRIES):
        try:
            warehouse.backfill(window, only)
        except SparkifyError as error:
            if "run it again" not in str(error):
                raise
        else:
            return
    raise AssertionError(f"{window} was not loaded in {TRIES} tries")


def fill(folder: Path) -> None:
    """The real lake's events and some of its songs, or a sample lake of that size."""
    if not REAL:
        end = EVERYTHING.end.replace(tzinfo=UTC)
        write_lake(Options(end, DAYS * 24, songs=200, plays_per_hour=50, users=96), folder)
        return
    unpack(Path(REAL), folder)
    for path in sorted((folder / "song_data").rglob("*.json"))[SONGS:]:
        path.unlink()


@pytest.fixture
def full(warehouse):
    """A warehouse that has loaded the lake in one run."""
    fill(warehouse.bucket.folder)
    warehouse.backfill(EVERYTHING)
    return warehouse


@pytest.fixture
def fresh(full):
    """Makes blocks over empty databases beside it, and drops them at the end."""
    made: list[str] = []

    def make(number: int) -> EmbeddedRedshift:
        name = f"{full.block.database}_{number}"
        postgres.create_database(name)
        made.append(name)
        lake = full.block.lake.model_copy(update={"work_prefix": name})
        return EmbeddedRedshift(database=name, lake=lake)

    yield make
    for name in made:
        postgres.drop_database(name)


def test_six_processes_at_once_make_the_tables_of_one_load(full, fresh):
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["test_concurrency"])
    expected = full.tables()
    assert len(expected["songplays"]) > 5000
    for number in range(ROUNDS):
        block = fresh(number)
        reader = Reader(block, full.bucket)
        work = [
            context.Process(target=load_ranges, args=(block, full.bucket, n))
            for n in range(PROCESSES)
        ]
        reader.start()
        for process in work:
            process.start()
        for process in work:
            process.join(timedelta(minutes=10).total_seconds())
        reader.end()
        assert [process.exitcode for process in work] == [0] * PROCESSES
        assert reader.orphans == 0
        assert reader.shrunk == []
        assert reader.asked > 10
        assert len(reader.sizes) > 2
        last = Warehouse(block, full.bucket)
        assert last.tables() == expected
        objects = "SELECT COUNT(*) FROM etl.objects WHERE status = 'published'"
        assert last.value(objects) == full.value(objects)
        assert last.value("SELECT COUNT(*) FROM etl.objects WHERE status <> 'published'") == 0
        last.close()
