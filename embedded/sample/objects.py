"""The objects of the sample lake: keys and formats as producers write them."""

from __future__ import annotations

import csv
import io
import json
import struct
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from embedded.sample.dice import Dice
from embedded.sample.sessions import Event

FIELDS = (
    "artist", "auth", "firstName", "gender", "itemInSession", "lastName", "length", "level",
    "location", "method", "page", "registration", "sessionId", "song", "status", "ts",
    "userAgent", "userId",
)  # fmt: skip
_GZIP_HEADER = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
_SHAPES = ("json",) * 11 + ("json.gz",) * 4 + ("csv",) * 3 + ("parts",) * 2


def objects_of_hour(hour: datetime, events: list[Event], dice: Dice) -> Iterator[tuple[str, bytes]]:
    """Key and content of each object of one hour; none when nothing happened."""
    shape = dice.among(_SHAPES)
    if not events:
        return
    base = hour.strftime("log_data/%Y/%m/%d/%Y-%m-%d-%H-events")
    if shape != "parts":
        yield f"{base}.{shape}", content(shape, events)
        return
    count = 2 + dice.below(2)
    size = -(-len(events) // count)
    for number in range(count):
        if part := events[number * size : (number + 1) * size]:
            kind = "json.gz" if dice.happens(0.3) else "json"
            yield f"{base}-{number + 1:04}.{kind}", content(kind, part)


def live_key(hour: datetime) -> str:
    """The key of an hour's object that came while somebody watched, beside those of the sample."""
    return hour.strftime("log_data/%Y/%m/%d/%Y-%m-%d-%H-events-9001.json")


def write(folder: Path, key: str, content: bytes) -> None:
    """Put an object into the bucket's folder in one step: nobody reads half of it."""
    path = folder / key
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.write_bytes(content)
    draft.replace(path)


def content(shape: str, events: list[Event]) -> bytes:
    """The events as an object of this shape holds them: `json`, `json.gz` or `csv`."""
    if shape == "csv":
        return _csv(events)
    lines = "\n".join(
        _LINE.encode(dict(zip(FIELDS, _values(event), strict=True))) for event in events
    )
    text = (lines + "\n").encode()
    return _gzip(text) if shape == "json.gz" else text


def _gzip(text: bytes) -> bytes:
    """A gzip file without time or system in its header, which Python versions write differently."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(text) + packer.flush()
    return _GZIP_HEADER + body + struct.pack("<II", zlib.crc32(text), len(text) & 0xFFFFFFFF)


def _csv(events: list[Event]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(FIELDS)
    writer.writerows(_values(event) for event in events)
    return text.getvalue().encode()


_LINE = json.JSONEncoder(ensure_ascii=False)


def _values(event: Event) -> tuple[Any, ...]:
    """The event's fields in the order of FIELDS."""
    song, person = event.song, event.person
    return (
        song.artist_name if song else None,
        "Logged In" if person else "Logged Out",
        person.first_name if person else None,
        person.gender if person else None,
        event.item,
        person.last_name if person else None,
        song.duration if song else None,
        event.level,
        person.location if person else None,
        event.method,
        event.page,
        person.registration if person else None,
        event.session_id,
        song.title if song else None,
        event.status,
        event.ts,
        person.agent if person else None,
        person.user_id if person else "",
    )
