"""Read JSON exactly: where each value begins and ends, and the text it is written in.

Works on bytes and keeps no values, so that 4.60 stays 4.60, invalid UTF-8 is judged only where it
is loaded, and nesting costs no stack.
"""

from __future__ import annotations

import re

from embedded.copy.records import Field, Kind

_SPACE = re.compile(rb"[ \t\r\n]*+")
_STRING = re.compile(rb'"(?:[^"\\\x00-\x1f]++|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*+"')
_NUMBER = re.compile(rb"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?")
_WORD = re.compile(rb"true|false|null")
# A whole member whose value is no object or array: nearly all members of nearly all files.
_MEMBER = re.compile(
    rb'"([^"\\\x00-\x1f]*+)"[ \t\r\n]*+:[ \t\r\n]*+(?:'
    rb'("(?:[^"\\\x00-\x1f]++|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*+")'
    rb"|(-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)|(true|false)|(null))"
    rb"[ \t\r\n]*+([,}])[ \t\r\n]*+"
)
_KINDS = {2: Kind.TEXT, 3: Kind.NUMBER, 4: Kind.WORD, 5: Kind.NULL}
_ESCAPE = re.compile(
    rb"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\(.)"
)
_SHORT = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t"}

Span = tuple[Kind, int, int]
"""A value in a text: its kind (NULL for null), where it begins, where it ends."""


class Malformed(Exception):
    """Not JSON, from this position on; `at_end` when the text only stops too early."""

    def __init__(self, position: int, at_end: bool = False) -> None:
        super().__init__(position, at_end)
        self.position = position
        self.at_end = at_end


def skip_space(data: bytes, position: int) -> int:
    """The next position that is no white space."""
    match = _SPACE.match(data, position)
    return match.end() if match else position


def span(data: bytes, position: int) -> Span:
    """The value that begins here."""
    first = data[position : position + 1]
    if first == b'"':
        return Kind.TEXT, position, string_end(data, position)
    if first in (b"{", b"["):
        return Kind.TREE, position, _tree_end(data, position)
    if match := _NUMBER.match(data, position):
        return Kind.NUMBER, position, match.end()
    if match := _WORD.match(data, position):
        return (Kind.NULL if first == b"n" else Kind.WORD), position, match.end()
    raise Malformed(position, position >= len(data))


def string_end(data: bytes, position: int) -> int:
    """Where the string that begins here ends."""
    match = _STRING.match(data, position)
    if match is None:
        raise Malformed(position, position >= len(data))
    return match.end()


def read_object(data: bytes, position: int) -> tuple[dict[bytes, Span], int]:
    """The members of the object that begins here (of two with one key the first), and its end."""
    found: dict[bytes, Span] = {}
    position = skip_space(data, position + 1)
    if data[position : position + 1] == b"}":
        return found, position + 1
    while True:
        match = _MEMBER.match(data, position)
        if match is None:
            key, value, after = _slow_member(data, position)
        else:
            key, value, after = match[1], _simple_value(match), match.start(6)
        found.setdefault(key, value)
        if data[after] == _CLOSING:
            return found, after + 1
        position = skip_space(data, after + 1) if match is None else match.end()


_CLOSING = ord("}")


def _simple_value(match: re.Match[bytes]) -> Span:
    group = 2 if match[2] else 3 if match[3] else 4 if match[4] else 5
    start, end = match.span(group)
    return _KINDS[group], start, end


def _slow_member(data: bytes, position: int) -> tuple[bytes, Span, int]:
    """A member of any shape: its key, its value, and where the comma or brace after it is."""
    key_end = string_end(data, position)
    key = text(data[position + 1 : key_end - 1])
    value = span(data, _past(data, key_end, b":"))
    after = skip_space(data, value[2])
    if data[after : after + 1] not in (b",", b"}"):
        raise Malformed(after, after >= len(data))
    return key, value, after


def elements(data: bytes, position: int) -> list[Span]:
    """The values of the array that begins here."""
    found: list[Span] = []
    position = skip_space(data, position + 1)
    while data[position : position + 1] != b"]":
        found.append(span(data, position))
        position = skip_space(data, found[-1][2])
        if data[position : position + 1] == b",":
            position = skip_space(data, position + 1)
    return found


def field(data: bytes, value: Span) -> Field:
    """A value as a field: strings lose their quotes and escapes, everything else stays."""
    kind, start, end = value
    if kind is Kind.TEXT:
        return kind, text(data[start + 1 : end - 1])
    return kind, data[start:end]


def text(raw: bytes) -> bytes:
    """What the inside of a JSON string stands for; a lone surrogate becomes invalid UTF-8."""
    return _ESCAPE.sub(_meaning, raw) if b"\\" in raw else raw


def _meaning(match: re.Match[bytes]) -> bytes:
    high, low, single, short = match.groups()
    if short is not None:
        return _SHORT.get(short, short)
    if single is not None:
        return chr(int(single, 16)).encode("utf-8", "surrogatepass")
    point = 0x10000 + ((int(high, 16) - 0xD800) << 10) + (int(low, 16) - 0xDC00)
    return chr(point).encode()


def _past(data: bytes, position: int, mark: bytes) -> int:
    position = skip_space(data, position)
    if data[position : position + 1] != mark:
        raise Malformed(position, position >= len(data))
    return skip_space(data, position + 1)


def _tree_end(data: bytes, position: int) -> int:
    """The end of the object or array that begins here, found without recursion."""
    open_trees = bytearray()
    while True:
        position, expects_value = _open(data, position, open_trees)
        if expects_value:
            position = _scalar_end(data, position)
        position = skip_space(data, position)
        while open_trees and data[position : position + 1] == open_trees[-1:]:
            open_trees.pop()
            position = skip_space(data, position + 1) if open_trees else position + 1
        if not open_trees:
            return position
        position = _past(data, position, b",")
        if open_trees[-1:] == b"}":
            position = _past(data, string_end(data, position), b":")


def _open(data: bytes, position: int, open_trees: bytearray) -> tuple[int, bool]:
    """Enter the trees that begin here; say where, and whether a scalar must come next."""
    while True:
        first = data[position : position + 1]
        if first == b"{":
            open_trees += b"}"
        elif first == b"[":
            open_trees += b"]"
        else:
            return position, True
        position = skip_space(data, position + 1)
        if data[position : position + 1] == open_trees[-1:]:
            return position, False
        if first == b"{":
            position = _past(data, string_end(data, position), b":")


def _scalar_end(data: bytes, position: int) -> int:
    if data[position : position + 1] == b'"':
        return string_end(data, position)
    match = _NUMBER.match(data, position) or _WORD.match(data, position)
    if match is None:
        raise Malformed(position, position >= len(data))
    return match.end()
