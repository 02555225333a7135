"""Read exactly those lines of a batch that no fast path takes."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from embedded.copy.fast_batch import Batch, Place
from embedded.copy.pipeline import Rows


class ExactLines:
    """Reads the others of a batch's lines, and counts the ones that were taken."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def others(self, batch: Batch, plain: list[bool], offsets: Sequence[int]) -> list[bool]:
        """Read the lines that are not plain; tell which plain ones are records of their own.

        A record may go on over lines that look plain.
        """
        kept = list(plain)
        done = 0
        for number, is_plain in enumerate(plain):
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

    def doubtful(self, batch: Batch, numbers: list[int]) -> None:
        """Read some lines whose values are not plain after all."""
        offsets = batch.offsets() if numbers else []
        for number in numbers:
            place = batch.place(number)
            line = place.chunk.reader.line
            self._read_line(place, number, offsets[number])
            place.chunk.reader.line = line

    def count(self, batch: Batch, numbers: pl.Series) -> None:
        """Count the records that were taken for the files that they are of."""
        files = self._rows.outcome.files
        if len(batch.places) == 1:
            files[batch.places[0].chunk.file].records += len(numbers)
            return
        ends = [place.first + place.lines for place in batch.places]
        before = numbers.search_sorted(pl.Series([0, *ends], dtype=numbers.dtype)).to_list()
        for place, low, high in zip(batch.places, before, before[1:], strict=False):
            files[place.chunk.file].records += high - low
