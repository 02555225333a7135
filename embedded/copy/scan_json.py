"""Compiled by Numba: lines of JSON into the rows of PostgreSQL's COPY, in one walk over the bytes.

Takes what there is only one way to read; every other line is left out, and the caller reads it exactly.
Every line ends with a line break, so that no look-ahead leaves the buffer. What goes from function to
function is arrays over bare pointers: of others Numba would count the references at each call.
"""

from __future__ import annotations

from typing import Any

from numba import carray, cfunc, types  # type: ignore[attr-defined]

from embedded.copy.scan_compiled import Bytes, Integers, compiled
from embedded.copy.scan_keys import (
    MEMBERS,
    NAME_END,
    find_column,
    key_end,
    skip_blanks,
    value_start,
)
from embedded.copy.scan_marks import (
    BACKSLASH,
    BLANK,
    CAPITAL_N,
    CLOSE,
    COMMA,
    LETTER_F,
    LETTER_N,
    LETTER_T,
    LINE_FEED,
    OPEN,
    QUOTE,
    RETURN,
    TAB,
)
from embedded.copy.scan_numbers import fits, number
from embedded.copy.scan_strings import blanks_end, string_end, write_escaped

TEXT, WHOLE, FLOAT = 0, 1, 2  # kinds of columns
KIND, MOST, NEEDED = 2, 3, 4  # what `wanted` tells of a column besides its name
EMPTY_AS_NULL, BLANKS_AS_NULL = 2, 4  # options, added up with IGNORE_CASE
WANTED, CELLS = 5, 3  # numbers of each column
_START, _END, _FORM = 0, 1, 2  # what `cells` tells of a column
_ABSENT, _NULL, _AS_IS, _ESCAPED = 0, 1, 2, 3  # forms


@compiled
def _scan(
    text: Bytes, names: Bytes, wanted: Integers, options: int, cells: Integers, before: Integers,
    rows: Bytes, starts: Integers, ends: Integers,
) -> int:  # fmt: skip
    at = written = count = 0
    while at < len(text):
        starts[count] = at
        end = _line(text, at, names, wanted, options, cells, before)
        if end >= 0:
            written = _write(text, cells, rows, written)
        ends[count] = written
        count += 1
        at = end if end >= 0 else _next_line(text, at)
    return written


@compiled
def _next_line(text: Bytes, at: int) -> int:
    while text[at] != LINE_FEED:
        at += 1
    return at + 1


@compiled
def _line(
    text: Bytes, at: int, names: Bytes, wanted: Integers, options: int, cells: Integers, before: Integers
) -> int:  # fmt: skip
    """Find the cells of a line that is one object; the start of the next line, or -1."""
    for column in range(len(cells)):
        cells[column, _FORM] = _ABSENT
    at = skip_blanks(text, at)
    if text[at] != OPEN:
        return -1
    at = skip_blanks(text, at + 1)
    if text[at] != CLOSE:
        at = _members(text, at, names, wanted, options, cells, before)
    if at < 0 or _lacks(wanted, cells):
        return -1
    at += 1
    while text[at] == BLANK or text[at] == TAB or text[at] == RETURN:
        at += 1
    return at + 1 if text[at] == LINE_FEED else -1


@compiled
def _lacks(wanted: Integers, cells: Integers) -> bool:
    for column in range(len(cells)):  # noqa: SIM110 - Numba knows no generators
        if wanted[column, NEEDED] and cells[column, _FORM] <= _NULL:
            return True
    return False


@compiled
def _members(
    text: Bytes, at: int, names: Bytes, wanted: Integers, options: int, cells: Integers, before: Integers
) -> int:  # fmt: skip
    """Take the members of an object; where its brace is, or -1."""
    member = 0
    while True:
        key = at + 1
        end = key_end(text, at)
        if end < 0:
            return -1
        column = find_column(text, key, end, member, names, wanted, options, before)
        if column >= 0 and cells[column, _FORM] != _ABSENT:
            return -1
        at = value_start(text, end + 1)
        if at >= 0:
            at = _value(text, at, column, wanted, options, cells)
        if at < 0:
            return -1
        at = skip_blanks(text, at)
        if text[at] != COMMA:
            return at if text[at] == CLOSE else -1
        at = skip_blanks(text, at + 1)
        member += 1


