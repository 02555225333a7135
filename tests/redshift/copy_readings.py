"""Read data with COPY's own parts and no server: the exact path, and the fast path beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from embedded.columns import Column
from embedded.copy.fast_path import fast_path
from embedded.copy.feed import Feed
from embedded.copy.json_records import Extractor, JsonReader, Members
from embedded.copy.objects import Opened
from embedded.copy.options import Options
from embedded.copy.outcome import Outcome
from embedded.copy.pipeline import Pipeline, RecordReader, Rows
from embedded.copy.selection import Source
from embedded.copy.text_records import TextReader

Reading = tuple[list[tuple[object, ...]], list[tuple[object, ...]], list[int]]
"""The rows as PostgreSQL is given them, the rejections, and the records of each file."""


def column(name: str, kind: str, **given: object) -> Column:
    """A column with the sizes that matter to a test."""
    values = {"length": None, "precision": None, "scale": None, "not_null": False} | given
    return Column(
        name,
        kind,
        default=None,
        identity=None,
        generated_by_default=False,
        **values,  # type: ignore[arg-type]
    )


def read(
    files: Sequence[bytes],
    columns: list[Column],
    options: Options,
    fast: bool,
    chunk_size: int = 1 << 23,
    long: int = 1 << 30,
) -> Reading:
    """What becomes of some files, each cut into chunks at line ends when a size is given.

    The fast path goes on with the scanner after `long` bytes.
    """
    outcome = Outcome(tolerated=None)
    rows = Rows(columns, options, outcome)
    extract = None
    if options.format == "json":
        names = [one.name for one in columns]
        extract = Members(names, options.json_paths == "auto ignorecase")
    path = fast_path(rows, columns, options, extract, long) if fast else None
    feed = _Kept()
    pipeline = Pipeline(rows, path, options, feed, chunk_size)
    opened = [
        Opened(_source(n), len(data), _blocks(data, chunk_size)) for n, data in enumerate(files)
    ]
    pipeline.run(opened, (_reader(columns, options, extract) for _ in opened))
    return _reading(outcome, _cells(feed.text, columns))


class _Kept(Feed):
    def __init__(self) -> None:
        self.text = b""

    def put(self, piece: bytes) -> None:
        self.text += piece


def _blocks(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def _source(number: int) -> Source:
    return Source(f"s3://b/{number}", "b", str(number))


def _reader(columns: list[Column], options: Options, extract: Extractor | None) -> RecordReader:
    if extract is not None:
        return JsonReader(extract)
    return TextReader(options, [one.type in ("varchar", "char") for one in columns])


def _reading(outcome: Outcome, rows: list[tuple[object, ...]]) -> Reading:
    rejected = [
        (r.file, r.line, r.column, r.position, r.raw_line, r.raw_value, r.code, r.reason)
        for r in outcome.rejections
    ]
    assert outcome.rows == len(rows)
    return (
        sorted(rows, key=repr),
        sorted(rejected, key=repr),
        [one.records for one in outcome.files],
    )


_UNESCAPED = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}


def _cells(text: bytes, columns: Sequence[Column]) -> list[tuple[object, ...]]:
    lines = text.decode().split("\n")[:-1]
    return [
        tuple(_value(cell, one) for cell, one in zip(line.split("\t"), columns, strict=True))
        for line in lines
    ]


def _value(cell: str, of: Column) -> object:
    """The value that PostgreSQL would read, alike for all ways to write it."""
    if cell == "\\N":
        return None
    cell = re.sub(r"\\.", lambda match: _UNESCAPED[match[0]], cell)
    if of.type in ("real", "double precision"):
        return repr(float(cell))
    if of.type == "numeric":
        return _digits(cell)
    if of.type == "boolean":
        return {"0": "f", "1": "t"}.get(cell, cell[0])
    if of.type in ("timestamp", "timestamptz"):
        return datetime.fromisoformat(cell).replace(tzinfo=None)
    return cell


def _digits(cell: str) -> str:
    shown = cell.rstrip("0").rstrip(".") if "." in cell else cell
    return shown.lstrip("-") if not shown.strip("-0.") else shown
