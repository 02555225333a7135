"""Rows drawn as tables.

ts               | userId | level
2018-11-02 10:00 | 8      | paid
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

EVENT = {
    "artist": "Des'ree",
    "auth": "Logged In",
    "firstName": "Kaylee",
    "gender": "F",
    "itemInSession": 0,
    "lastName": "Summers",
    "length": 246.30812,
    "level": "free",
    "location": "Phoenix-Mesa-Scottsdale, AZ",
    "method": "PUT",
    "page": "NextSong",
    "registration": 1540344794796.0,
    "sessionId": 139,
    "song": "You Gotta Be",
    "status": 200,
    "ts": 1541106106796,
    "userAgent": '"Mozilla/5.0 (Windows NT 6.1; WOW64)"',
    "userId": "8",
}

SONG = {
    "artist_id": "AR1",
    "artist_latitude": None,
    "artist_location": "London",
    "artist_longitude": None,
    "artist_name": "Des'ree",
    "duration": 246.30812,
    "num_songs": 1,
    "song_id": "SO1",
    "title": "You Gotta Be",
    "year": 1994,
}

NUMBERS = ("itemInSession", "sessionId", "status", "length", "duration", "year", "registration")
NUMBERS += ("artist_latitude", "artist_longitude")


def rows(drawn: str) -> list[dict[str, Any]]:
    """A drawn table as dicts: `-` is None, and 'quoted' text keeps its blanks."""
    lines = [line for line in drawn.splitlines() if line.strip()]
    header = [cell.strip() for cell in lines[0].split("|")]
    return [
        {
            name: _value(name, cell.strip())
            for name, cell in zip(header, line.split("|"), strict=True)
        }
        for line in lines[1:]
    ]


def events(drawn: str) -> list[dict[str, Any]]:
    """The events of a drawn table; what it does not say is as in `EVENT`, items count up."""
    return [EVENT | {"itemInSession": n} | row for n, row in enumerate(rows(drawn))]


def songs(drawn: str) -> list[dict[str, Any]]:
    """The songs of a drawn table; what it does not say is as in `SONG`."""
    return [SONG | row for row in rows(drawn)]


def ndjson(records: list[dict[str, Any]]) -> bytes:
    """One record a line, without a newline behind the last, as the producers write it."""
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


def milliseconds(text: str) -> int:
    """`2018-11-02 10:00` as ts."""
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def _value(name: str, cell: str) -> Any:
    if cell == "-":
        return None
    if cell.startswith("'") and cell.endswith("'"):
        return cell[1:-1]
    if name == "ts":
        return int(cell) if cell.isdigit() else milliseconds(cell)
    if name in NUMBERS:
        return float(cell) if "." in cell else int(cell)
    return cell
