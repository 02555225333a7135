"""Stage one part of a run's batch: COPY it into a table of its own, and account for every line."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial

from prefect import task
from sqlalchemy import Connection

from blocks.errors import Unreconciled
from tasks.accounting import all_rejects, find_unaccounted
from tasks.batch import BatchObject, Part
from tasks.copying import Copied, copy_events, copy_songs
from tasks.drift import Drift, inspect_events
from tasks.judge import BadObjects, TooManyRejects, judge, loads
from tasks.leftout import LeftOut
from tasks.raw_text import reject_rows, with_raw_text
from tasks.retries import WRITING
from tasks.rows import insert_rows
from tasks.run import Numbers, Run
from tasks.staging_table import staging_table


@task(name="stage", task_run_name="stage-{table}", **WRITING)
def stage(run: Run, table: str) -> Numbers:
    """Copy one part into its own staging table; a repeat finds it done.

    Objects that cannot be loaded, or too many of whose lines are rejected, are left out and marked:
    the table is built again without them.
    """
    part = run.part(table)
    left = LeftOut()
    look = cache(partial(inspect_events, run.warehouse.lake, part.source, part.objects))
    while True:
        build = partial(_build, run=run, part=part, left=left, look=look)
        try:
            numbers = run.once(f"stage {table}", build)
        except BadObjects as found:
            left.add(run.warehouse.lake, found)
        except TooManyRejects:
            left.copies *= 2
        except Unreconciled:
            taken = [entry for entry in part.objects if entry not in left.reasons]
            unaccounted = find_unaccounted(run, part, taken, left.copies)
            if not unaccounted.reasons:
                raise
            left.add(run.warehouse.lake, unaccounted)
        else:
            run.notes += numbers["drift"]
            return numbers


def _build(
    connection: Connection, run: Run, part: Part, left: LeftOut, look: Callable[[], Drift]
) -> Numbers:
    connection.exec_driver_sql(staging_table(f"{run.schema}.{part.table}", part.source))
    wanted = [entry for entry in part.objects if entry not in left.reasons]
    if part.source.name == "songs":
        copied = copy_songs(connection, run, part, wanted, left.copies)
    elif part.format == "csv":
        copied = copy_events(connection, run, part, wanted, left.copies)
    else:
        copied = _copy_and_look(connection, run, part, wanted, left.copies, look)
    return _account(connection, run, part, copied, left)


def _copy_and_look(
    connection: Connection,
    run: Run,
    part: Part,
    wanted: list[BatchObject],
    copies: int,
    look: Callable[[], Drift],
) -> Copied:
    """COPY, and meanwhile look at the shape of the records."""
    with ThreadPoolExecutor(1) as pool:
        looking = pool.submit(look)
        copied = copy_events(connection, run, part, wanted, copies)
        drift = looking.result()
    if misshapen := {o: why for o, why in drift.bad.items() if o in copied.lines}:
        raise BadObjects(misshapen)
    copied.warnings = drift.warnings()
    return copied


def _account(
    connection: Connection, run: Run, part: Part, copied: Copied, left: LeftOut
) -> Numbers:
    rejects = all_rejects(connection, run, part, copied)
    judge(part.source, copied.lines, rejects)
    bad = left.reasons | copied.bad
    kept = [*with_raw_text(run.warehouse.lake, rejects), *left.rejects]
    name = f"runs/{run.id}/{part.table}"
    rows = loads(copied.lines, rejects, bad)
    insert_rows(connection, run.warehouse, "loads", rows, f"{name}-loads")
    insert_rows(connection, run.warehouse, "rejected", reject_rows(kept), f"{name}-rejects")
    return {
        "objects": len(copied.lines),
        "lines": sum(copied.lines.values()),
        "loaded": sum(copied.lines.values()) - len(rejects),
        "rejected": len(rejects),
        "quarantined": {entry.key: reason for entry, reason in sorted(bad.items())[:20]},
        "drift": copied.warnings,
    }
