"""Notice that producers changed the shape of their records: COPY loads NULL for what it does not find.

A key that is new, missing or of another type is told. An object without a key that every record
needs, or without any record, is not taken.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Any
from urllib.request import Request, urlopen

import obstore
from obstore.exceptions import GenericError, NotFoundError
from obstore.store import S3Store

from blocks.lake import Lake
from sql import Column, Source
from tasks.batch import BatchObject
from tasks.reading import READERS, unpacked
from tasks.records import Record, clip, json_records

WHOLE = 128 * 1024  # bytes of an object that is read as a whole
SAMPLE = 8 * 1024  # bytes that are read of each end of a larger one
RECORDS = 8  # of each end that are looked at
TOLD = 20  # warnings

Fields = dict[str, Any]

# The types that need no second look.
WHOLE_NUMBER = frozenset((int, type(None)))
PLAIN = {
    "VARCHAR": frozenset((str, int, float, type(None))),
    "INTEGER": WHOLE_NUMBER,
    "BIGINT": WHOLE_NUMBER,
    "DOUBLE PRECISION": frozenset((int, float, type(None))),
}


@dataclass
class Drift:
    """What is told, with an object that it was seen in; and the objects that are not taken, with why."""

    seen: dict[str, str] = field(default_factory=dict)
    bad: dict[BatchObject, str] = field(default_factory=dict)

    def warnings(self) -> list[str]:
        """One line for each change."""
        lines = [f"schema drift: {what}, e.g. in {key}" for what, key in sorted(self.seen.items())]
        return lines[:TOLD] + ([f"schema drift: {len(lines) - TOLD} more"] * (len(lines) > TOLD))

    def look(self, source: Source, entry: BatchObject, records: Sequence[Fields]) -> None:
        """Compare some records of one object with what their source declares."""
        if missing := [key for key in source.keys if not _has(records, key)]:
            self.bad[entry] = f"no record has the key {', '.join(missing)}"
            return
        columns = {column.name.lower(): column for column in source.columns if not column.ours}
        lacking = [c.name for c in columns.values() if not _has(records, c.name)]
        told = [f"{source.name} lack the key {name}" for name in lacking]
        told += _new_or_retyped(source, columns, records)
        for what in told:
            self.seen.setdefault(what, entry.key)


def _has(records: Sequence[Fields], name: str) -> bool:
    lower = name.lower()
    return any(name in fields or lower in map(str.lower, fields) for fields in records)


def _new_or_retyped(
    source: Source, columns: dict[str, Column], records: Sequence[Fields]
) -> Iterator[str]:
    usual = {name: PLAIN[column.type.partition("(")[0]] for name, column in columns.items()}
    for fields in records:
        for key, value in fields.items():
            if type(value) in usual.get(key.lower(), ()):
                continue
            column = columns.get(key.lower())
            if column is None:
                yield f"{source.name} have a new key {clip(repr(key), 100)}"
            elif not fits(column.type, value):
                yield f"{source.name} have {_kind(value)} in {column.name}, a {column.type}"


def fits(kind: str, value: Any) -> bool:
    """Whether a JSON value is what a column's type means; a number in a text is."""
    if value is None:
        return True
    if kind.startswith("VARCHAR"):
        return isinstance(value, str | int | float) and not isinstance(value, bool)
    if isinstance(value, str):
        return not value.strip() or _is_number(value)
    if kind == "DOUBLE PRECISION":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "an array", bool: "true or false", str: "a text"}
    return names.get(type(value), "a fraction")


def inspect_events(lake: Lake, source: Source, objects: Sequence[BatchObject]) -> Drift:
    """Look at the first and the last records of each object; what cannot be read is COPY's to tell."""
    drift = Drift()
    for entry, ends in zip(objects, asyncio.run(_read_all(lake, objects)), strict=True):
        sample = _sample(entry, ends) if ends else []
        if records := [record.fields for record in sample if record.fields is not None]:
            drift.look(source, entry, records)
        elif sample:
            drift.bad[entry] = "no JSON object among its first and last records"
    return drift


def _sample(entry: BatchObject, ends: Sequence[bytes]) -> list[Record]:
    """The first records of what was read and, where each has a line of its own, the last ones."""
    whole = entry.size <= WHOLE
    head = _lines(entry, ends[0]) if whole else _lines(entry, ends[0])[:-1]
    first = list(islice(json_records(enumerate(head, 1)), RECORDS))
    if not whole and first and first[-1].fields is None:
        first.pop()  # it may only be cut
    if any(b"\n" in record.raw for record in first):
        return first
    tail = _lines(entry, ends[1])[1:] if len(ends) > 1 else head[RECORDS:]
    return first + list(json_records(enumerate(tail[-RECORDS:], 1)))


def _lines(entry: BatchObject, piece: bytes) -> list[bytes]:
    body = b"".join(unpacked([piece])) if entry.key.endswith(".gz") else piece
    return [line for line in body.split(b"\n") if line.strip()]


async def _read_all(lake: Lake, objects: Sequence[BatchObject]) -> list[list[bytes]]:
    store, gate = lake.store(lake.bucket), asyncio.Semaphore(READERS)
    return await asyncio.gather(*(_ends(store, entry, gate) for entry in objects))


async def _ends(store: S3Store, entry: BatchObject, gate: asyncio.Semaphore) -> list[bytes]:
    """All of a small object; of a larger one its beginning and its end, of a gzip the beginning."""
    async with gate:
        try:
            head = await _head(store, entry)
            if entry.size <= WHOLE or entry.key.endswith(".gz"):
                return [head]
            lifetime = timedelta(minutes=10)
            url = await obstore.sign_async(store, "GET", entry.key, lifetime)
            return [head, await asyncio.to_thread(_tail, url, entry.size - SAMPLE)]
        except (OSError, NotFoundError, GenericError):
            return []


async def _head(store: S3Store, entry: BatchObject) -> bytes:
    """The first bytes: the stream is left when there are enough."""
    found = await obstore.get_async(store, entry.key)
    if entry.size <= WHOLE:
        return bytes(await found.bytes_async())
    async for chunk in found.stream(min_chunk_size=SAMPLE):
        return bytes(chunk)[:WHOLE]
    return b""


def _tail(url: str, start: int) -> bytes:
    """The bytes from `start` on; obstore's own ranges insist on a status that not every S3 gives."""
    request = Request(url, headers={"Range": f"bytes={start}-"})
    with urlopen(request, timeout=60) as response:
        return bytes(response.read()) if response.headers.get("Content-Range") else b""
