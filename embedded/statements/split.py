"""Cut a text into its statements."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from embedded.statements.lexer import Token, scan, tokens


@dataclass(frozen=True)
class Statement:
    """One statement: its text from the first token on, without the semicolon.

    `database` is the one that it is sent to, `case_sensitive` whether quoted names keep their case.
    """

    text: str
    database: str = ""
    case_sensitive: bool = False

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """All tokens; positions are of `text`."""
        return tokens(self.text)

    @cached_property
    def verb(self) -> str:
        """The first word, in lower case; '(' for a query in parentheses."""
        return next(scan(self.text)).value


def split(sql: str) -> tuple[Statement, ...]:
    """The statements of a text in order, without empty ones."""
    body = sql.rstrip().rstrip(";")
    if ";" in body:
        return _split_at_semicolons(sql)
    first = next(scan(body), None)
    return (Statement(body[first.start :]),) if first else ()


@lru_cache(maxsize=256)
def _split_at_semicolons(sql: str) -> tuple[Statement, ...]:
    found: list[Statement] = []
    current: list[Token] = []
    for token in [*tokens(sql), Token("punctuation", ";", ";", len(sql), len(sql))]:
        if token.text != ";":
            current.append(token)
        elif current:
            found.append(Statement(sql[current[0].start : current[-1].end]))
            current = []
    return tuple(found)
