"""A warehouse with a day published and a run of the next day staged and built, for a whole module."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from loading import Warehouse
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from tables import EVENT, SONG, ndjson

from embedded.lake_fixture import Lake as Bucket
from sql import DIMENSIONS, Statement
from tasks.asking import ask, unmade
from tasks.load import check_values
from tasks.load_dimension import load_dimension
from tasks.load_fact import load_fact
from tasks.maintain_check import together
from tasks.merge import merge_all
from tasks.quality import checks, day_values, hour_values
from tasks.stage import stage
from tasks.verdicts import Verdict
from tasks.windows import Window

DAY_ONE, DAY_TWO = datetime(2018, 11, 1), datetime(2018, 11, 2)
SONGS = {"SO1": "AR1", "SO2": "AR2", "SO3": "AR3"}
PLAYS = 30


class Scene:
    """Faults are injected in a transaction, judged in it, and rolled back."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.warehouse = warehouse
        self._publish_day_one()
        self.run = self._build_day_two()
        self.published = warehouse.block.engine(search_path="sparkify", connections=1)

    def _publish_day_one(self) -> None:
        self._put_songs("SO1", "SO2")
        self._put_plays(DAY_ONE + timedelta(hours=23), "SO1")
        self.warehouse.hourly(DAY_ONE + timedelta(days=1))

    def _build_day_two(self) -> Any:
        self._put_songs("SO3")
        self._put_plays(DAY_TWO + timedelta(hours=10), "SO3")
        run = self.warehouse.pin(DAY_TWO + timedelta(hours=11))
        assert run is not None
        for part in run.parts:
            stage.fn(run, part.table)
        self.values = check_values(load_fact.fn(run))
        for dimension in DIMENSIONS:
            load_dimension.fn(run, dimension)
        return run

    def _put_songs(self, *names: str) -> None:
        for name in names:
            record = SONG | {"song_id": name, "title": f"T {name}", "artist_id": SONGS[name]}
            self.warehouse.bucket.put(f"song_data/A/B/C/TR{name}.json", ndjson([record]))

    def _put_plays(self, start: datetime, song: str) -> None:
        first = round(start.replace(tzinfo=UTC).timestamp() * 1000)
        records = [
            EVENT
            | {
                "ts": first + 60_000 * n,
                "itemInSession": n,
                "sessionId": start.day * 100 + n % 2,
                "userId": "89"[n % 2],
                "level": ("free", "paid")[n % 2],
                "song": f"T {song}",
            }
            for n in range(PLAYS)
        ]
        key = f"log_data/{start:%Y/%m/%d/%Y-%m-%d-%H}-events.json"
        self.warehouse.bucket.put(key, ndjson(records))

    def on_run(self, fault: Sequence[str]) -> dict[str, Verdict]:
        """What the checks of the run say of a fault in its tables, each in a transaction of its own."""
        return {
            check.name: self._alone(self.run.engine, check, "run", fault, [self.values])
            for check in checks("run")
        }

    def on_warehouse(self, fault: Sequence[str]) -> dict[str, Verdict]:
        """What maintenance says of a fault in what is published."""
        days = [day_values(Window(DAY_ONE, DAY_TWO))]
        return {
            check.name: self._alone(self.published, check, "warehouse", fault, days)
            for check in checks("warehouse")
        }

    def on_merge(self, fault: Sequence[str]) -> dict[str, Verdict]:
        """What the checks inside publish say of a fault in what was merged."""
        with self.run.engine.connect() as connection:
            _, touched = merge_all(connection, self.run)
            _inject(connection, fault)
            return {
                check.name: together(
                    check,
                    [ask(connection, [check], "merged", day_values(each))[0] for each in touched],
                )
                for check in checks("merged")
            }

    def on_hour(self, fault: Sequence[str]) -> dict[str, Verdict]:
        """What the checks of an hourly run say of a fault in the ledger or the plays."""
        window = Window(DAY_TWO, DAY_TWO + timedelta(hours=11))
        values = hour_values(self.warehouse.block.lake, window, "judged")
        return {
            check.name: self._alone(self.published, check, "hourly", fault, [values])
            for check in checks("hourly")
        }

    def _alone(
        self,
        engine: Any,
        check: Statement,
        scope: str,
        fault: Sequence[str],
        values: Sequence[dict[str, Any]],
    ) -> Verdict:
        with engine.connect() as connection:
            _inject(connection, fault)
            try:
                return together(
                    check, [ask(connection, [check], scope, each)[0] for each in values]
                )
            except DBAPIError as error:
                return unmade(check, scope, error, 0.0)

    def close(self) -> None:
        self.published.dispose()
        self.run.close()
        self.warehouse.close()


def _inject(connection: Connection, fault: Sequence[str]) -> None:
    for statement in fault:
        connection.execute(text(statement))


@pytest.fixture(scope="module")
def scene(embedded_home: Any) -> Iterator[Scene]:
    """One scene for the faults of a module; none of them outlives its transaction."""
    from embedded import postgres
    from embedded.block import EmbeddedRedshift, local_lake

    name, bucket = f"test_{uuid.uuid4().hex[:12]}", Bucket.make(f"test-{uuid.uuid4().hex[:12]}")
    postgres.create_database(name)
    lake = local_lake().model_copy(update={"bucket": bucket.bucket, "work_prefix": name})
    made = Scene(Warehouse(EmbeddedRedshift(database=name, lake=lake), bucket))
    yield made
    made.close()
    postgres.drop_database(name)
    bucket.remove()
