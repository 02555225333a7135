"""COPY a part's objects, and say which lines went where."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from blocks.transient import is_transient
from tasks.batch import BatchObject, Part
from tasks.bundle import bundle
from tasks.csv_headers import group_by_header, header_drift
from tasks.culprits import blames_a_file, find_culprits
from tasks.judge import BadObjects, Reject
from tasks.load_report import LoadReport, last_copy, read_report
from tasks.reading import changed_objects
from tasks.rows import copy, write_manifest
from tasks.run import Run

# An object is judged by its own tolerance after the load, so COPY may skip as many lines as it can.
MAXERROR = "MAXERROR 100000 EMPTYASNULL BLANKSASNULL COMPUPDATE OFF STATUPDATE OFF"


@dataclass
class Copied:
    """Rows in the table, lines of each object, lines that COPY rejected, objects left out, drift."""

    rows: int = 0
    lines: dict[BatchObject, int] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    bad: dict[BatchObject, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def copy_events(connection: Connection, run: Run, part: Part, objects: list[BatchObject]) -> Copied:
    """Copy event objects as they lie in the lake."""
    copied = Copied()
    groups: dict[tuple[str, ...], list[BatchObject]] = {(): objects}
    if part.format == "csv":
        groups, copied.bad = group_by_header(run.warehouse.lake, part.source, objects)
        copied.warnings = header_drift(part.source, groups)
    for number, (header, members) in enumerate(sorted(groups.items())):
        if members:
            _copy_group(connection, run, part, header, members, copied, number)
    if changed := changed_objects(run.warehouse.lake, list(copied.lines)):
        raise BadObjects(changed)
    return copied


def _copy_group(
    connection: Connection,
    run: Run,
    part: Part,
    header: tuple[str, ...],
    members: list[BatchObject],
    copied: Copied,
    number: int,
) -> None:
    by_url = {run.warehouse.lake.url(entry.key): entry for entry in members}
    kind = "FORMAT CSV IGNOREHEADER 1" if header else "FORMAT JSON 'auto ignorecase'"
    options = f"{kind}{' GZIP' if part.gzipped else ''} MANIFEST {MAXERROR}"
    target = f"{part.table} ({', '.join(header)})" if header else part.table
    report = copy_files(connection, run, part, target, options, by_url, f"{part.table}-{number}")
    copied.rows += report.loaded
    headers = _header_lines(report) if header else 0
    copied.lines |= {by_url[url]: lines - headers for url, lines in report.lines.items()}
    copied.rejects += [Reject(by_url[e.url], e.line, e.column, e.reason) for e in report.errors]


def _header_lines(report: LoadReport) -> int:
    """1 when the header is among the lines that are reported of each file, else 0.

    Redshift's documentation does not say; the sum over the files does.
    """
    surplus = sum(report.lines.values()) - len(report.errors) - report.loaded
    return 1 if surplus == len(report.lines) else 0


def copy_songs(connection: Connection, run: Run, part: Part, objects: list[BatchObject]) -> Copied:
    """Copy song objects, bundled."""
    made = bundle(run.warehouse.lake, objects, f"runs/{run.id}/{part.table}")
    copied = Copied(lines=made.lines, bad=made.bad, warnings=made.drift.warnings())
    options = f"FORMAT JSON 'auto ignorecase' GZIP MANIFEST {MAXERROR}"
    if made.origins:
        origins = {
            (url, n): o for url, lines in made.origins.items() for n, o in enumerate(lines, 1)
        }
        bundles = dict.fromkeys(made.origins)
        report = copy_files(connection, run, part, part.table, options, bundles, part.table)
        copied.rows = report.loaded
        copied.rejects = [
            Reject(entry, line, error.column, error.reason)
            for error in report.errors
            for entry, line in [origins[error.url, error.line]]
        ]
    return copied


def copy_files(
    connection: Connection,
    run: Run,
    part: Part,
    target: str,
    options: str,
    by_url: dict[str, BatchObject] | dict[str, None],
    name: str,
) -> LoadReport:
    """One COPY by manifest and its report; raises `BadObjects` when files make the COPY fail."""
    urls = list(by_url)
    manifest = write_manifest(run.warehouse, f"runs/{run.id}/{name}", urls)
    try:
        copy(connection, run.warehouse, target, manifest, options)
    except DBAPIError as error:
        if is_transient(error) or None in by_url.values() or not blames_a_file(error):
            raise
        connection.rollback()  # the table that it holds is in nobody's way while files are tried
        raise BadObjects(_culprits(run, part, target, options, by_url, error)) from error
    query, loaded = last_copy(connection)
    return read_report(run.engine, query, loaded, urls)


def _culprits(
    run: Run,
    part: Part,
    target: str,
    options: str,
    by_url: dict[str, BatchObject] | dict[str, None],
    error: DBAPIError,
) -> dict[BatchObject, str]:
    reasons = find_culprits(run, part, target, options, list(by_url))
    if not reasons:
        raise error
    return {entry: reason for url, reason in reasons.items() if (entry := by_url[url])}
