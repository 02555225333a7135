"""The compiled scanner for the columns of one COPY."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from embedded.columns import Column
from embedded.copy import scan_json, scan_keys
from embedded.copy.options import Options
from embedded.copy.text_values import MAX_VARCHAR

_KINDS = {"varchar": scan_json.TEXT, "double precision": scan_json.FLOAT}
_BITS = {"smallint": 15, "integer": 31, "bigint": 63}
_POINTERS = {np.dtype(np.uint8): ctypes.c_uint8, np.dtype(np.int64): ctypes.c_int64}


@dataclass(frozen=True)
class Scanned:
    """The rows of a text one after the other; where each line begins, and where its row ends."""

    rows: npt.NDArray[np.uint8]
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]


class Scanner:
    """Scans the texts of one COPY; `keys` are the JSON keys of the columns."""

    def __init__(
        self, columns: Sequence[Column], keys: Sequence[str], ignore_case: bool, options: Options
    ) -> None:
        ends = accumulate((len(key.encode()) for key in keys), initial=0)
        wanted = [
            (*name, _KINDS.get(column.type, scan_json.WHOLE), _most(column), column.not_null)
            for column, name in zip(columns, pairwise(ends), strict=True)
        ]
        flags = (
            (ignore_case, scan_keys.IGNORE_CASE),
            (options.empty_as_null, scan_json.EMPTY_AS_NULL),
            (options.blanks_as_null, scan_json.BLANKS_AS_NULL),
        )
        self._names = np.frombuffer("".join(keys).encode(), np.uint8)
        self._wanted = np.array(wanted, np.int64)
        self._options = sum(flag for is_set, flag in flags if is_set)
        self._cells = np.zeros((len(columns), scan_json.CELLS), np.int64)
        self._before = np.full(scan_keys.MEMBERS, -1, np.int64)
        self._room = np.empty(0, np.uint8)

    def scan(self, text: bytes, lines: int) -> Scanned:
        """The rows of a text of so many lines, each ended; they are good until the next scan."""
        size, columns = len(text), len(self._wanted)
        if len(self._room) < size + 3 * lines * columns:
            self._room = np.empty(size + 3 * lines * columns, np.uint8)
        starts, ends = np.empty(lines, np.int64), np.empty(lines, np.int64)
        written = scan_json.scan.ctypes(
            *(_pointer(np.frombuffer(text, np.uint8)), size, lines),
            *(_pointer(self._names), _pointer(self._wanted), columns, self._options),
            *(_pointer(self._cells), _pointer(self._before)),
            *(_pointer(self._room), _pointer(starts), _pointer(ends)),
        )
        return Scanned(self._room[:written], starts, ends)


def _pointer(array: npt.NDArray[Any]) -> Any:
    return array.ctypes.data_as(ctypes.POINTER(_POINTERS[array.dtype]))


def _most(column: Column) -> int:
    if column.type == "varchar":
        return column.length or MAX_VARCHAR
    return (1 << _BITS.get(column.type, 0)) - 1
