"""Take the lines of a long COPY of JSON with the compiled scanner, and every other line exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from embedded.columns import Column
from embedded.copy import scan_cache
from embedded.copy.fast_batch import Batch
from embedded.copy.fast_exact import ExactLines
from embedded.copy.json_records import MAX_OBJECT
from embedded.copy.options import Options
from embedded.copy.pipeline import Chunk, FastPath, Rows

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from embedded.copy.scanner import Scanned, Scanner

    Flags = npt.NDArray[np.bool_]
    Bytes = npt.NDArray[np.uint8]

LONG = 64 * 2**20  # bytes of objects from which on the scanner earns what it costs to load Numba
_TYPES = ("varchar", "smallint", "integer", "bigint", "double precision")


@dataclass(frozen=True)
class Wanted:
    """The columns of a COPY and the keys of their values."""

    columns: Sequence[Column]
    keys: Sequence[str]
    ignore_case: bool
    options: Options

    @property
    def usable(self) -> bool:
        """Whether the scanner knows these columns and options."""
        known = all(column.type in _TYPES for column in self.columns)
        return known and not self.options.trim_blanks and len(set(self.keys)) == len(self.keys)

    def scanner(self) -> Scanner:
        """Their scanner; Numba is loaded with the first."""
        scan_cache.fill()
        from embedded.copy.scanner import Scanner

        return Scanner(self.columns, self.keys, self.ignore_case, self.options)


class ScanPath:
    """The fast path of one COPY of JSON: another one takes it while it is short."""

    def __init__(self, rows: Rows, wanted: Wanted, short: FastPath, long: int) -> None:
        self._rows = rows
        self._exact = ExactLines(rows)
        self._wanted = wanted
        self._short = short
        self._missing = long  # bytes of objects that are missing until the COPY is long
        self._files = 0
        self._scanner: Scanner | None = None

    def take(self, chunks: Sequence[Chunk]) -> bool:
        """See pipeline.FastPath; what is mostly odd to the scanner is left to the other path."""
        return (self._is_long() and self._scan(Batch(chunks))) or self._short.take(chunks)

    def settle(self, pending: int = 0) -> None:
        """See pipeline.FastPath."""
        self._short.settle(pending)

    def _is_long(self) -> bool:
        fresh = self._rows.outcome.files[self._files :]
        self._files += len(fresh)
        self._missing -= sum(file.size for file in fresh)
        return self._missing <= 0

    def _scan(self, batch: Batch) -> bool:
        import numpy as np

        count = sum(place.lines for place in batch.places)
        if count == 0:
            return False
        self._scanner = self._scanner or self._wanted.scanner()
        scanned = self._scanner.scan(batch.text, count)
        sizes = np.diff(scanned.starts, append=len(batch.text)) - 1
        plain = (np.diff(scanned.ends, prepend=0) > 0) & (sizes <= MAX_OBJECT)
        if plain.sum() * 2 < count:
            return False
        rows = scanned.rows
        if plain.all():
            batch.pass_over()
        else:
            plain, rows = self._read_others(batch, plain, scanned)
        numbers = pl.Series(np.flatnonzero(plain))
        self._exact.count(batch, numbers)
        self._rows.add(rows.tobytes(), len(numbers))
        return True

    def _read_others(self, batch: Batch, plain: Flags, scanned: Scanned) -> tuple[Flags, Bytes]:
        """Read exactly what is not plain; which lines are records of their own, and their rows."""
        import numpy as np

        kept = np.array(self._exact.others(batch, plain.tolist(), scanned.starts.tolist()))
        return kept, scanned.rows[np.repeat(kept, np.diff(scanned.ends, prepend=0))]


def with_scanner(rows: Rows, wanted: Wanted, fast: FastPath, long: int = LONG) -> FastPath:
    """A fast path that goes on with the scanner where the COPY is long, and of plain columns."""
    return ScanPath(rows, wanted, fast, long) if wanted.usable else fast
