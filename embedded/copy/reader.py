"""Walk over the tokens of a COPY or UNLOAD statement."""

from __future__ import annotations

import re

from embedded.statements.lexer import Token
from embedded.statements.reader import Reader
from embedded.statements.split import Statement

_BACKSLASH = re.compile(r"\\([0-7]{1,3}|.)", re.DOTALL)


class LoadReader(Reader):
    """A reader that also knows the literals of COPY and UNLOAD."""

    @classmethod
    def of(cls, sql: str) -> LoadReader:
        """A reader at the start of one statement."""
        return cls(Statement(sql.rstrip().rstrip(";")))

    @property
    def left(self) -> tuple[Token, ...]:
        """The tokens that are still to be read."""
        return self._tokens[self.position :]

    def string(self) -> str:
        """A literal in quotes or dollars, as it reads after the backslashes are undone."""
        if self.peek().kind not in ("string", "dollar"):
            self.fail()
        return self.take().value

    def raw_string(self) -> str:
        r"""A literal whose backslashes stay, for what COPY itself reads: '\N', '\t'."""
        token = self.peek()
        value = self.string()
        if token.kind == "dollar":
            return value
        return token.text[token.text.index("'") + 1 : -1].replace("''", "'")

    def integer(self) -> int:
        """A whole number."""
        if self.peek().kind != "number" or not self.peek().text.isdigit():
            self.fail()
        return int(self.take().text)

    def name_token(self) -> Token:
        """The token of a column or table name."""
        token = self.peek()
        self.name()
        return token


def undo_backslashes(text: str) -> str:
    r"""What '\t', '\001' and '\\' stand for inside a delimiter or quote."""
    named = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}

    def meant(match: re.Match[str]) -> str:
        escape = match.group(1)
        if escape[0] in "01234567":
            return chr(int(escape, 8) & 0xFF)
        return named.get(escape, escape)

    return _BACKSLASH.sub(meant, text)
