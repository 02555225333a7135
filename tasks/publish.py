"""Publish a run: fact, dimensions and ledger change in one commit, or nothing does."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from prefect import task
from sqlalchemy import Connection, text

from blocks.errors import Stopped, Superseded
from blocks.transient import in_transaction
from sql import execute
from tasks.chunks import staged_range, takes
from tasks.fencing import lock_publishing
from tasks.listing import month_range
from tasks.merge import merge_all
from tasks.merged_checks import Asking, CannotAskTogether, check_hour, check_merged
from tasks.pin import end_run, known_run
from tasks.replacement import check_replacement, refuse_unreadable
from tasks.retries import WRITING
from tasks.run import Numbers, Run
from tasks.verdicts import Verdict, keep_verdicts, plain, require_pass


@task(name="publish", task_run_name="publish", **WRITING)
def publish(run: Run, verdicts: Sequence[Verdict]) -> Numbers:
    """Merge the run's rows into the published tables under the publish lock.

    Raises `Superseded` when another run has published an object of this batch since it was planned,
    `ChecksFailed` when a check of the merged state does not pass, `Unreadable` when a replacement
    would lose what cannot be read, `Stopped` when the run was cancelled; nothing is published then.
    """
    try:
        return in_transaction(
            run.engine, lambda c: _publish(Asking(c, together=True), run, verdicts)
        )
    except CannotAskTogether:
        return in_transaction(
            run.engine, lambda c: _publish(Asking(c, together=False), run, verdicts)
        )


def _publish(asking: Asking, run: Run, verdicts: Sequence[Verdict]) -> Numbers:
    connection = asking.connection
    began = time.monotonic()
    run.notes += lock_publishing(connection, run.fence)
    known = known_run(connection, run.id) or {}
    if known.get("status") == "published":
        return _published_before(connection)
    _refuse_stopped(known, run)
    execute(connection, "ledger/take_lock", {"run_id": run.id})
    _refuse_stale(connection, run)
    refuse_unreadable(connection, run)
    merged, touched = merge_all(connection, run)
    checked = check_merged(asking, touched, verdicts)
    checked += check_replacement(connection, run)
    _settle(connection, run)
    checked += check_hour(asking, run, [*verdicts, *checked])
    require_pass([*verdicts, *checked])
    keep_verdicts(connection, run, [*verdicts, *checked], datetime.now(UTC))
    end_run(connection, run.id, "published")
    numbers: Numbers = {name: asdict(table) for name, table in merged.items()}
    numbers["checks"] = [plain(verdict) for verdict in checked]
    numbers["seconds"] = round(time.monotonic() - began, 3)
    record = {"numbers": json.dumps(numbers)}
    connection.execute(
        text("INSERT INTO done (step, numbers) VALUES ('publish', :numbers)"), record
    )
    return numbers


def _published_before(connection: Connection) -> Numbers:
    """What this run published when the reply to its COMMIT was lost, or its other attempt did."""
    found = connection.execute(text("SELECT numbers FROM done WHERE step = 'publish'")).scalar()
    numbers: Numbers = json.loads(found) if found else {}
    return numbers


def _refuse_stopped(known: dict[str, Any], run: Run) -> None:
    """An attempt of this very flow run lives on although it was cancelled or taken for dead."""
    if known.get("status") == "failed" and known["flow_run_id"] == run.flow_run_id:
        raise Stopped(f"run {run.id} was ended meanwhile: {known['reason']}")


def _refuse_stale(connection: Connection, run: Run) -> None:
    stale = list(execute(connection, "ledger/published_since").scalars())
    stale += _arrived_since(connection, run) if run.plan.replace else []
    if stale:
        raise Superseded(f"{len(stale)} objects were published by another run, such as {stale[0]}")


def _arrived_since(connection: Connection, run: Run) -> list[str]:
    """Objects of a range that is replaced which others have published since it was planned.

    Their plays are not among the run's and would be taken for plays that the lake has lost.
    """
    staged = staged_range(run.plan.window)
    batch = {entry.key for entry in run.plan.objects}
    published = execute(
        connection, "ledger/published_events", month_range(run.warehouse.lake, staged)
    ).all()
    return sorted(
        key
        for key, run_id in published
        if key not in batch and takes(key, staged) and (key, run_id) not in run.plan.gone
    )


def _settle(connection: Connection, run: Run) -> None:
    window = run.plan.window
    values = {"run_id": run.id, "window_start": window.start, "window_end": window.end}
    for name in ("settle", "supersede", "forget_rejects", "keep_rejects"):
        execute(connection, f"ledger/{name}", values)
    if run.plan.replace:
        execute(connection, "ledger/forget_unread")
        for key, run_id in run.plan.gone:
            execute(connection, "ledger/forget_gone", {"key": key, "published_by": run_id})
