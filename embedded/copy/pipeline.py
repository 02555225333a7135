"""From objects to rows: chunks of files, the records in them, the values of those."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from embedded.columns import Column
from embedded.copy import parquet
from embedded.copy.converters import converter
from embedded.copy.decompression import Corrupt, plain_blocks
from embedded.copy.feed import Feed
from embedded.copy.json_records import Outcome as Read
from embedded.copy.objects import Opened
from embedded.copy.options import Options
from embedded.copy.outcome import FileOutcome, Outcome, TooManyErrors
from embedded.copy.records import BadRecord, BadValue, Oversized, Record
from embedded.copy.text_values import TextConverter, replace_invalid

_MANY = 2_000
# PostgreSQL takes its text format faster than CSV.
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NOT_NULL = "Missing data for not-null field"


class RecordReader(Protocol):
    """What cuts one file into records."""

    line: int

    def next(self, data: bytes, position: int, final: bool) -> Read:
        """The record at a position and where to go on; see JsonReader and TextReader."""


@dataclass
class Chunk:
    """Whole lines of one file, or its end; `rest` is where an unfinished record begins."""

    file: int
    reader: RecordReader
    data: bytes
    final: bool
    rest: int


class FastPath(Protocol):
    """What takes the plain records of some chunks quickly and leaves the others to `Rows.exact`."""

    def take(self, chunks: Sequence[Chunk]) -> bool:
        """Whether the chunks were taken; otherwise nothing of them was."""

    def settle(self, pending: int = 0) -> None:
        """Finish what was taken and is not done yet, but for some batches."""


class Rows:
    """Converts records, one by one and exactly, and counts what became of them."""

    def __init__(self, columns: list[Column], options: Options, outcome: Outcome) -> None:
        self.columns = columns
        self.outcome = outcome
        self._converters = [converter(column, options) for column in columns]
        self._replaces = options.replace_invalid is not None
        self.lines: list[str] = []
        self._blocks: list[bytes] = []

    def exact(self, chunk: Chunk, position: int, until_line_start: bool = False) -> int:
        """Read records from a position on, all of them or only to the next start of a line."""
        while True:
            try:
                item, position = chunk.reader.next(chunk.data, position, chunk.final)
            except Oversized as oversized:
                self.outcome.die(chunk.file, oversized, self.columns)
            if item is None:
                chunk.rest = position
                return position
            self._take(chunk.file, item)
            if until_line_start:
                position, at_start = _to_line_start(chunk, position)
                if at_start:
                    return position

    def _take(self, file: int, item: Record | BadRecord) -> None:
        self.outcome.files[file].records += 1
        if isinstance(item, BadRecord):
            return self.outcome.reject_record(file, item, self.columns)
        try:
            values = self._values(file, item)
        except _Refused as refused:
            bad = refused.bad
            return self.outcome.reject_value(file, item, self.columns, refused.number, bad)
        self.outcome.rows += 1
        return self.lines.append(_line(values))

    def _values(self, file: int, record: Record) -> list[str | None]:
        values: list[str | None] = []
        for number, column in enumerate(self.columns):
            convert = self._converters[number]
            try:
                value = convert(record.fields[number])
                if value is None and column.not_null:
                    raise BadValue(1213, NOT_NULL)
            except BadValue as bad:
                raise _Refused(number, bad) from None
            values.append(value)
        if self._replaces:
            self._note_replacements(file, record)
        return values

    def _note_replacements(self, file: int, record: Record) -> None:
        for column, convert, (_, raw) in zip(
            self.columns, self._converters, record.fields, strict=True
        ):
            if isinstance(convert, TextConverter) and replace_invalid(raw, b"?") != raw:
                self.outcome.replaced(file, record.line, column.name, record.raw)

    def parquet(self, file: int, opened: Opened, options: Options) -> None:
        """Take the rows of a Parquet file, whose errors are never skipped."""
        for record in parquet.records(opened, self.columns, options):
            try:
                self.lines.append(_line(self._values(file, record)))
            except _Refused as refused:
                name = self.columns[refused.number].name
                raise parquet.rejected(name, refused.bad.reason, opened.source.url) from None
            self.outcome.files[file].records += 1
            self.outcome.rows += 1

    def add(self, text: bytes, rows: int) -> None:
        """Take rows that were converted elsewhere."""
        self.outcome.rows += rows
        self._blocks.append(text)

    def drain(self) -> bytes:
        """The rows converted so far, as PostgreSQL's COPY takes them."""
        done = [*self._blocks, "".join(self.lines).encode()] if self.lines else self._blocks
        self.lines, self._blocks = [], []
        return done[0] if len(done) == 1 else b"".join(done)


