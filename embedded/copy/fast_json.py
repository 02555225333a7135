"""The plain lines of JSON files: an object on each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import polars as pl

from embedded.copy import jsonscan
from embedded.copy.fast_columns import FastColumn
from embedded.copy.fast_shapes import Converted, selection
from embedded.copy.records import Field, Kind

_HEX = "[0-9a-fA-F]"
_ESCAPED = (
    rf"\\u(?:[1-9a-cA-CefEF]{_HEX}{{3}}|0[1-9a-fA-F]{_HEX}{{2}}|00[1-9a-fA-F]{_HEX}|000[1-9a-fA-F]"
    rf"|[dD][0-7]{_HEX}{{2}}|[dD][89abAB]{_HEX}{{2}}\\u[dD][c-fC-F]{_HEX}{{2}})"
)
_STRING = rf'"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|{_ESCAPED})*"'
_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?"
_STRING_WITHOUT = r'"(?:[^"\\\x00-\x1f]|\\["/bf])*"'
_SCALAR = rf"(?:null|true|false|{_NUMBER}|{_STRING})"
_W = r"[ \t]*"
_ARRAY = rf"\[{_W}(?:{_SCALAR}(?:{_W},{_W}{_SCALAR})*)?{_W}\]"
_PLAIN_KEY = re.compile(rb'[^"\\\x00-\x1f]+')
_WHOLE_FLOAT = re.compile(rb"-?[0-9]+\.0+")
_ESCAPE = re.compile(rb"\\[\\nrtu]")
_MOST_EXTRAS = 200
_MOST_SHAPES = 100
_learned: dict[tuple[tuple[str, ...], bool], tuple[dict[str, str], set[str]]] = {}


class JsonShape:
    """Objects of one line each, whose members are found by name at the first level."""

    def __init__(
        self, columns: Sequence[FastColumn], keys: Sequence[str], ignore_case: bool
    ) -> None:
        self.has_escapes = False
        self._columns = list(columns)
        self._ignore_case = ignore_case
        self._wanted = tuple(keys)
        # the key as the files write it; with 'auto ignorecase' the first spelling that is seen
        spelled, extras = _learned.get((self._wanted, ignore_case), ({}, set()))
        self._spelled = {key: spelled.get(key, key) for key in keys}
        self._seen: set[str] = set()
        self._extras = set(extras)
        self._pattern: str | None = None

    @property
    def pattern(self) -> str:
        """See Shape."""
        if self._pattern is None:
            member = "|".join(self._members())
            rest = rf"(?:{member})(?:{_W},{_W}(?:{member}))*"
            self._pattern = rf"\A{_W}\{{{_W}(?:{rest})?{_W}\}}[ \t\r]*\z"
        return self._pattern

    def _members(self) -> list[str]:
        string = _STRING if self.has_escapes else _STRING_WITHOUT
        groups: dict[str, list[str]] = {}
        for key, column in zip(self._wanted, self._columns, strict=True):
            value = "null" if column.json is None else f"null|{column.json}"
            value += f"|{string}" if column.in_quotes else ""
            groups.setdefault(value, []).append(re.escape(self._spelled[key]))
        if self._extras:
            extras = sorted(re.escape(key) for key in self._extras)
            groups[f"{_SCALAR}|{_ARRAY}"] = extras
        return [
            f'"(?:{"|".join(keys)})"{_W}:{_W}(?:{value})' for value, keys in sorted(groups.items())
        ]

    def is_trap(self, lines: pl.Series) -> pl.Series | None:
        """See Shape."""
        return None

    def learn(self, line: bytes) -> bool:
        """See Shape."""
        try:
            start = jsonscan.skip_space(line, 0)
            if line[start : start + 1] != b"{":
                return False
            members = jsonscan.read_object(line, start)[0]
            spans = {k.decode(): span for k, span in members.items() if _PLAIN_KEY.fullmatch(k)}
        except (jsonscan.Malformed, UnicodeDecodeError):
            return False
        learned = [self._learn_key(key) for key in spans]
        if any(learned):
            self._keep()
        learned += [self._learn_floats(key, jsonscan.field(line, spans[key])) for key in spans]
        learned.append(self._learn_escapes(line))
        if any(learned):
            self._pattern = None
        return any(learned)

    def _keep(self) -> None:
        """Let the next COPY of such files begin with the keys that this one has met."""
        if len(_learned) >= _MOST_SHAPES:
            _learned.clear()
        _learned[self._wanted, self._ignore_case] = dict(self._spelled), set(self._extras)

    def _learn_escapes(self, line: bytes) -> bool:
        fresh = not self.has_escapes and _ESCAPE.search(line) is not None
        self.has_escapes |= fresh
        return fresh

    def _learn_floats(self, key: str, field: Field) -> bool:
        """Take 2.0 in the integer columns that have seen one: it makes them slower."""
        if field[0] is not Kind.NUMBER or not _WHOLE_FLOAT.fullmatch(field[1]):
            return False
        name = key.lower() if self._ignore_case else key
        places = [i for i, wanted in enumerate(self._wanted) if wanted == name]
        fresh = [i for i in places if self._columns[i].takes_floats_too]
        for place in fresh:
            self._columns[place] = self._columns[place].with_floats()
        return bool(fresh)

    def _learn_key(self, key: str) -> bool:
        name = key.lower() if self._ignore_case else key
        if name in self._spelled:
            fresh = name not in self._seen and self._spelled[name] != key
            self._seen.add(name)
            if fresh:
                self._spelled[name] = key
            return fresh
        fresh = key not in self._extras and len(self._extras) < _MOST_EXTRAS
        if fresh:
            self._extras.add(key)
        return fresh

    def reader(self) -> Callable[[bytes], Converted]:
        """See Shape."""
        names = [self._spelled[key] for key in self._wanted]
        types = {name: column.dtype for name, column in zip(names, self._columns, strict=True)}
        numbered = [pl.col(name).alias(str(i)) for i, name in enumerate(names)]
        select = selection(self._columns, from_json=True)
        return lambda text: select(pl.read_ndjson(text, schema=types).select(numbered))