@compiled
def _value(
    text: Bytes, at: int, column: int, wanted: Integers, options: int, cells: Integers
) -> int:
    """Take a value; where it ends, or -1."""
    first = text[at]
    if first == QUOTE:
        return _string(text, at + 1, column, wanted, options, cells)
    if first == LETTER_N:
        if column >= 0:
            cells[column, _FORM] = _NULL
        return _word(text, at, b"null")
    if first in (LETTER_T, LETTER_F):
        end = _word(text, at, b"true") if first == LETTER_T else _word(text, at, b"false")
        if column >= 0 and wanted[column, KIND] != TEXT:
            return -1
        return _keep(at, end, end, column, wanted, cells)
    return _number(text, at, column, wanted, cells)


@compiled
def _word(text: Bytes, at: int, word: bytes) -> int:
    for i in range(len(word)):
        if text[at + i] != word[i]:
            return -1
    return at + len(word)


@compiled
def _number(text: Bytes, at: int, column: int, wanted: Integers, cells: Integers) -> int:
    end, whole = number(text, at)
    if column < 0 or end < 0:
        return end
    kind = wanted[column, KIND]
    if kind == WHOLE:
        takes = whole >= 0 and fits(text, at, whole, wanted[column, MOST])
        return _keep(at, whole, end, column, wanted, cells) if takes else -1
    if kind == TEXT and whole != end:
        return -1
    return _keep(at, end, end, column, wanted, cells)


@compiled
def _keep(at: int, end: int, after: int, column: int, wanted: Integers, cells: Integers) -> int:
    """Keep a value that is written as it is; where what follows it begins, or -1."""
    if column < 0 or after < 0:
        return after
    if wanted[column, KIND] == TEXT and end - at > wanted[column, MOST]:
        return -1
    cells[column, _START] = at
    cells[column, _END] = end
    cells[column, _FORM] = _AS_IS
    return after


@compiled
def _string(
    text: Bytes, start: int, column: int, wanted: Integers, options: int, cells: Integers
) -> int:
    end, saved = string_end(text, start)
    if end < 0 or column < 0:
        return end + 1 if end >= 0 else -1
    if wanted[column, KIND] != TEXT or end - start - saved > wanted[column, MOST]:
        return -1
    cells[column, _START] = start
    cells[column, _END] = end
    cells[column, _FORM] = _ESCAPED if saved else _AS_IS
    option = EMPTY_AS_NULL if start == end else BLANKS_AS_NULL
    if options & option and blanks_end(text, start) == end:
        cells[column, _FORM] = _NULL
    return end + 1


@compiled
def _write(text: Bytes, cells: Integers, rows: Bytes, at: int) -> int:
    """Write a row; where it ends."""
    for column in range(len(cells)):
        start, end, form = cells[column, _START], cells[column, _END], cells[column, _FORM]
        if form <= _NULL:
            rows[at] = BACKSLASH
            rows[at + 1] = CAPITAL_N
            at += 2
        elif form == _AS_IS:
            for i in range(start, end):
                rows[at] = text[i]
                at += 1
        else:
            at = write_escaped(text, start, end, rows, at)
        rows[at] = TAB
        at += 1
    rows[at - 1] = LINE_FEED
    return at


# A C function is compiled where it is declared, so it comes last.
_BYTES = types.CPointer(types.uint8)  # type: ignore[no-untyped-call]
_INTEGERS = types.CPointer(types.int64)  # type: ignore[no-untyped-call]
_SCAN = types.int64(
    *(_BYTES, types.int64, types.int64),
    *(_BYTES, _INTEGERS, types.int64, types.int64),
    *(_INTEGERS, _INTEGERS),
    *(_BYTES, _INTEGERS, _INTEGERS),
)


@cfunc(_SCAN, cache=True)
def scan(
    text: Any, size: int, lines: int,
    names: Any, wanted: Any, columns: int, options: int,
    cells: Any, before: Any,
    rows: Any, starts: Any, ends: Any,
) -> int:  # fmt: skip
    """Read all lines of a text; how many bytes their rows have. Works on pointers.

    `wanted` has a row per column: where its name is in `names`, its kind, the most that it takes
    (bytes of a text, the largest of whole numbers), whether it must not be NULL. `cells` and `before`
    are for its own use. `rows` has room for the text and three bytes more a value. Where each line
    begins goes to `starts`, where its row ends to `ends`: a line without a row ends where the one
    before does.
    """
    wanted_of = carray(wanted, (columns, WANTED))
    return _scan(
        carray(text, size),
        carray(names, wanted_of[columns - 1, NAME_END]),
        wanted_of,
        options,
        carray(cells, (columns, CELLS)),
        carray(before, MEMBERS),
        carray(rows, size + 3 * lines * columns),
        carray(starts, lines),
        carray(ends, lines),
    )
