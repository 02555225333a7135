"""Bundle song objects, which are tiny and many, into a few files that COPY takes whole.

Each line of a bundle is a line of an object, its text untouched, behind the object's key, ETag, time
and line. A bundle knows for each of its lines where it came from.
"""

from __future__ import annotations

import gzip
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from blocks.lake import Lake
from sql.catalog import SONGS
from tasks.batch import BatchObject
from tasks.drift import Drift
from tasks.judge import Reject
from tasks.reading import gunzip, read_objects
from tasks.records import LONGEST_RECORD, Record, first_wins, json_records

OBJECTS_PER_BUNDLE = 4000
LINES_PER_BUNDLE = 50_000  # COPY may skip them all and does not fail
ORIGIN = 8192  # bytes that the origin may take in front of a record
OURS = {column.name for column in SONGS.columns if column.ours}
Origin = tuple[BatchObject, int]


@dataclass
class Bundles:
    """Each bundle's origins by address, the lines of each object, and what could not be bundled:
    records, and whole objects.
    """

    origins: dict[str, list[Origin]] = field(default_factory=dict)
    lines: dict[BatchObject, int] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    bad: dict[BatchObject, str] = field(default_factory=dict)
    drift: Drift = field(default_factory=Drift)


def bundle(lake: Lake, objects: Sequence[BatchObject], name: str) -> Bundles:
    """Read the objects and write them as gzipped NDJSON, `name`-0000.json.gz and so on."""
    made = Bundles()
    name = f"{name}-{uuid.uuid4().hex[:8]}"  # attempts of one run do not share what they read
    for start in range(0, len(objects), OBJECTS_PER_BUNDLE):
        lines, origins = _group(lake, objects[start : start + OBJECTS_PER_BUNDLE], made)
        for first in range(0, len(lines), LINES_PER_BUNDLE):
            some = slice(first, first + LINES_PER_BUNDLE)
            body = gzip.compress(b"\n".join(lines[some]), compresslevel=1, mtime=0)
            number = len(made.origins)
            made.origins[lake.put_work(f"{name}-{number:04}.json.gz", body)] = origins[some]
    return made


def _group(
    lake: Lake, group: Sequence[BatchObject], made: Bundles
) -> tuple[list[bytes], list[Origin]]:
    lines: list[bytes] = []
    origins: list[Origin] = []
    for entry, body in zip(group, read_objects(lake, group), strict=True):
        try:
            records, rejects = song_records(
                body if isinstance(body, bytes) else _raise(body), entry
            )
        except ValueError as error:
            made.bad[entry] = str(error)
            continue
        made.drift.look(SONGS, entry, [record.fields or {} for record in records])
        if entry in made.drift.bad:
            made.bad[entry] = made.drift.bad[entry]
            continue
        made.lines[entry] = len(records) + len(rejects)
        made.rejects += rejects
        lines += [_behind_origin(entry, record) for record in records]
        origins += [(entry, record.line) for record in records]
    return lines, origins


def _raise(reason: str) -> bytes:
    raise ValueError(reason)


def song_records(body: bytes, entry: BatchObject) -> tuple[list[Record], list[Reject]]:
    """The records of an object, one over any lines or many, and those that COPY must not see.

    Raises `ValueError` when the object is empty or cannot be unpacked, or when none of its records is a
    JSON object in UTF-8 that COPY takes as it is, without a key that is ours to write.
    """
    content = _content(body, entry)
    if not content.strip():
        raise ValueError("the object is empty")
    text = content.decode("utf-8", "surrogateescape").strip()
    fields = _fields(text)
    if fields is not None:
        found = [Record(1, text.encode("utf-8", "surrogateescape"), fields)]
    else:
        found = list(json_records(enumerate(content.split(b"\n"), 1)))
    faults = [(record, _fault(record)) for record in found]
    good = [record for record, fault in faults if fault is None]
    if not good:
        raise ValueError(f"line {faults[0][0].line} {faults[0][1]}")
    return good, [Reject(entry, r.line, "", f"the record {why}") for r, why in faults if why]


def _content(body: bytes, entry: BatchObject) -> bytes:
    return b"".join(gunzip([body])) if entry.key.endswith(".gz") else body


def _fault(record: Record) -> str | None:
    """Why COPY must not see a record, or would not load it as it stands."""
    if record.fields is None:
        return "is not a JSON object"
    if any(0xDC80 <= ord(c) <= 0xDCFF for c in record.raw.decode("utf-8", "surrogateescape")):
        return "is not UTF-8"
    if len(record.raw) > LONGEST_RECORD - ORIGIN:
        return "is larger than COPY takes"
    if ours := OURS & {key.lower() for key in record.fields}:
        return f"has the key {min(ours)}, which is ours to write"
    if cut := [k for k, v in record.fields.items() if isinstance(v, str) and "\x00" in v]:
        return f"has a NUL in {cut[0]}, where COPY would cut it"
    return None


def _fields(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text, object_pairs_hook=first_wins)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _behind_origin(entry: BatchObject, record: Record) -> bytes:
    origin = {
        "object_key": entry.key,
        "object_etag": entry.etag,
        "object_modified": str(entry.last_modified),
        "object_line": record.line,
    }
    fields = b" ".join(record.raw.splitlines())[1:].lstrip()
    comma = b"" if fields.startswith(b"}") else b", "
    return json.dumps(origin).encode()[:-1] + comma + fields
