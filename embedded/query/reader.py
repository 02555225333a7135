"""A cursor over the tokens of one statement."""

from __future__ import annotations

from typing import NoReturn

from embedded.errors import Refused, syntax_error
from embedded.query.words import COLUMN_WORDS, NOT_AN_ALIAS, RESERVED
from embedded.statements.lexer import Token, tokens

_DEPTH_LIMIT = 120
_END = Token("end", "", "", 0, 0)
_PLAIN = ("word", "operator", "punctuation")  # neither quoted nor a literal


class Reader:
    """Tokens with a position; every parser takes one.

    `depth` counts nested expressions and queries, so that hostile nesting is an error and not an
    exhausted stack. `tables` are the names where a table is named, a WITH table or another.
    """

    def __init__(self, sql: str, case_sensitive: bool = False) -> None:
        self.tokens = [*tokens(sql), _END, _END, _END]
        self.position = 0
        self.depth = 0
        self.tables: list[tuple[str, ...]] = []
        self.case_sensitive = case_sensitive

    @property
    def current(self) -> Token:
        return self.tokens[self.position]

    def ahead(self, distance: int = 1) -> Token:
        """A token further on; the end when there is none."""
        place = self.position + distance
        return self.tokens[place] if place < len(self.tokens) else _END

    def advance(self) -> Token:
        """Take the current token."""
        token = self.tokens[self.position]
        if token.kind == "end":
            self.fail()
        self.position += 1
        return token

    def at(self, *words: str) -> bool:
        """Whether the current token is one of these unquoted words or symbols."""
        token = self.tokens[self.position]
        return token.value in words and token.kind in _PLAIN

    def at_sequence(self, *words: str) -> bool:
        """Whether the next tokens are these words."""
        return self.at(words[0]) and all(
            self.ahead(i).value == word and self.ahead(i).kind in _PLAIN
            for i, word in enumerate(words[1:], 1)
        )

    def accept(self, *words: str) -> bool:
        """Take these words if all of them follow."""
        if self.at_sequence(*words):
            self.position += len(words)
            return True
        return False

    def expect(self, *words: str) -> None:
        """Take these words or fail at the first that is something else."""
        for word in words:
            if not self.at(word):
                self.fail()
            self.position += 1

    def fail(self) -> NoReturn:
        """Refuse the statement at the current token."""
        raise syntax_error(self.current.text)

    def enter(self) -> None:
        """Count one more level of nesting; the caller counts it down again."""
        self.depth += 1
        if self.depth > _DEPTH_LIMIT:
            raise Refused("54001", "stack depth limit exceeded")

    def is_name(self) -> bool:
        """Whether the current token can be a name: quoted, or a word that is not reserved."""
        token = self.current
        return token.kind == "quoted" or (token.kind == "word" and token.value not in RESERVED)

    def name(self) -> str:
        """Take a name."""
        if not self.is_name():
            self.fail()
        return self.fold(self.advance())

    def column(self) -> str:
        """Take the name of a column where nothing but a name can stand."""
        return self.label() if self.current.is_word(*COLUMN_WORDS) else self.name()

    def label(self) -> str:
        """Take a name where any word will do: after AS, after a dot."""
        if self.current.kind not in ("quoted", "word"):
            self.fail()
        return self.fold(self.advance())

    def fold(self, token: Token) -> str:
        """What a name means: quoted ones fold too, unless the session is case sensitive."""
        if token.kind == "quoted":
            if not token.value:
                raise Refused(
                    "42601", f'zero-length delimited identifier at or near "{token.text}"'
                )
            return token.value if self.case_sensitive else _lower(token.value)
        return token.value

    def alias(self, reserved_after_as: bool) -> str | None:
        """Take `[AS] alias` if there is one."""
        if self.accept("as"):
            return self.label() if reserved_after_as else self.name()
        token = self.current
        if token.kind == "word" and token.value in NOT_AN_ALIAS:
            return None
        return self.name() if self.is_name() else None

    def name_list(self) -> list[str]:
        """Take `(a, b)`."""
        self.expect("(")
        names = [self.column()]
        while self.accept(","):
            names.append(self.column())
        self.expect(")")
        return names

    def table(self) -> tuple[str, ...]:
        """The name of a table, which is noted."""
        self.tables.append(self.dotted())
        return self.tables[-1]

    def dotted(self) -> tuple[str, ...]:
        """Take `a.b.c`."""
        parts = [self.name()]
        while self.at(".") and self.ahead().kind in ("word", "quoted"):
            self.advance()
            parts.append(self.label())
        return tuple(parts)

    def finish(self) -> None:
        """Require the end of the statement."""
        self.accept(";")
        if self.current.kind != "end":
            self.fail()


def _lower(name: str) -> str:
    return (
        name.lower() if name.isascii() else "".join(c.lower() if c.isascii() else c for c in name)
    )