class _Refused(Exception):
    def __init__(self, number: int, bad: BadValue) -> None:
        super().__init__(number, bad)
        self.number = number
        self.bad = bad


def _line(values: list[str | None]) -> str:
    cells = ["\\N" if value is None else value.translate(_ESCAPES) for value in values]
    return "\t".join(cells) + "\n"


def _to_line_start(chunk: Chunk, position: int) -> tuple[int, bool]:
    """Past the blanks after a record; whether a line begins there or the data end."""
    data = chunk.data
    if position >= len(data) or (position and data[position - 1] == ord("\n")):
        return position, True
    while position < len(data) and data[position] in b" \t\r":
        position += 1
    if position >= len(data):
        return position, True
    if data[position] == ord("\n"):
        chunk.reader.line += 1
        return position + 1, True
    return position, False


class Pipeline:
    """Drives the objects of one COPY through reading and converting into a feed."""

    def __init__(
        self,
        rows: Rows,
        fast: FastPath | None,
        options: Options,
        feed: Feed,
        chunk_size: int,
    ) -> None:
        self._chunk_size = chunk_size
        self._rows = rows
        self._fast = fast
        self._options = options
        self._feed = feed
        self._chunks: list[Chunk] = []
        self._size = 0

    def run(self, opened: Iterable[Opened], readers: Iterator[RecordReader]) -> None:
        """Read everything; ends early when too many records were bad."""
        try:
            for one in opened:
                self._read(one, next(readers))
            self._flush()
            if self._fast is not None:
                self._fast.settle()
        except TooManyErrors:
            self._chunks.clear()
        self._feed.put(self._rows.drain())

    def _read(self, opened: Opened, reader: RecordReader) -> None:
        outcome = self._rows.outcome
        outcome.files.append(FileOutcome(opened.source, opened.size))
        number = len(outcome.files) - 1
        if self._options.format == "parquet":
            return self._rows.parquet(number, opened, self._options)
        held: list[bytes] = []
        try:
            for block in self._text(opened, reader):
                held.append(block)
                if sum(map(len, held)) >= self._chunk_size:
                    held = self._cut(number, reader, held)
        except Corrupt as corrupt:
            self._flush()
            outcome.die(number, BadRecord(1216, str(corrupt), 0, b""), self._rows.columns)
        self._add(number, reader, b"".join(held), final=True)
        return None

    def _text(self, opened: Opened, reader: RecordReader) -> Iterator[bytes]:
        options = self._options
        reader.line += options.ignore_header
        blocks = plain_blocks(opened.blocks, options.compression, options.encoding)
        return _without_header(blocks, options.ignore_header)

    def _cut(self, file: int, reader: RecordReader, blocks: list[bytes]) -> list[bytes]:
        """Give whole lines on; the rest comes back."""
        last = blocks[-1]
        end = last.rfind(b"\n") + 1 or len(last)
        whole = b"".join((*blocks[:-1], memoryview(last)[:end]))
        rest = self._add(file, reader, whole, final=False)
        return [rest, last[end:]]

    def _add(self, file: int, reader: RecordReader, data: bytes, final: bool) -> bytes:
        """Give a chunk to the batch; the part of an unfinished record comes back."""
        chunk = Chunk(file, reader, data, final, rest=len(data))
        self._chunks.append(chunk)
        self._size += len(data)
        if not final or self._size >= self._chunk_size or len(self._chunks) >= _MANY:
            self._flush()
        return data[chunk.rest :]

    def _flush(self) -> None:
        chunks, self._chunks, self._size = self._chunks, [], 0
        if self._fast is None or not self._fast.take(chunks):
            for chunk in chunks:
                self._rows.exact(chunk, 0)
                if len(self._rows.lines) > 20_000:
                    self._feed.put(self._rows.drain())
        self._feed.put(self._rows.drain())


def _without_header(blocks: Iterator[bytes], lines: int) -> Iterator[bytes]:
    """The blocks without the first lines."""
    for block in blocks:
        start = 0
        while lines and (end := block.find(b"\n", start)) >= 0:
            start, lines = end + 1, lines - 1
        if not lines:
            yield block[start:]
