"""Take the plain lines of a batch of chunks at once, and every other line exactly."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import polars as pl
from polars.exceptions import PolarsError

from embedded.columns import Column
from embedded.copy import pipeline
from embedded.copy.fast_batch import Batch
from embedded.copy.fast_columns import fast_column
from embedded.copy.fast_exact import ExactLines
from embedded.copy.fast_json import JsonShape
from embedded.copy.fast_shapes import Shape
from embedded.copy.fast_text import TextShape
from embedded.copy.fast_write import copy_text
from embedded.copy.json_records import MAX_OBJECT, Extractor, Members
from embedded.copy.jsonpaths import Paths
from embedded.copy.options import Options
from embedded.copy.pipeline import Chunk, Rows
from embedded.copy.scan_path import LONG, Wanted, with_scanner

_BESIDE = 2  # batches that are converted at once
_STUDIED = 50  # lines from which the shape may learn, per batch


@dataclass(frozen=True)
class _Converted:
    """The values of plain lines, which are doubtful, and the rows as text when none is."""

    values: pl.DataFrame
    doubtful: pl.Series
    text: bytes | None


class FastPath:
    """The fast path of one COPY."""

    def __init__(self, rows: Rows, shape: Shape) -> None:
        self._rows = rows
        self._exact = ExactLines(rows)
        self._shape = shape
        self._beside = ThreadPoolExecutor(_BESIDE, thread_name_prefix="copy-fast")
        self._pending: deque[tuple[Batch, pl.Series, Future[_Converted | None]]] = deque()

    def take(self, chunks: Sequence[Chunk]) -> bool:
        """Whether the chunks were taken; otherwise nothing of them was.

        A batch that is plain throughout is converted while the next ones are looked at.
        """
        batch = Batch(chunks)
        try:
            plain = None if batch.lines is None else self._plain(batch.lines)
        except PolarsError:
            plain = None
        if plain is not None and plain.all():
            self.settle(_BESIDE - 1)
            self._pending.append((batch, plain, self._beside.submit(self._work(batch, plain))))
            batch.pass_over()
            return True
        self.settle()
        if plain is None or plain.sum() * 2 < len(plain):
            return False
        converted = self._work(batch, plain)()
        if converted is not None:
            self._finish(batch, plain, converted)
        return converted is not None

    def settle(self, pending: int = 0) -> None:
        """Finish the batches that are still being converted, but for some."""
        while len(self._pending) > pending:
            batch, plain, coming = self._pending.popleft()
            converted = coming.result()
            with batch.readers_kept():
                if converted is not None:
                    self._finish(batch, plain, converted)
                else:
                    self._read_whole(batch)

    def _read_whole(self, batch: Batch) -> None:
        """Read exactly what only looked plain."""
        for place in batch.places:
            place.chunk.reader.line = place.line
            self._rows.exact(place.chunk, 0)

    def _work(self, batch: Batch, plain: pl.Series) -> Callable[[], _Converted | None]:
        """What converts the plain lines, as the shape is now; None where polars disagrees."""
        read, has_escapes = self._shape.reader(), self._shape.has_escapes

        def convert() -> _Converted | None:
            try:
                values, doubtful = read(batch.text_of(plain))
            except PolarsError:
                return None
            if values.height != plain.sum():
                return None
            is_sure = plain.all() and not doubtful.any()
            return _Converted(values, doubtful, copy_text(values, has_escapes) if is_sure else None)

        return convert

    def _plain(self, lines: pl.Series) -> pl.Series:
        plain = self._matching(lines)
        if not plain.all():
            others = lines.filter(~plain).head(_STUDIED)
            learned = [self._shape.learn(line.encode()) for line in others]
            if any(learned):
                plain = self._matching(lines)
        return plain

    def _matching(self, lines: pl.Series) -> pl.Series:
        plain = lines.str.contains(self._shape.pattern) & (lines.str.len_bytes() <= MAX_OBJECT)
        trap = self._shape.is_trap(lines)
        return plain if trap is None else plain & ~trap

    def _finish(self, batch: Batch, plain: pl.Series, converted: _Converted) -> None:
        """Read exactly what is not plain, then what is doubtful, and write the rest."""
        numbers, text = plain.arg_true(), converted.text
        if text is None:
            kept = self._exact.others(batch, plain.to_list(), batch.offsets())
            sure = pl.Series(kept).gather(numbers)
            self._exact.doubtful(batch, numbers.filter(converted.doubtful & sure).to_list())
            sure = sure & ~converted.doubtful
            text = copy_text(converted.values.filter(sure), self._shape.has_escapes)
            numbers = numbers.filter(sure)
        self._exact.count(batch, numbers)
        self._rows.add(text, len(numbers))


def fast_path(
    rows: Rows,
    columns: Sequence[Column],
    options: Options,
    extract: Extractor | None,
    long: int = LONG,
) -> pipeline.FastPath | None:
    """The fast path where there is one for this format and table; `long` in bytes, see scan_path."""
    fast = [fast_column(column, options) for column in columns]
    if keyed := _keys(extract):
        wanted = Wanted(columns, *keyed, options)
        return with_scanner(rows, wanted, FastPath(rows, JsonShape(fast, *keyed)), long)
    if options.format == "csv" or (options.format == "text" and not _has_escapes(options)):
        shape = TextShape(fast, options)
        return FastPath(rows, shape) if shape.usable else None
    return None


def _keys(extract: Extractor | None) -> tuple[Sequence[str], bool] | None:
    """The keys of the columns, and whether their case is ignored; None where there are none."""
    if isinstance(extract, Members):
        return extract.names, extract.ignore_case
    keys = extract.keys() if isinstance(extract, Paths) else None
    return (keys, False) if keys else None


def _has_escapes(options: Options) -> bool:
    return options.escape or options.remove_quotes
