"""Find the files that make a COPY fail as a whole, by halving what is tried with NOLOAD."""

from __future__ import annotations

import re
import uuid

from sqlalchemy.exc import DBAPIError

from blocks.transient import is_transient
from tasks.batch import Part
from tasks.rows import copy, write_manifest
from tasks.run import Run
from tasks.staging_table import staging_table

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
    run: Run, part: Part, target: str, options: str, urls: list[str]
) -> dict[str, str]:
    """The addresses of the files that cannot be loaded, with what Redshift says of each."""
    reason = _reason(run, part, target, options, urls)
    if reason is None:
        return {}
    if len(urls) == 1:
        return {urls[0]: reason}
    middle = len(urls) // 2
    first = find_culprits(run, part, target, options, urls[:middle])
    return first | find_culprits(run, part, target, options, urls[middle:])


def _reason(run: Run, part: Part, target: str, options: str, urls: list[str]) -> str | None:
    """What Redshift says against loading these files, in a transaction that leaves nothing."""
    manifest = write_manifest(run.warehouse, f"runs/{run.id}/trial-{uuid.uuid4().hex[:8]}", urls)
    trial = f"trial_{uuid.uuid4().hex[:8]}"
    with run.engine.connect() as connection:
        connection.exec_driver_sql(staging_table(f"{run.schema}.{trial}", part.source))
        try:
            into = target.replace(part.table, trial, 1)
            copy(connection, run.warehouse, into, manifest, f"{options} NOLOAD")
        except DBAPIError as error:
            if is_transient(error) or not blames_a_file(error):
                raise
            return " ".join(str(error.orig).replace(trial, part.table).split())[:1000]
        finally:
            connection.rollback()
    return None
