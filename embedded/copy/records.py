"""What flows from the readers of files to the loader.

A field is a pair (kind, bytes): what the file holds, before it is a value of the column's type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum


class Kind(IntEnum):
    """What a field of a file is."""

    NULL = 0
    TEXT = 1  # a field of a text file, or a JSON string after its escapes were undone
    NUMBER = 2  # a JSON number, as it is written
    WORD = 3  # a JSON true or false
    TREE = 4  # a JSON object or array, as it is written


Field = tuple[Kind, bytes]
NOTHING: Field = (Kind.NULL, b"")


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file: its last line, its raw text, and a field per target column.

    `offsets` says where in the raw text each field begins, `note` is for STL_LOADERROR_DETAIL.
    """

    line: int
    raw: bytes
    fields: Sequence[Field]
    offsets: Sequence[int]


class BadValue(Exception):
    """A field that its column cannot take; `position` counts from the start of the field."""

    def __init__(self, code: int, reason: str, position: int = 0) -> None:
        super().__init__(code, reason, position)
        self.code = code
        self.reason = reason
        self.position = position


class BadRecord(Exception):
    """A record that cannot be cut into fields."""

    def __init__(
        self, code: int, reason: str, line: int, raw: bytes, position: int = 0, column: int = -1
    ) -> None:
        super().__init__(code, reason, line, raw, position, column)
        self.code = code
        self.reason = reason
        self.line = line
        self.raw = raw
        self.position = position
        self.column = column


class Oversized(BadRecord):
    """A record larger than Redshift takes from any source: no MAXERROR saves the load from it."""


class LoadDies(Exception):
    """An error that ends the whole COPY, whatever MAXERROR says; goes to the client as it is."""

    def __init__(self, message: str, code: int = 8001, context: str = "") -> None:
        super().__init__(message, code, context)
        self.message = message
        self.code = code
        self.context = context
