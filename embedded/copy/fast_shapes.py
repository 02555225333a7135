"""The plain lines of a format: how to know them, and how to read many at once.

Polars reads faster than anything that could be asked where each value was, but it also takes what
Redshift refuses and rewrites numbers. So a line is given to it only after a regular expression has
shown that there is one way to read it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import polars as pl

from embedded.copy.fast_columns import FastColumn

Converted = tuple[pl.DataFrame, pl.Series]
"""The values to be written, and which rows are doubtful."""


class Shape(Protocol):
    """The plain lines of one format."""

    has_escapes: bool
    """Whether plain lines may hold a backslash, tab or line break within a value."""

    @property
    def pattern(self) -> str:
        """The regular expression, of Rust's kind, of a whole plain line."""

    def is_trap(self, lines: pl.Series) -> pl.Series | None:
        """Lines that look plain but are not; None when there can be none."""

    def learn(self, line: bytes) -> bool:
        """Widen the pattern so that lines like this are plain, if that is possible."""

    def reader(self) -> Callable[[bytes], Converted]:
        """What reads lines that are plain by now; it stays as it is when the shape learns."""


def selection(
    columns: Sequence[FastColumn], from_json: bool
) -> Callable[[pl.DataFrame], Converted]:
    """What makes values of raw columns that are named by their numbers."""
    made = [column.value(pl.col(str(i)), from_json) for i, column in enumerate(columns)]
    values = [value.alias(str(i)) for i, (value, _) in enumerate(made)]
    any_doubtful = pl.any_horizontal([doubtful for _, doubtful in made]).alias("?")

    def select(frame: pl.DataFrame) -> Converted:
        selected = frame.select(*values, any_doubtful)
        return selected.drop("?"), selected["?"]

    return select
