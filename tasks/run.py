"""A run: a schema `run_<id>` with its pinned batch, the tables it builds, and what is done of it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from blocks.redshift import Redshift
from blocks.transient import in_transaction
from sql import Table, execute, read
from tasks.batch import BatchObject, Part, fingerprint, parts
from tasks.fencing import Fence
from tasks.windows import Window

Numbers = dict[str, Any]
Gone = tuple[str, str]  # the key of an object and the run that published it
Version = tuple[str, str, str]  # source, key and ETag


@dataclass(frozen=True)
class Plan:
    """What one run is to load: the objects of a window, and whether it replaces a window's plays."""

    flow: str
    window: Window
    objects: tuple[BatchObject, ...]
    replace: Window | None = None
    force: bool = False
    gone: tuple[Gone, ...] = ()  # published objects that a replaced range has lost
    returned: tuple[Version, ...] = ()  # settled versions that the lake went back to
    vanished: tuple[Version, ...] = ()  # pending versions whose objects are gone
    nonce: str = ""  # tells a repeated run without objects from the one before
    notes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def run_id(self) -> str:
        """The run's id, the same whenever the same objects are planned again after a crash."""
        kind = self.flow.removeprefix("sparkify-")
        print_of = fingerprint(self.flow, self.replace, self.gone, self.nonce, objects=self.objects)
        return f"{kind}_{self.window.end:%Y%m%d%H}_{print_of}"


class Run:
    """One run against one warehouse. Steps are safe to repeat, and to run twice at once."""

    def __init__(
        self,
        warehouse: Redshift,
        plan: Plan,
        run_id: str,
        flow_run_id: str,
        started_at: datetime,
        shared: Engine | None = None,
    ) -> None:
        self.warehouse = warehouse
        self.plan = plan
        self.id = run_id
        self.flow_run_id = flow_run_id
        self.started_at = started_at
        self._shared = shared
        self.resumed = False  # whether an earlier attempt may have done some of it
        self.fence = Fence()
        self.notes: list[str] = []  # what the outcome is to say besides its numbers
        self.verdicts: list[Any] = []  # of the checks before publish, for when it fails after them

    def __repr__(self) -> str:
        return f"Run({self.id})"

    @property
    def schema(self) -> str:
        """The schema that holds everything of this run."""
        return f"run_{self.id}"

    @cached_property
    def parts(self) -> list[Part]:
        """The batch, a part for each COPY."""
        return parts(self.plan.objects)

    def part(self, table: str) -> Part:
        """The part that is staged into `table`."""
        return next(part for part in self.parts if part.table == table)

    @cached_property
    def engine(self) -> Engine:
        """Connections that see the run's tables by their bare names."""
        return self.warehouse.engine(search_path=self.schema, label=f"sparkify-{self.id}"[:63])

    @property
    def beside(self) -> Engine:
        """For short questions beside an open transaction: connections that runs share, if they do."""
        return self._shared or self.engine

    def done(self, step: str) -> Numbers | None:
        """What a step recorded when it was done, or None."""
        with self.engine.begin() as connection:
            found = connection.execute(
                text("SELECT numbers FROM done WHERE step = :step"), {"step": step}
            ).scalar()
        return json.loads(found) if found else None

    def once(self, step: str, build: Callable[[Connection], Numbers]) -> Numbers:
        """Build a step's tables and record its numbers, in one transaction; or find it done.

        Where another attempt of the same run was faster, its numbers are the answer.
        """
        began = time.monotonic()

        def work(connection: Connection) -> Numbers:
            numbers = build(connection)
            numbers["seconds"] = round(time.monotonic() - began, 3)
            record = {"step": step, "numbers": json.dumps(numbers)}
            insert = "INSERT INTO done (step, numbers) VALUES (:step, :numbers)"
            connection.execute(text(insert), record)
            return numbers

        found = self.done(step) if self.resumed else None
        return found or self._attempt(step, work)

    def _attempt(self, step: str, work: Callable[[Connection], Numbers]) -> Numbers:
        try:
            return in_transaction(self.engine, work)
        except DBAPIError:
            if found := self.done(step):
                return found
            raise

    def once_built(self, table: Table, file: str) -> Numbers:
        """Build a table that is its own record: it is there when its transaction was committed.

        Rows in `done` would make builds that run side by side wait for each other's commit.
        """
        began = time.monotonic()
        if not (self.resumed and self._has(table)):
            try:
                in_transaction(self.engine, lambda connection: self.build(connection, table, file))
            except DBAPIError:
                if not self._has(table):  # else another attempt of this run was faster
                    raise
        return {"seconds": round(time.monotonic() - began, 3)}

    def _has(self, table: Table) -> bool:
        values = {"schema": self.schema, "name": table.name}
        with self.engine.begin() as connection:
            return bool(execute(connection, "ledger/has_table", values).scalar())

    def build(self, connection: Connection, table: Table, file: str) -> None:
        """Make the run's copy of a table from a SELECT file."""
        statement = f"CREATE TABLE {self.schema}.{table.name} {table.layout} AS\n{read(file).text}"
        connection.execute(text(statement))

    def close(self) -> None:
        """Give the run's connections back."""
        self.engine.dispose()
