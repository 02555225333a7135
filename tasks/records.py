"""Cut an object into records as COPY does: JSON values wherever their lines break, and CSV rows."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

LONGEST_RECORD = 4 * 1024 * 1024  # bytes that COPY takes
Lines = Iterable[tuple[int, bytes]]


@dataclass(frozen=True)
class Record:
    """A record's last line, its text as it stands, and its fields; None when it is no JSON object."""

    line: int
    raw: bytes
    fields: dict[str, Any] | None


def first_wins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object's members; of two with one key the first, as COPY takes it."""
    members: dict[str, Any] = {}
    for key, value in pairs:
        members.setdefault(key, value)
    return members


def _no_number(text: str) -> NoReturn:
    raise json.JSONDecodeError("not a JSON number", text, 0)


DECODER = json.JSONDecoder(object_pairs_hook=first_wins, parse_constant=_no_number)


def json_records(lines: Lines) -> Iterator[Record]:
    """The root values of a JSON object; what is malformed ends with its line."""
    held, number = "", 0
    for number, line in lines:
        text = line.decode("utf-8", "surrogateescape")
        held = f"{held}\n{text}" if held else text
        found, held = _take(held, number)
        yield from found
    if held.strip():
        yield Record(number, _bytes(held), None)


def _take(text: str, last: int) -> tuple[list[Record], str]:
    """The records of a text whose last line is `last`, and the beginning of one that goes on."""
    found: list[Record] = []
    while text := text.lstrip(" \t\r\n"):
        try:
            value, end = DECODER.raw_decode(text)
        except (json.JSONDecodeError, RecursionError) as error:
            if _may_go_on(text, error):
                return found, text
            end, value = _end_of_malformed(text), None
        record = text[:end].rstrip("\r\n")
        line = last - text[len(record) :].count("\n")
        found.append(Record(line, _bytes(record), value if isinstance(value, dict) else None))
        text = text[end:]
    return found, ""


def _may_go_on(text: str, error: Exception) -> bool:
    """Whether a value is only cut short: its next line may complete it."""
    at_end = isinstance(error, json.JSONDecodeError) and error.pos >= len(text.rstrip())
    return at_end and text[0] in "{[" and len(text) < LONGEST_RECORD


def _end_of_malformed(text: str) -> int:
    """Behind the line that begins the malformed value."""
    newline = text.find("\n")
    return len(text) if newline < 0 else newline


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def csv_records(lines: Lines) -> Iterator[Record]:
    """The rows behind the header; a row that csv cannot read ends them."""
    taken: list[bytes] = []

    def feed() -> Iterator[str]:
        for _, line in lines:
            taken.append(line)
            yield line.decode("utf-8", "replace") + "\n"

    reader = csv.reader(feed())
    try:
        header = [name.strip().lower() for name in header_of(reader)]
        taken.clear()
        for values in reader:
            raw = b"\n".join(taken)
            taken.clear()
            yield Record(reader.line_num, raw, dict(zip(header, values, strict=False)))
    except csv.Error:
        return


def header_of(reader: Iterator[list[str]]) -> list[str]:
    """The names of the columns, without a byte order mark."""
    names = next(reader, [])
    return [name.removeprefix("\ufeff") for name in names[:1]] + names[1:]


def clip(text: str, size: int) -> str:
    """As much of a text as fits into `size` bytes."""
    return text.encode("utf-8", "replace")[:size].decode(errors="ignore")
