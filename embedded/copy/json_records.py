"""Cut a JSON file into records: a stream of root values, wherever their lines break."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from embedded.copy import jsonscan
from embedded.copy.jsonscan import Malformed, Span
from embedded.copy.records import NOTHING, BadRecord, Field, Oversized, Record

MAX_OBJECT = 4 * 1024 * 1024
NOT_JSON = "Invalid value."
NOT_AN_OBJECT = "Invalid JSONPath format: Member is not an object."

Outcome = tuple[Record | BadRecord | None, int]
"""What was read (None: the data end before a whole record does) and where to go on."""


class Extractor(Protocol):
    """What picks the fields of the target columns out of one root value."""

    def __call__(self, data: bytes, root: Span) -> tuple[Sequence[Field], Sequence[int]]:
        """The fields, and where each begins; Mismatch when the value has no such shape."""


class Mismatch(Exception):
    """A well-formed value out of which the columns cannot be picked."""


class JsonReader:
    """Reads the records of one file; `line` is the number of the line that comes next."""

    def __init__(self, extract: Extractor, line: int = 1) -> None:
        self._extract = extract
        self.line = line

    def next(self, data: bytes, position: int, final: bool) -> Outcome:
        """The record at or after a position."""
        start = jsonscan.skip_space(data, position)
        self.line += data.count(b"\n", position, start)
        if start >= len(data):
            return None, len(data)
        try:
            root = jsonscan.span(data, start)
        except Malformed as error:
            return self._malformed(data, start, error, final)
        return self._record(data, root)

    def _record(self, data: bytes, root: Span) -> Outcome:
        start, end = root[1:]
        check_size(end - start, self.line, data[start : start + 1024])
        raw = data[start:end]
        self.line += raw.count(b"\n")
        try:
            fields, offsets = self._extract(data, root)
        except Mismatch as error:
            return BadRecord(1216, str(error), self.line, raw), end
        return Record(self.line, raw, fields, [offset - start for offset in offsets]), end

    def _malformed(self, data: bytes, start: int, error: Malformed, final: bool) -> Outcome:
        if not final and (error.at_end or data.find(b"\n", error.position) < 0):
            check_size(len(data) - start, self.line, data[start : start + 1024])
            return None, start
        if error.at_end:
            check_size(len(data) - start, self.line, data[start : start + 1024])
        end = _resume(data, start, error)
        last = max(start, min(error.position, end))
        line = self.line + data.count(b"\n", start, last)
        self.line += data.count(b"\n", start, end)
        raw = data[start : min(_line_end(data, last), end)]
        return BadRecord(1216, NOT_JSON, line, raw, last - start), end


def check_size(size: int, line: int, raw: bytes) -> None:
    """Refuse a record of more than 4 MB."""
    if size > MAX_OBJECT:
        raise Oversized(1204, f"Row exceeds the maximum size of {MAX_OBJECT} bytes", line, raw)


def _line_end(data: bytes, position: int) -> int:
    end = data.find(b"\n", position)
    return len(data) if end < 0 else end


def _resume(data: bytes, start: int, error: Malformed) -> int:
    """Where to go on after a malformed value that began at `start`: at the next line.

    When it broke on a later line, an object cut short may have swallowed the good ones after it: go
    on with the next line that begins with a brace. Others may be its own insides.
    """
    first_end = _line_end(data, start)
    if error.position <= first_end and not error.at_end:
        return first_end
    brace = data.find(b"\n{", start)
    if 0 <= brace < error.position and data[start] == ord("{"):
        return brace
    return len(data) if error.at_end else _line_end(data, error.position)


class Members:
    """The fields of 'auto': members of the root object by name, at the first level only."""

    def __init__(self, columns: Sequence[str], ignore_case: bool) -> None:
        self.names = columns
        self.ignore_case = ignore_case
        self._keys = [name.encode() for name in columns]

    def __call__(self, data: bytes, root: Span) -> tuple[Sequence[Field], Sequence[int]]:
        """See Extractor."""
        if data[root[1]] != ord("{"):
            raise Mismatch(NOT_AN_OBJECT)
        found = jsonscan.read_object(data, root[1])[0]
        if self.ignore_case:
            lowered: dict[bytes, Span] = {}
            for key, value in found.items():
                lowered.setdefault(key.lower(), value)
            found = lowered
        spans = [found.get(key) for key in self._keys]
        fields = [jsonscan.field(data, value) if value else NOTHING for value in spans]
        return fields, [value[1] if value else root[1] for value in spans]


class WholeValue:
    """The field of 'noshred': the root value itself."""

    def __call__(self, data: bytes, root: Span) -> tuple[Sequence[Field], Sequence[int]]:
        """See Extractor."""
        return [jsonscan.field(data, root)], [root[1]]
