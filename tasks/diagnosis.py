"""Say what is wrong with an object that makes a COPY fail, by reading it: Redshift says little."""

from __future__ import annotations

from collections.abc import Iterable

from blocks.lake import Lake
from tasks.batch import BatchObject
from tasks.judge import BadObjects
from tasks.reading import BrokenGzip, gunzip, open_object
from tasks.records import LONGEST_RECORD

MEGABYTES = LONGEST_RECORD >> 20


def diagnose(lake: Lake, entry: BatchObject) -> str | None:
    """Why COPY cannot take an object, or None when it can be read and has no line that is too long."""
    try:
        chunks = open_object(lake, entry)
        line = _too_long(gunzip(chunks) if entry.key.endswith(".gz") else chunks)
    except BadObjects as bad:
        return bad.reasons[entry]
    except BrokenGzip as broken:
        return str(broken)
    return f"line {line} is larger than the {MEGABYTES} MB that COPY takes" if line else None


def _too_long(chunks: Iterable[bytes]) -> int | None:
    """The first line that COPY does not take."""
    number, length = 1, 0
    for chunk in chunks:
        for place, piece in enumerate(chunk.split(b"\n")):
            number, length = (number + 1, len(piece)) if place else (number, length + len(piece))
            if length > LONGEST_RECORD:
                return number
    return None
