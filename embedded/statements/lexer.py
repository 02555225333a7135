"""Cut SQL text into tokens the way Redshift reads it.

Plain literals take backslash escapes (as PostgreSQL 8.0 did), comments nest, `$$` quotes bodies,
and a name may start with `#` for a temporary table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from embedded.errors import Refused

_SHORT = 100_000
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_ESCAPE = re.compile(r"''|\\([0-7]{1,3}|x[0-9A-Fa-f]{1,2}|.)", re.DOTALL)
_SPACE = re.compile(r"(?:[ \t\n\r\f\v]+|--[^\n]*)+")
_COMMENT_EDGE = re.compile(r"/\*|\*/")
_TOKEN = re.compile(
    r"""
    (?P<word>\#?[A-Za-z_\u0080-\U0010ffff][A-Za-z0-9_$\u0080-\U0010ffff]*)
  | (?P<number>(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<string>'[^'\\]*(?:(?:''|\\.)[^'\\]*)*')
  | (?P<quoted>"(?:[^"]|"")*")
  | (?P<dollar>\$(?P<tag>[A-Za-z_][A-Za-z0-9_]*)?\$.*?\$(?(tag)(?P=tag))\$)
  | (?P<parameter>\$\d+)
  | (?P<operator>::|:=|<=|>=|<>|!=|\|\|/|\|\||\|/|!~~\*|!~~|!~\*|!~|~~\*|~~|~\*|<<|>>|->>|->
      | [-+*/<>=~!@\#%^&|?`:])
  | (?P<punctuation>[(),.;\[\]{}])
    """,
    re.VERBOSE | re.DOTALL,
)
_E_STRING = re.compile(r"[eE]'[^'\\]*(?:(?:''|\\.)[^'\\]*)*'", re.DOTALL)


class Token(NamedTuple):
    """One token: `text` as written, `value` as meant (words folded, quotes and escapes undone)."""

    kind: str
    text: str
    value: str
    start: int
    end: int

    def is_word(self, *words: str) -> bool:
        """Whether this is one of these unquoted words, given in lower case."""
        return self.kind == "word" and self.value in words


def tokens(sql: str) -> tuple[Token, ...]:
    """All tokens of a text, without blanks and comments; ends without a closing token."""
    return _kept(sql) if len(sql) <= _SHORT else tuple(scan(sql))


@lru_cache(maxsize=16)
def _kept(sql: str) -> tuple[Token, ...]:
    """The tokens of the last few texts: who finds the handler reads them before the translator does."""
    return tuple(scan(sql))


def scan(sql: str) -> Iterator[Token]:
    """The tokens of a text one by one, so that a reader of the first few pays for no more."""
    position = 0
    while (position := _skip_blanks(sql, position)) < len(sql):
        match = _E_STRING.match(sql, position) or _TOKEN.match(sql, position)
        if match is None:
            raise _unreadable(sql, position)
        kind = match.lastgroup or "string"
        if kind == "tag":
            kind = "dollar"
        text = match.group()
        yield Token(kind, text, _meaning(kind, text), position, match.end())
        position = match.end()


def _skip_blanks(sql: str, position: int) -> int:
    while True:
        if match := _SPACE.match(sql, position):
            position = match.end()
        if not sql.startswith("/*", position):
            return position
        position = _skip_comment(sql, position)


def _skip_comment(sql: str, start: int) -> int:
    depth = 0
    for edge in _COMMENT_EDGE.finditer(sql, start):
        depth += 1 if edge.group() == "/*" else -1
        if depth == 0:
            return edge.end()
    raise Refused("42601", 'unterminated /* comment at or near "/*"')


def _meaning(kind: str, text: str) -> str:
    if kind == "word":
        return fold(text)
    if kind == "quoted":
        return text[1:-1].replace('""', '"')
    if kind == "string":
        return _ESCAPE.sub(_unescape, text[text.index("'") + 1 : -1])
    if kind == "dollar":
        tag = text.index("$", 1) + 1
        return text[tag:-tag]
    return text


def _unescape(match: re.Match[str]) -> str:
    escape = match.group(1)
    if escape is None:
        return "'"
    if escape[0] in "01234567":
        return chr(int(escape, 8) & 0xFF)
    if escape[0] == "x" and len(escape) > 1:
        return chr(int(escape[1:], 16))
    return _ESCAPES.get(escape, escape)


def fold(name: str) -> str:
    """A name in lower case: ASCII letters only, as Redshift folds them."""
    return name.lower() if name.isascii() else re.sub("[A-Z]+", lambda m: m.group().lower(), name)


def _unreadable(sql: str, position: int) -> Refused:
    """The refusal; it repeats nothing of the rest, which may hold a password."""
    rest = sql[position:]
    if rest[0] == "'" or rest[:2] in ("e'", "E'"):
        return Refused("42601", 'unterminated quoted string at or near "\'"')
    if rest[0] == '"':
        return Refused("42601", 'unterminated quoted identifier at or near """')
    if rest.startswith("$"):
        return Refused("42601", 'unterminated dollar-quoted string at or near "$"')
    return Refused("42601", f'syntax error at or near "{rest[0]}"')
