"""VACUUM and ANALYZE the tables that want it, as SVV_TABLE_INFO tells; and what it tells of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from prefect import task
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from blocks.transient import is_transient
from sql import execute
from tasks.retries import WRITING

UNSORTED = 5.0  # percent: VACUUM itself passes over tables that are sorted to 95
DELETED = 5.0  # percent of the rows
STATS_OFF = 10.0  # percent: what ANALYZE itself takes for fresh enough
NOT_ALLOWED = "42501"


@dataclass(frozen=True)
class TableInfo:
    """One table: rows, megabytes, and in percent how much is unsorted, how far statistics are off."""

    table: str
    rows: int
    megabytes: int
    unsorted: float | None
    stats_off: float | None
    deleted_rows: int

    @property
    def wants_vacuum(self) -> bool:
        """Whether so many rows are unsorted or deleted that readers pay for it."""
        stored = self.rows + self.deleted_rows
        deleted = 100.0 * self.deleted_rows / stored if stored else 0.0
        return (self.unsorted or 0.0) > UNSORTED or deleted > DELETED

    @property
    def wants_analyze(self) -> bool:
        """Whether the planner works from statistics that are no longer true."""
        return (self.stats_off or 0.0) > STATS_OFF


@dataclass(frozen=True)
class Tidied:
    """What was done to one table; `problem` says what Redshift had against it."""

    statement: str
    problem: str = ""


def table_infos(engine: Engine) -> list[TableInfo]:
    """Our tables as Redshift sees them, but for the empty ones; nothing where that may not be read."""
    try:
        with engine.begin() as connection:
            rows = execute(connection, "maintain/table_info").mappings().all()
    except DBAPIError as error:
        if getattr(error.orig, "pgcode", None) == NOT_ALLOWED:
            return []
        raise
    return [_table_info(row) for row in rows]


@task(name="tidy", task_run_name="tidy", **WRITING)
def tidy(engine: Engine) -> list[Tidied]:
    """VACUUM and ANALYZE where it is wanted, each on its own: no transaction may hold them."""
    done: list[Tidied] = []
    for info in table_infos(engine):
        if info.wants_vacuum:
            done.append(_run(engine, f"VACUUM {info.table}"))
        if info.wants_vacuum or info.wants_analyze:
            done.append(_run(engine, f"ANALYZE {info.table}"))
    return done


def _run(engine: Engine, statement: str) -> Tidied:
    """Run one statement; what is in its way is told, and the others are run all the same."""
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(statement))
    except DBAPIError as error:
        if is_transient(error):
            raise
        return Tidied(statement, " ".join(str(error.orig).split()))
    return Tidied(statement)


def _table_info(row: Any) -> TableInfo:
    return TableInfo(
        table=f"{row['schema_name']}.{row['table_name']}",
        rows=row["visible_rows"],
        megabytes=row["megabytes"],
        unsorted=row["unsorted"],
        stats_off=row["stats_off"],
        deleted_rows=row["deleted_rows"],
    )
