"""The plain lines of CSV and delimited files without escapes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import polars as pl

from embedded.copy.fast_columns import FastColumn
from embedded.copy.fast_shapes import Converted, selection
from embedded.copy.options import Options


class TextShape:
    """Lines of CSV or delimited text without escapes."""

    def __init__(self, columns: Sequence[FastColumn], options: Options) -> None:
        self.has_escapes = False
        self._columns = columns
        self._options = options
        self._is_csv = options.format == "csv"
        self._fields = [f"c{i}" for i in range(len(columns))]
        self._patterns = {escapes: self._make_pattern(escapes) for escapes in (False, True)}

    @property
    def pattern(self) -> str:
        """See Shape."""
        return self._patterns[self.has_escapes]

    def _make_pattern(self, escapes: bool) -> str:
        d, q = re.escape(self._options.delimiter), re.escape(self._options.quote)
        never = r"\r\x00" if escapes else r"\r\x00\\\t"
        bare = rf"[^{d}{q}{never}]*" if self._is_csv else rf"[^{d}{never}]*"
        quoted = rf"|{q}(?:[^{q}{never}]|{q}{q})*{q}" if self._is_csv else ""
        parts = []
        for column in self._columns:
            values = bare + quoted if column.in_quotes else column.text
            if not column.in_quotes and column.text and self._is_csv:
                values = f"{column.text}|{q}{column.text}{q}"
            parts.append(rf"(?:{values})")
        return rf"\A{d.join(parts)}\r?\z"

    @property
    def usable(self) -> bool:
        """Whether every column of the table has plain values."""
        return all(column.in_quotes or column.text for column in self._columns)

    def is_trap(self, lines: pl.Series) -> pl.Series | None:
        """A null string in quotes is a string; polars would not tell them apart."""
        if not self._is_csv:
            return None
        return lines.str.contains(self._options.quote, literal=True) & lines.str.contains(
            self._options.null_as, literal=True
        )

    def learn(self, line: bytes) -> bool:
        """See Shape."""
        fresh = not self.has_escapes and (b"\\" in line or b"\t" in line)
        self.has_escapes |= fresh
        return fresh

    def reader(self) -> Callable[[bytes], Converted]:
        """See Shape."""
        select = selection(self._columns, from_json=False)
        return lambda text: select(self._read(text))

    def _read(self, text: bytes) -> pl.DataFrame:
        frame = pl.read_csv(
            text.replace(b"\r\n", b"\n") if b"\r" in text else text,
            has_header=False,
            separator=self._options.delimiter,
            quote_char=self._options.quote if self._is_csv else None,
            schema=dict.fromkeys(self._fields, pl.String),
            empty_string_is_null=False,
            glob=False,
        )
        nulls = self._options.null_as
        return frame.select(
            pl.when(pl.col(field) == nulls).then(None).otherwise(pl.col(field)).alias(str(i))
            for i, field in enumerate(self._fields)
        )
