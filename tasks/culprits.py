"""Find the files that make a COPY fail as a whole, by halving what is tried with NOLOAD."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError

from blocks.transient import is_transient
from tasks.batch import BatchObject, Part
from tasks.diagnosis import diagnose
from tasks.judge import BadObjects, Reject
from tasks.load_report import errors_of_session
from tasks.rows import copy, write_manifest
from tasks.run import Run
from tasks.staging_table import staging_table

MAXERROR = 100_000  # lines that a COPY may skip at the most, less one

# What a file can be to blame for; anything else (a role, a region, a network) is nobody's data.
FAULT_OF_A_FILE = re.compile(
    r"Load into table|NoSuchKey|key does not exist|compress|gzip|zlib|invalid|corrupt|too large|4 ?MB",
    re.IGNORECASE,
)
FAULT_OF_SETTINGS = re.compile(
    r"credential|Access ?Denied|not authorized|permission|Status 403|specified endpoint|NoSuchBucket|role",
    re.IGNORECASE,
)


def blames_a_file(error: DBAPIError) -> bool:
    """Whether a failed COPY may be the fault of one of its files."""
    told = str(error.orig)
    return bool(FAULT_OF_A_FILE.search(told)) and not FAULT_OF_SETTINGS.search(told)


def find_culprits(
    run: Run, part: Part, target: str, options: str, by_url: dict[str, BatchObject]
) -> BadObjects:
    """The objects that cannot be loaded, with what is wrong with each."""
    urls = list(by_url)
    failed = _trial(run, part, target, options, urls)
    if failed is None:
        return BadObjects({})
    if len(urls) == 1:
        return _blame(run, urls[0], by_url[urls[0]], failed)
    middle = len(urls) // 2
    halves = (dict.fromkeys(urls[:middle]), dict.fromkeys(urls[middle:]))
    first, second = (
        find_culprits(run, part, target, options, {url: by_url[url] for url in half})
        for half in halves
    )
    return BadObjects(first.reasons | second.reasons, first.rejects + second.rejects)


def _blame(run: Run, url: str, entry: BatchObject, failed: Failed) -> BadObjects:
    """What is wrong with one object: what can be read of it, or said of its lines, or was told."""
    if reason := diagnose(run.warehouse.lake, entry):
        return BadObjects({entry: reason})
    errors = errors_of_session(run.engine, failed.session, url)
    if not errors:
        return BadObjects({entry: failed.told})
    rejects = [Reject(entry, error.line, error.column, error.reason) for error in errors]
    reason = f"{MAXERROR} or more of its lines are rejected, the first {len(rejects)} are kept"
    return BadObjects({entry: reason}, rejects)


@dataclass(frozen=True)
class Failed:
    """A COPY that failed: the session that tried it, and what Redshift said."""

    session: int
    told: str


def _trial(run: Run, part: Part, target: str, options: str, urls: list[str]) -> Failed | None:
    """What Redshift says against loading these files, in a transaction that leaves nothing."""
    manifest = write_manifest(run.warehouse, f"runs/{run.id}/trial-{uuid.uuid4().hex[:8]}", urls)
    trial = f"trial_{uuid.uuid4().hex[:8]}"
    with run.engine.connect() as connection:
        session = int(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())
        connection.exec_driver_sql(staging_table(f"{run.schema}.{trial}", part.source))
        try:
            into = target.replace(part.table, trial, 1)
            copy(connection, run.warehouse, into, manifest, f"{options} NOLOAD")
        except DBAPIError as error:
            if is_transient(error) or not blames_a_file(error):
                raise
            told = str(error.orig).partition("DETAIL:")[0].replace(trial, part.table)
            return Failed(session, " ".join(told.split())[:1000])
        finally:
            connection.rollback()
    return None
