"""COPY a part's objects, and say which lines went where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from blocks.transient import is_transient
from tasks import culprits
from tasks.addresses import addresses
from tasks.batch import BatchObject, Part
from tasks.bundle import Bundles, bundle
from tasks.csv_headers import group_by_header, header_drift
from tasks.judge import BadObjects, Reject, TooManyRejects
from tasks.load_report import LineError, LoadReport, last_copy, read_report
from tasks.reading import changed_objects
from tasks.rows import copy, write_manifest
from tasks.run import Run

# An object is judged by its own tolerance after the load, so COPY may skip as many lines as it can.
OPTIONS = "MAXERROR {} EMPTYASNULL BLANKSASNULL COMPUPDATE OFF STATUPDATE OFF"
Item = TypeVar("Item")


@dataclass
class Copied:
    """Rows in the table, lines of each object, lines that COPY rejected, objects left out, drift."""

    rows: int = 0
    lines: dict[BatchObject, int] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    bad: dict[BatchObject, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def copy_events(
    connection: Connection, run: Run, part: Part, objects: list[BatchObject], copies: int = 1
) -> Copied:
    """Copy event objects as they lie in the lake, divided among so many COPYs."""
    copied = Copied()
    groups: dict[tuple[str, ...], list[BatchObject]] = {(): objects}
    if part.format == "csv":
        groups, copied.bad = group_by_header(run.warehouse.lake, part.source, objects)
        copied.warnings = header_drift(part.source, groups)
    divided = [(h, some) for h, every in sorted(groups.items()) for some in divide(every, copies)]
    for number, (header, members) in enumerate(divided):
        _copy_group(connection, run, part, header, members, copied, number)
    if changed := changed_objects(run.warehouse.lake, list(copied.lines)):
        raise BadObjects(changed)
    return copied


def _copy_group(
    connection: Connection,
    run: Run,
    part: Part,
    header: tuple[str, ...],
    members: Sequence[BatchObject],
    copied: Copied,
    number: int,
) -> None:
    by_url = addresses(run, members)
    kind = "FORMAT CSV IGNOREHEADER 1" if header else "FORMAT JSON 'auto ignorecase'"
    options = f"{kind}{' GZIP' if part.gzipped else ''} MANIFEST {_options()}"
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


def divide(items: Sequence[Item], among: int) -> list[Sequence[Item]]:
    """The items in so many slices, or in as many as there are items; no slice is empty."""
    size = -(-len(items) // among) or 1
    return [items[start : start + size] for start in range(0, len(items), size)]


def _options() -> str:
    return OPTIONS.format(culprits.MAXERROR)


def copy_songs(
    connection: Connection, run: Run, part: Part, objects: list[BatchObject], copies: int = 1
) -> Copied:
    """Copy song objects, bundled."""
    made = bundle(run.warehouse.lake, objects, f"runs/{run.id}/{part.table}")
    copied = Copied(
        lines=made.lines, rejects=made.rejects, bad=made.bad, warnings=made.drift.warnings()
    )
    options = f"FORMAT JSON 'auto ignorecase' GZIP MANIFEST {_options()}"
    for number, urls in enumerate(divide(list(made.origins), copies)):
        bundles = dict.fromkeys(urls)
        name = f"{part.table}-{number}"
        report = copy_files(connection, run, part, part.table, options, bundles, name)
        copied.rows += report.loaded
        copied.rejects += [_song_reject(made, error) for error in report.errors]
    return copied


def _song_reject(made: Bundles, error: LineError) -> Reject:
    entry, line = made.origins[error.url][error.line - 1]
    return Reject(entry, line, error.column, error.reason)


def copy_files(
    connection: Connection,
    run: Run,
    part: Part,
    target: str,
    options: str,
    by_url: dict[str, BatchObject] | dict[str, None],
    name: str,
) -> LoadReport:
    """One COPY by manifest and its report.

    Raises `BadObjects` when files make the COPY fail, and `TooManyRejects` when only together they do.
    """
    urls = list(by_url)
    manifest = write_manifest(run.warehouse, f"runs/{run.id}/{name}", urls)
    try:
        copy(connection, run.warehouse, target, manifest, options)
    except DBAPIError as error:
        if is_transient(error) or not culprits.blames_a_file(error):
            raise
        connection.rollback()  # the table that it holds is in nobody's way while files are tried
        theirs = {url: entry for url, entry in by_url.items() if entry}
        found = culprits.find_culprits(run, part, target, options, theirs) if theirs else None
        if found and found.reasons:
            raise found from error
        if len(urls) > 1:
            raise TooManyRejects from error
        raise
    query, loaded = last_copy(connection)
    return read_report(run.beside, query, loaded, urls, headers="IGNOREHEADER" in options)
