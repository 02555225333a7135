"""Read objects of the lake: many at once, or some lines of one."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

import obstore
from obstore.exceptions import NotFoundError
from obstore.store import S3Store

from blocks.lake import Lake, LakeObject, lake_object
from tasks.batch import BatchObject
from tasks.judge import BadObjects

READERS = 64
LARGEST = 64 * 1024 * 1024  # bytes of an object that is held as a whole
GZIP = 16 + zlib.MAX_WBITS
VANISHED = "the object is gone from the lake"
CHANGED = "the object changed while it was loaded"
LOST = {"vanished": VANISHED, "changed": CHANGED}  # no fault of the object: it may come back
TOO_LARGE = f"the object is larger than {LARGEST >> 20} MB"


class BrokenGzip(ValueError):
    """Gzipped bytes that cannot be unpacked, and what is wrong with them."""


async def _read(store: S3Store, entry: BatchObject, gate: asyncio.Semaphore) -> bytes | str:
    if entry.size > LARGEST:
        return TOO_LARGE
    async with gate:
        try:
            found = await obstore.get_async(store, entry.key)
            if (found.meta["e_tag"] or "").strip('"') != entry.etag:
                return CHANGED
            return bytes(await found.bytes_async())
        except (FileNotFoundError, NotFoundError):
            return VANISHED


def read_objects(lake: Lake, objects: Sequence[BatchObject]) -> list[bytes | str]:
    """The bytes of each object, or, as text, why they cannot be had."""

    async def read_all() -> list[bytes | str]:
        store, gate = lake.store(lake.bucket), asyncio.Semaphore(READERS)
        return await asyncio.gather(*(_read(store, entry, gate) for entry in objects))

    return asyncio.run(read_all())


def find_objects(lake: Lake, keys: Sequence[str]) -> list[LakeObject]:
    """Those of the objects that the lake holds, as they are now."""

    async def look(store: S3Store, key: str, gate: asyncio.Semaphore) -> LakeObject | None:
        async with gate:
            try:
                return lake_object(await obstore.head_async(store, key))
            except (FileNotFoundError, NotFoundError):
                return None

    async def look_all() -> list[LakeObject | None]:
        store, gate = lake.store(lake.bucket), asyncio.Semaphore(READERS)
        return await asyncio.gather(*(look(store, key, gate) for key in keys))

    return [entry for entry in asyncio.run(look_all()) if entry] if keys else []


def changed_objects(lake: Lake, objects: Sequence[BatchObject]) -> dict[BatchObject, str]:
    """The objects that are no longer what was listed, and why."""

    async def look(store: S3Store, entry: BatchObject, gate: asyncio.Semaphore) -> str | None:
        async with gate:
            try:
                meta = await obstore.head_async(store, entry.key)
            except (FileNotFoundError, NotFoundError):
                return VANISHED
            return None if (meta["e_tag"] or "").strip('"') == entry.etag else CHANGED

    async def look_all() -> list[str | None]:
        store, gate = lake.store(lake.bucket), asyncio.Semaphore(READERS)
        return await asyncio.gather(*(look(store, entry, gate) for entry in objects))

    verdicts = zip(objects, asyncio.run(look_all()), strict=True)
    return {entry: verdict for entry, verdict in verdicts if verdict}


def read_lines(
    lake: Lake, entry: BatchObject, wanted: Iterable[int] | None = None
) -> Iterator[tuple[int, bytes]]:
    """Lines of one object with their numbers from 1, as they stand, unpacked when the key ends in .gz.

    A stream that breaks off ends the lines; the whole object is never held. Raises `BadObjects` when
    the object is gone or is no longer what was listed.
    """
    numbers = None if wanted is None else set(wanted)
    rest, number = b"", 0
    for data in _plain(entry, open_object(lake, entry)):
        *lines, rest = (rest + data).split(b"\n")
        for line in lines:
            number += 1
            if numbers is None or number in numbers:
                yield number, line
    if rest and (numbers is None or number + 1 in numbers):
        yield number + 1, rest


def open_object(lake: Lake, entry: BatchObject) -> Iterator[bytes]:
    """The bytes of one object, as it was listed; raises `BadObjects` at once when it is not there."""
    try:
        found = obstore.get(lake.store(lake.bucket), entry.key)
    except (FileNotFoundError, NotFoundError):
        raise BadObjects({entry: VANISHED}) from None
    if (found.meta["e_tag"] or "").strip('"') != entry.etag:
        raise BadObjects({entry: CHANGED})
    return map(bytes, found.stream(min_chunk_size=1 << 20))


def _plain(entry: BatchObject, chunks: Iterable[bytes]) -> Iterator[bytes]:
    return unpacked(chunks) if entry.key.endswith(".gz") else iter(chunks)


def unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What gzipped bytes hold, all members of it, as far as they can be unpacked."""
    with suppress(BrokenGzip):
        yield from gunzip(chunks)


def gunzip(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What gzipped bytes hold, all members of it; raises `BrokenGzip` where they cannot be unpacked."""
    member, taken = zlib.decompressobj(GZIP), 0
    for chunk in chunks:
        data = chunk
        while data:
            if member.eof:
                member, data = zlib.decompressobj(GZIP), data.lstrip(b"\0")
            try:
                plain = member.decompress(data)
            except zlib.error as error:
                raise BrokenGzip(_what_is_broken(error, taken)) from None
            taken += len(plain)
            yield plain
            data = member.unused_data
    if not member.eof:
        raise BrokenGzip(f"the gzip stream ends early, after {taken} bytes of text")


def _what_is_broken(error: zlib.error, taken: int) -> str:
    if not taken and "incorrect header check" in str(error):
        return "the object is no gzip"
    return f"the gzip stream is broken after {taken} bytes of text: {error}"
