"""What became of a COPY: per file and per rejected record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from embedded.columns import Column
from embedded.copy.records import BadRecord, BadValue, Field, Kind, Record
from embedded.copy.selection import Source

_KEPT = 100_000  # rejected records, however many IGNOREALLERRORS skips
_DETAILED = 20  # rejected records whose fields STL_LOADERROR_DETAIL keeps
_REPLACEMENTS = 100
_TYPE_NAMES = {
    "smallint": "int2", "integer": "int4", "bigint": "int8", "real": "float4",
    "double precision": "float8", "boolean": "bool",
}  # fmt: skip


class TooManyErrors(Exception):
    """More records were rejected than MAXERROR allows."""


@dataclass(slots=True)
class FileOutcome:
    """One object that was read: its bytes, and its records, good and bad."""

    source: Source
    size: int
    records: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Rejection:
    """One row of the error views."""

    file: int
    line: int
    column: str
    type: str
    length: str
    position: int
    raw_line: bytes
    raw_value: bytes
    code: int
    reason: str


@dataclass(frozen=True, slots=True)
class FieldDetail:
    """One row of STL_LOADERROR_DETAIL."""

    file: int
    line: int
    number: int
    column: str
    value: bytes
    is_null: bool
    type: str
    length: str


@dataclass
class Outcome:
    """All that a COPY has to tell; `tolerated` is None for any number of errors."""

    tolerated: int | None
    files: list[FileOutcome] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    details: list[FieldDetail] = field(default_factory=list)
    replacements: list[tuple[int, int, str, bytes]] = field(default_factory=list)
    errors: int = 0
    rows: int = 0

    @property
    def failed(self) -> bool:
        """Whether MAXERROR was reached."""
        return self.tolerated is not None and self.errors > self.tolerated

    def add(self, rejection: Rejection) -> None:
        """Note a rejected record; TooManyErrors when it was one too many."""
        self.files[rejection.file].rejected += 1
        self.errors += 1
        if len(self.rejections) < _KEPT:
            self.rejections.append(rejection)
        if self.failed:
            raise TooManyErrors

    def reject_record(self, file: int, bad: BadRecord, columns: Sequence[Column]) -> None:
        """Note a record that could not be cut into fields."""
        column = columns[bad.column] if 0 <= bad.column < len(columns) else None
        self.add(_rejection(file, bad.line, column, bad.position, bad.raw, b"", bad))

    def die(self, file: int, bad: BadRecord, columns: Sequence[Column]) -> NoReturn:
        """Note what no MAXERROR saves the load from."""
        self.tolerated = self.errors
        self.reject_record(file, bad, columns)
        raise TooManyErrors

    def reject_value(
        self, file: int, record: Record, columns: Sequence[Column], number: int, bad: BadValue
    ) -> None:
        """Note a record with a field that its column cannot take."""
        position = record.offsets[number] + bad.position
        value = record.fields[number][1]
        if len({detail.line for detail in self.details}) < _DETAILED:
            self._detail(file, record, columns[: number + 1])
        self.add(_rejection(file, record.line, columns[number], position, record.raw, value, bad))

    def replaced(self, file: int, line: int, column: str, raw: bytes) -> None:
        """Note a record in which ACCEPTINVCHARS replaced something."""
        if len(self.replacements) < _REPLACEMENTS:
            self.replacements.append((file, line, column, raw))

    def _detail(self, file: int, record: Record, columns: Sequence[Column]) -> None:
        for number, (column, value) in enumerate(zip(columns, record.fields, strict=False)):
            self.details.append(_field_detail(file, record.line, number, column, value))


def _rejection(
    file: int,
    line: int,
    column: Column | None,
    position: int,
    raw_line: bytes,
    raw_value: bytes,
    bad: BadValue | BadRecord,
) -> Rejection:
    name = column.name if column else ""
    kind, length = type_and_length(column) if column else ("", "")
    return Rejection(
        file, line, name, kind, length, position,
        raw_line[:1024], raw_value[:1024], bad.code, bad.reason,
    )  # fmt: skip


def _field_detail(file: int, line: int, number: int, column: Column, value: Field) -> FieldDetail:
    kind, length = type_and_length(column)
    is_null = value[0] is Kind.NULL
    return FieldDetail(file, line, number, column.name, value[1][:1024], is_null, kind, length)


def type_and_length(column: Column) -> tuple[str, str]:
    """Type and length as the error views write them."""
    name = _TYPE_NAMES.get(column.type, column.type)
    if column.type == "numeric":
        return name, f"{column.precision or 18}, {column.scale or 0}"
    return name, str(column.length) if column.length else ""
