"""Bundle song objects, which are tiny and many, into a few files that COPY takes whole.

Each line of a bundle is a line of an object, its text untouched, behind the object's key, ETag, time
and line. A bundle knows for each of its lines where it came from.
"""

from __future__ import annotations

import gzip
import json
import uuid
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from blocks.lake import Lake
from sql.catalog import SONGS
from tasks.batch import BatchObject
from tasks.drift import Drift
from tasks.reading import read_objects
from tasks.records import LONGEST_RECORD, Record, first_wins

OBJECTS_PER_BUNDLE = 4000
ORIGIN = 4096  # bytes that the origin may take in front of a record
OURS = {column.name for column in SONGS.columns if column.ours}
Origin = tuple[BatchObject, int]


@dataclass
class Bundles:
    """Each bundle's origins by address, the lines of each object, and what could not be bundled."""

    origins: dict[str, list[Origin]] = field(default_factory=dict)
    lines: dict[BatchObject, int] = field(default_factory=dict)
    bad: dict[BatchObject, str] = field(default_factory=dict)
    drift: Drift = field(default_factory=Drift)


def bundle(lake: Lake, objects: Sequence[BatchObject], name: str) -> Bundles:
    """Read the objects and write them as gzipped NDJSON, `name`-0000.json.gz and so on."""
    made = Bundles()
    name = f"{name}-{uuid.uuid4().hex[:8]}"  # attempts of one run do not share what they read
    for number, start in enumerate(range(0, len(objects), OBJECTS_PER_BUNDLE)):
        group = objects[start : start + OBJECTS_PER_BUNDLE]
        lines, origins = _group(lake, group, made)
        if lines:
            body = gzip.compress(b"\n".join(lines), compresslevel=1, mtime=0)
            made.origins[lake.put_work(f"{name}-{number:04}.json.gz", body)] = origins
    return made


def _group(
    lake: Lake, group: Sequence[BatchObject], made: Bundles
) -> tuple[list[bytes], list[Origin]]:
    lines: list[bytes] = []
    origins: list[Origin] = []
    for entry, body in zip(group, read_objects(lake, group), strict=True):
        try:
            records = song_lines(body if isinstance(body, bytes) else _raise(body), entry)
        except ValueError as error:
            made.bad[entry] = str(error)
            continue
        made.drift.look(SONGS, entry, [record.fields for record in records if record.fields])
        if entry in made.drift.bad:
            made.bad[entry] = made.drift.bad[entry]
            continue
        made.lines[entry] = len(records)
        lines += [_behind_origin(entry, record) for record in records]
        origins += [(entry, record.line) for record in records]
    return lines, origins


def _raise(reason: str) -> bytes:
    raise ValueError(reason)


def song_lines(body: bytes, entry: BatchObject) -> list[Record]:
    """The records of an object, one object over any lines or one a line, each as one line.

    Raises `ValueError` when the object is empty, cannot be unpacked, is not UTF-8, or a record is no
    JSON object, is too long for COPY or has a key that is ours to write.
    """
    text = _text(body, entry).strip()
    if not text:
        raise ValueError("the object is empty")
    fields = _fields(text)
    if fields is not None:
        record = text.replace("\r", " ").replace("\n", " ")
        return [_checked(Record(1, record.encode(), fields))]
    numbered = [(n, line.strip()) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    return [_checked(Record(n, line.encode(), _fields(line))) for n, line in numbered]


def _text(body: bytes, entry: BatchObject) -> str:
    try:
        content = gzip.decompress(body) if entry.key.endswith(".gz") else body
        return content.decode("utf-8")
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"the object cannot be unpacked: {error}") from None


def _checked(record: Record) -> Record:
    if record.fields is None:
        raise ValueError(f"line {record.line} is not a JSON object")
    if len(record.raw) > LONGEST_RECORD - ORIGIN:
        raise ValueError(f"line {record.line} is larger than COPY takes")
    if ours := OURS & {key.lower() for key in record.fields}:
        raise ValueError(f"line {record.line} has the key {min(ours)}, which is ours to write")
    return record


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
    fields = record.raw[1:].lstrip()
    comma = b"" if fields.startswith(b"}") else b", "
    return json.dumps(origin).encode()[:-1] + comma + fields
