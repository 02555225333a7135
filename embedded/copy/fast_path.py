"""Take the plain lines of a batch of chunks at once, and every other line exactly."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import polars as pl
from polars.exceptions import PolarsError

from embedded.columns import Column
from embedded.copy.fast_batch import Batch, Place
from embedded.copy.fast_columns import fast_column
from embedded.copy.fast_json import JsonShape
from embedded.copy.fast_shapes import Shape
from embedded.copy.fast_text import TextShape
from embedded.copy.fast_write import copy_text
from embedded.copy.json_records import MAX_OBJECT, Extractor, Members
from embedded.copy.jsonpaths import Paths
from embedded.copy.options import Options
from embedded.copy.pipeline import Chunk, Rows

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
            kept = pl.Series(self._read_others(batch, plain)).gather(numbers)
            self._read_doubtful(batch, numbers.filter(converted.doubtful & kept).to_list())
            sure = kept & ~converted.doubtful
            text = copy_text(converted.values.filter(sure), self._shape.has_escapes)
            numbers = numbers.filter(sure)
        self._count(batch, numbers)
        self._rows.add(text, len(numbers))

    def _read_others(self, batch: Batch, plain: pl.Series) -> list[bool]:
        """Read the lines that are not plain; tell which plain ones are records of their own.

        A record may go on over lines that look plain.
        """
        kept: list[bool] = plain.to_list()
        offsets = batch.offsets()
        done = 0
        for number, is_plain in enumerate(plain.to_list()):
            if is_plain or number < done:
                continue
            done = self._read_line(batch.place(number), number, offsets[number])
            kept[number:done] = [False] * (done - number)
        for place in batch.places:
            if place.chunk.rest >= len(place.chunk.data):
                place.chunk.reader.line = place.line + place.lines
        return kept

    def _read_line(self, place: Place, number: int, offset: int) -> int:
        """Read the record that begins with a line; return the line after it."""
        chunk = place.chunk
        chunk.reader.line = place.line + number - place.first
        self._rows.exact(chunk, offset - place.start, until_line_start=True)
        if chunk.rest < len(chunk.data):
            return place.first + place.lines
        return max(number + 1, place.first + chunk.reader.line - place.line)

    def _read_doubtful(self, batch: Batch, numbers: list[int]) -> None:
        offsets = batch.offsets() if numbers else []
        for number in numbers:
            place = batch.place(number)
            line = place.chunk.reader.line
            self._read_line(place, number, offsets[number])
            place.chunk.reader.line = line

    def _count(self, batch: Batch, numbers: pl.Series) -> None:
        """Count the records that were taken for the files that they are of."""
        files = self._rows.outcome.files
        if len(batch.places) == 1:
            files[batch.places[0].chunk.file].records += len(numbers)
            return
        ends = [place.first + place.lines for place in batch.places]
        before = numbers.search_sorted(pl.Series([0, *ends], dtype=numbers.dtype)).to_list()
        for place, low, high in zip(batch.places, before, before[1:], strict=False):
            files[place.chunk.file].records += high - low


def fast_path(
    rows: Rows, columns: Sequence[Column], options: Options, extract: Extractor | None
) -> FastPath | None:
    """The fast path where there is one for this format and table."""
    fast = [fast_column(column, options) for column in columns]
    if isinstance(extract, Members):
        return FastPath(rows, JsonShape(fast, extract.names, extract.ignore_case))
    if isinstance(extract, Paths) and (keys := extract.keys()):
        return FastPath(rows, JsonShape(fast, keys, ignore_case=False))
    if options.format == "csv" or (options.format == "text" and not _has_escapes(options)):
        shape = TextShape(fast, options)
        return FastPath(rows, shape) if shape.usable else None
    return None


def _has_escapes(options: Options) -> bool:
    return options.escape or options.remove_quotes
