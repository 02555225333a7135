"""Compiled by Numba: the strings of JSON, and how PostgreSQL's COPY is given them."""

from __future__ import annotations

import numpy as np

from embedded.copy.scan_compiled import Bytes, compiled
from embedded.copy.scan_marks import (
    BACKSLASH,
    BLANK,
    LETTER_A,
    LETTER_F,
    LETTER_U,
    NINE,
    ZERO,
)

PLAIN, _QUOTE, _BACKSLASH, _HIGH, _NEVER = 0, 1, 2, 3, 4  # bytes of a string

CLASSES = np.zeros(256, np.uint8)
CLASSES[:32] = _NEVER
CLASSES[128:] = _HIGH
CLASSES[ord('"')] = _QUOTE
CLASSES[ord("\\")] = _BACKSLASH
_MEANT = np.zeros(256, np.uint8)  # what a letter behind a backslash stands for
_MEANT[np.frombuffer(b'"\\/bfnrt', np.uint8)] = np.frombuffer(b'"\\/\b\f\n\r\t', np.uint8)
_LETTERS = np.zeros(256, np.uint8)  # and the letter that COPY wants for it
_LETTERS[np.frombuffer(b"\\\n\r\t", np.uint8)] = np.frombuffer(b"\\nrt", np.uint8)


@compiled
def string_end(text: Bytes, at: int) -> tuple[int, int]:
    """Where the quote after a string is, or -1, and how many bytes its escapes save."""
    saved = 0
    while True:
        kind = CLASSES[text[at]]
        if kind == PLAIN:
            at += 1
            continue
        if kind == _QUOTE:
            return at, saved
        size, written = 0, 0
        if kind == _HIGH:
            size = written = _character(text, at)
        elif kind == _BACKSLASH:
            size, code = _escape(text, at)
            written = _width(code)
        if size == 0:
            return -1, 0
        at += size
        saved += size - written


@compiled
def _character(text: Bytes, at: int) -> int:
    """How many bytes the character of UTF-8 has that begins here, or 0 (RFC 3629, section 4)."""
    lead, second = text[at], text[at + 1]
    low, high = 0x80, 0xBF
    if lead == 0xE0 or lead == 0xF0:
        low = 0xA0 if lead == 0xE0 else 0x90
    elif lead == 0xED or lead == 0xF4:
        high = 0x9F if lead == 0xED else 0x8F
    if lead < 0xC2 or lead > 0xF4 or second < low or second > high:
        return 0
    size = 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
    for i in range(2, size):
        if text[at + i] < 0x80 or text[at + i] > 0xBF:
            return 0
    return size


@compiled
def _escape(text: Bytes, at: int) -> tuple[int, int]:
    """How many bytes an escape has, or 0, and the character that it stands for."""
    letter = text[at + 1]
    if letter != LETTER_U:
        return (2, int(_MEANT[letter])) if _MEANT[letter] else (0, 0)
    code = _hex(text, at + 2)
    if 0xD800 <= code <= 0xDBFF and text[at + 6] == BACKSLASH and text[at + 7] == LETTER_U:
        low = _hex(text, at + 8)
        is_pair = 0xDC00 <= low <= 0xDFFF
        return (12, 0x10000 + ((code - 0xD800) << 10) + low - 0xDC00) if is_pair else (0, 0)
    return (6, code) if 0 < code < 0xD800 or code > 0xDFFF else (0, 0)


@compiled
def _hex(text: Bytes, at: int) -> int:
    """What four hexadecimal digits stand for, or -1."""
    code = 0
    for i in range(at, at + 4):
        byte = text[i]
        if ZERO <= byte <= NINE:
            code = code * 16 + byte - ZERO
        elif LETTER_A <= byte | 32 <= LETTER_F:
            code = code * 16 + (byte | 32) - LETTER_A + 10
        else:
            return -1
    return code


@compiled
def _width(code: int) -> int:
    return 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4


@compiled
def blanks_end(text: Bytes, at: int) -> int:
    """Where something else than white space comes in a string."""
    while True:
        if text[at] == BLANK:
            at += 1
        elif text[at] == BACKSLASH:
            size, code = _escape(text, at)
            if code != BLANK and not 9 <= code <= 13:
                return at
            at += size
        else:
            return at


@compiled
def write_escaped(text: Bytes, start: int, end: int, rows: Bytes, at: int) -> int:
    """Write a string with escapes; where it ends."""
    while start < end:
        if text[start] == BACKSLASH:
            size, code = _escape(text, start)
            start += size
            at = _write_character(code, rows, at)
        else:
            rows[at] = text[start]
            start += 1
            at += 1
    return at


@compiled
def _write_character(code: int, rows: Bytes, at: int) -> int:
    if code < 0x80:
        if _LETTERS[code]:
            rows[at] = BACKSLASH
            at += 1
            code = _LETTERS[code]
        rows[at] = code
        return at + 1
    width = _width(code)
    lead = 0xC0 if width == 2 else 0xE0 if width == 3 else 0xF0
    for i in range(width - 1, 0, -1):
        rows[at + i] = 0x80 | code & 0x3F
        code >>= 6
    rows[at] = lead | code
    return at + width
