"""How a run ends: its schema dropped, or kept for a retry with what broke it written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, text

from blocks.transient import in_transaction
from sql import SOURCES, TABLES, execute
from tasks.pin import begin_run, end_run, known_run
from tasks.run import Plan, Run
from tasks.verdicts import Verdict, keep_results_once


def drop_schema(run: Run) -> None:
    """Drop what a run that is over has built."""
    in_transaction(
        run.engine, lambda c: c.execute(text(f"DROP SCHEMA IF EXISTS {run.schema} CASCADE"))
    )


def fail_run(run: Run, reason: str, verdicts: Sequence[Verdict]) -> None:
    """Write down why a run failed; the next attempt keeps what is staged and builds the rest anew."""

    now = datetime.now(UTC)

    def work(connection: Connection) -> None:
        keep_results_once(connection, run.warehouse, run.id, verdicts, now)
        end_run(connection, run.id, "failed", reason)
        if any(verdict.blocks for verdict in verdicts):
            _forget_builds(connection, run)

    in_transaction(run.engine, work)


def abandon_run(run: Run, reason: str) -> None:
    """A run whose objects another run has published: nothing of it is needed."""
    in_transaction(run.engine, lambda c: end_run(c, run.id, "superseded", reason))
    drop_schema(run)


def note_nothing_new(engine: Engine, plan: Plan, run_id: str, now: datetime) -> None:
    """Record that a run looked and found nothing, once."""

    def work(connection: Connection) -> None:
        if known_run(connection, run_id) is None:
            begin_run(connection, plan, run_id, run_id, now, "nothing new")

    in_transaction(engine, work)


def quarantined(engine: Engine) -> list[dict[str, Any]]:
    """The objects that wait for somebody, with the reasons."""
    with engine.begin() as connection:
        return [dict(row) for row in execute(connection, "ledger/quarantined").mappings()]


def _forget_builds(connection: Connection, run: Run) -> None:
    for table in TABLES:
        connection.execute(text(f"DROP TABLE IF EXISTS {run.schema}.{table.name} CASCADE"))
    for source in SOURCES:
        connection.execute(text(f"DROP VIEW IF EXISTS {run.schema}.staging_{source}_parts CASCADE"))
        connection.execute(text(f"DROP TABLE IF EXISTS {run.schema}.staging_{source}_none"))
    connection.execute(text("DELETE FROM done WHERE step LIKE 'load %'"))
