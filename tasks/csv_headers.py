"""The header line of CSV objects: the order of a file's columns, which COPY takes from us."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from blocks.lake import Lake
from sql import Source
from tasks.batch import BatchObject
from tasks.drift import Drift
from tasks.judge import BadObjects
from tasks.reading import read_lines
from tasks.records import header_of

READERS = 16
Header = tuple[str, ...]


def group_by_header(
    lake: Lake, source: Source, objects: Sequence[BatchObject]
) -> tuple[dict[Header, list[BatchObject]], dict[BatchObject, str]]:
    """The objects by their columns, in COPY's names; and those whose header is not usable, with why."""
    with ThreadPoolExecutor(READERS) as pool:
        headers = list(pool.map(lambda entry: _header(lake, entry), objects))
    groups: dict[Header, list[BatchObject]] = defaultdict(list)
    bad = {}
    for entry, header in zip(objects, headers, strict=True):
        if reason := header if isinstance(header, str) else _fault(source, header):
            bad[entry] = reason
        else:
            groups[tuple(header)].append(entry)
    return groups, bad


def _header(lake: Lake, entry: BatchObject) -> Header | str:
    """The names of the columns, or why there are none."""
    try:
        _, line = next(read_lines(lake, entry), (1, b""))
    except BadObjects as bad:
        return bad.reasons[entry]
    text = line.decode("utf-8", errors="replace").strip("\r")
    try:
        names = header_of(csv.reader([text]))
    except csv.Error as error:
        return f"the header cannot be read: {error}"
    return tuple(name.strip().lower() for name in names)


def _fault(source: Source, header: Header) -> str | None:
    known = {column.name.lower() for column in source.columns}
    required = {key.lower() for key in source.keys}
    if not any(header):
        return "the object is empty, has no header or cannot be unpacked"
    if len(set(header)) != len(header):
        return "the header names a column twice"
    if missing := required - set(header):
        return f"the header lacks {', '.join(sorted(missing))}"
    if unknown := set(header) - known:
        return f"the header has unknown columns: {', '.join(sorted(unknown))}"
    return None


def header_drift(source: Source, groups: dict[Header, list[BatchObject]]) -> list[str]:
    """What headers lack that need not be there, a line each."""
    drift = Drift()
    for header, members in sorted(groups.items()):
        drift.look(source, members[0], [dict.fromkeys(header)])
    return drift.warnings()
