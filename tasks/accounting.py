"""Account for every line of a COPY: it is loaded, or rejected by COPY, or kept out by its values."""

from __future__ import annotations

from sqlalchemy import Connection

from blocks.errors import Unreconciled
from sql.rules import latest_ts
from tasks.batch import BatchObject, Part
from tasks.copying import Copied, copy_events
from tasks.judge import BadObjects, Reject, reconcile
from tasks.run import Run
from tasks.staging_table import staging_table
from tasks.value_rejects import count_broken, find_event_rejects, find_song_rejects


def all_rejects(connection: Connection, run: Run, part: Part, copied: Copied) -> list[Reject]:
    """The rejects of COPY and those of impossible values; raises `Unreconciled` unless all add up."""
    latest = latest_ts(run.started_at)
    values = count_broken(connection, part, latest)
    found: list[Reject] = []
    if values and part.source.name == "songs":
        found = find_song_rejects(connection, part, latest)
    elif values:
        lake, objects = run.warehouse.lake, list(copied.lines)
        found = find_event_rejects(lake, part, objects, latest, copied.rejects)
    reconcile(part.table, copied.rows, copied.lines, copied.rejects)
    if len(found) != values:
        raise Unreconciled(
            f"{part.table}: {values} rows have impossible values, but {len(found)} lines were found"
        )
    return copied.rejects + found


def find_unaccounted(
    run: Run, part: Part, objects: list[BatchObject], copies: int = 1
) -> BadObjects:
    """The event objects whose lines do not add up, by halving what is loaded on trial."""
    if part.source.name == "songs" or not objects:
        return BadObjects({})
    reason = _trial(run, part, objects, copies)
    if isinstance(reason, BadObjects):
        return reason
    if reason is None:
        return BadObjects({})
    if len(objects) == 1:
        return BadObjects({objects[0]: f"its lines cannot be accounted for: {reason}"})
    middle = len(objects) // 2
    first = find_unaccounted(run, part, objects[:middle], copies)
    second = find_unaccounted(run, part, objects[middle:], copies)
    return BadObjects(first.reasons | second.reasons, first.rejects + second.rejects)


def _trial(
    run: Run, part: Part, objects: list[BatchObject], copies: int
) -> str | BadObjects | None:
    """What is wrong with these objects, or which of them are bad, in a transaction that leaves nothing."""
    with run.engine.connect() as connection:
        connection.exec_driver_sql(staging_table(f"{run.schema}.{part.table}", part.source))
        try:
            copied = copy_events(connection, run, part, objects, copies)
            all_rejects(connection, run, part, copied)
        except BadObjects as bad:
            return bad
        except Unreconciled as error:
            return str(error)
        finally:
            connection.rollback()
    return None
