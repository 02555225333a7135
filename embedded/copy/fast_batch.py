"""The lines of some chunks of files together, and which chunk each is of."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import polars as pl
from polars.exceptions import PolarsError

from embedded.copy.pipeline import Chunk


@dataclass
class Place:
    """A chunk in its batch: number and byte of its first line there, and how many it has."""

    chunk: Chunk
    first: int
    start: int
    lines: int
    line: int


class Batch:
    """The lines of some chunks; there are no places when the chunks are not of whole lines."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self.whole = all(chunk.final or chunk.data.endswith(b"\n") for chunk in chunks)
        chunks = [chunk for chunk in chunks if chunk.data]
        texts = [c.data if c.data.endswith(b"\n") else c.data + b"\n" for c in chunks]
        self.text = b"".join(texts)
        self.places = self._place_all(chunks, texts) if self.whole else []
        self._firsts = [place.first for place in self.places]

    def _place_all(self, chunks: Sequence[Chunk], texts: Sequence[bytes]) -> list[Place]:
        places: list[Place] = []
        first = start = 0
        for chunk, text in zip(chunks, texts, strict=True):
            count = text.count(b"\n")
            places.append(Place(chunk, first, start, count, chunk.reader.line))
            first, start = first + count, start + len(text)
        return places

    @cached_property
    def lines(self) -> pl.Series | None:
        """The lines; None when they cannot be taken apart here."""
        return _lines(self.text) if self.places else None

    def pass_over(self) -> None:
        """Let the readers go on behind the batch."""
        for place in self.places:
            place.chunk.reader.line = place.line + place.lines

    @contextmanager
    def readers_kept(self) -> Iterator[None]:
        """The readers may be used for the batch again, and stand where they stood afterwards."""
        lines = [place.chunk.reader.line for place in self.places]
        yield
        for place, line in zip(self.places, lines, strict=True):
            place.chunk.reader.line = line

    def place(self, line: int) -> Place:
        """The chunk that a line is of."""
        return self.places[bisect_right(self._firsts, line) - 1]

    def text_of(self, plain: pl.Series) -> bytes:
        """The text of some of the lines."""
        if self.lines is None or plain.all():
            return self.text
        joined: bytes = self.lines.filter(plain).str.join("\n").cast(pl.Binary).item()
        return joined

    def offsets(self) -> list[int]:
        """Where each line begins in the text."""
        assert self.lines is not None
        ends = (self.lines.str.len_bytes().cast(pl.Int64) + 1).cum_sum()
        return [0, *ends.to_list()]


def _lines(text: bytes) -> pl.Series | None:
    """The lines of a text that ends with one; None where it is not UTF-8 throughout."""
    try:
        whole = pl.Series([text], dtype=pl.Binary).cast(pl.String)
    except PolarsError:
        return None
    return whole.str.split("\n").explode().head(-1)
