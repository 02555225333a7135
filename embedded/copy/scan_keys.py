"""Compiled by Numba: the keys of JSON objects, and the columns that they name."""

from __future__ import annotations

from embedded.copy.scan_compiled import Bytes, Integers, compiled
from embedded.copy.scan_marks import BLANK, CAPITAL_A, CAPITAL_Z, COLON, QUOTE, TAB
from embedded.copy.scan_strings import CLASSES, PLAIN

NAME, NAME_END = 0, 1  # where `wanted` says that the name of a column is
IGNORE_CASE = 1  # an option
MEMBERS = 64  # of a line whose columns are remembered for the next one


@compiled
def key_end(text: Bytes, at: int) -> int:
    """Where the quote after a key is, or -1."""
    if text[at] != QUOTE:
        return -1
    at += 1
    while CLASSES[text[at]] == PLAIN:
        at += 1
    return at if text[at] == QUOTE else -1


@compiled
def value_start(text: Bytes, at: int) -> int:
    """Where the value after a colon begins, or -1."""
    at = skip_blanks(text, at)
    return skip_blanks(text, at + 1) if text[at] == COLON else -1


@compiled
def find_column(
    text: Bytes,
    key: int,
    end: int,
    member: int,
    names: Bytes,
    wanted: Integers,
    options: int,
    before: Integers,
) -> int:
    """The column of a key, or -1: most lines have their members in the same order."""
    guess = before[member] if member < MEMBERS else -1
    if guess >= 0 and _is_named(text, key, end, guess, names, wanted, options):
        return guess
    found = -1
    for column in range(len(wanted)):
        if _is_named(text, key, end, column, names, wanted, options):
            found = column
            break
    if member < MEMBERS:
        before[member] = found
    return found


@compiled
def _is_named(
    text: Bytes, key: int, end: int, column: int, names: Bytes, wanted: Integers, options: int
) -> bool:
    name = wanted[column, NAME]
    if wanted[column, NAME_END] - name != end - key:
        return False
    for i in range(end - key):
        byte = text[key + i]
        if options & IGNORE_CASE and CAPITAL_A <= byte <= CAPITAL_Z:
            byte |= 32
        if byte != names[name + i]:
            return False
    return True


@compiled
def skip_blanks(text: Bytes, at: int) -> int:
    while text[at] == BLANK or text[at] == TAB:
        at += 1
    return at
