"""Compiled by Numba: the numbers of JSON that there is only one way to load."""

from __future__ import annotations

from embedded.copy.scan_compiled import Bytes, compiled
from embedded.copy.scan_marks import (
    CAPITAL_E,
    LETTER_E,
    MINUS,
    NINE,
    PLUS,
    POINT,
    ZERO,
)


@compiled
def number(text: Bytes, at: int) -> tuple[int, int]:
    """Where a number ends, or -1, and where its whole part does when it has no other, or -1.

    No more digits than PostgreSQL and a double read alike; -0 is a matter of the column's type.
    """
    first = at + 1 if text[at] == MINUS else at
    end = _digits(text, first)
    size = end - first
    starts_with_zero = text[first] == ZERO
    if size == 0 or size > 18 or (starts_with_zero and size > 1):
        return -1, -1
    if text[end] != POINT and text[end] != LETTER_E and text[end] != CAPITAL_E:
        return (-1, -1) if starts_with_zero and first > at else (end, end)
    fraction, is_whole = _fraction(text, end)
    after = _exponent(text, fraction) if fraction >= 0 else -1
    if after < 0 or size > 17:
        return -1, -1
    is_whole = is_whole and after == fraction and size <= 15 and not starts_with_zero
    return after, end if is_whole else -1


@compiled
def _digits(text: Bytes, at: int) -> int:
    while ZERO <= text[at] <= NINE:
        at += 1
    return at


@compiled
def _fraction(text: Bytes, at: int) -> tuple[int, bool]:
    """Where it ends, or -1, and whether there is nothing but zeros in it."""
    if text[at] != POINT:
        return at, False
    end = _digits(text, at + 1)
    if end - at < 2 or end - at > 18:
        return -1, False
    for i in range(at + 1, end):
        if text[i] != ZERO:
            return end, False
    return end, True


@compiled
def _exponent(text: Bytes, at: int) -> int:
    if text[at] != LETTER_E and text[at] != CAPITAL_E:
        return at
    at += 1
    if text[at] == PLUS or text[at] == MINUS:
        at += 1
    end = _digits(text, at)
    return end if 1 <= end - at <= 2 else -1


@compiled
def fits(text: Bytes, at: int, end: int, most: int) -> bool:
    """Whether the whole number of these digits is at most so much, or one further below zero."""
    is_negative = text[at] == MINUS
    value = 0
    for i in range(at + 1 if is_negative else at, end):
        value = value * 10 + text[i] - ZERO
    return value <= most or (is_negative and value == most + 1)
