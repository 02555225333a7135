"""Read the tokens of a statement from left to right; the base of all the small grammars here."""

from __future__ import annotations

from typing import NoReturn

from embedded.errors import NotImitated, Refused, syntax_error
from embedded.statements.lexer import Token, fold
from embedded.statements.reserved import RESERVED
from embedded.statements.split import Statement

MAXIMUM_NAME = 127  # bytes


class Reader:
    """A position in a statement. `accept` moves when it can, `expect` refuses when it cannot."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self.text = statement.text
        self._tokens = statement.tokens
        self.position = 0

    @property
    def done(self) -> bool:
        """Whether every token is read."""
        return self.position >= len(self._tokens)

    def peek(self, ahead: int = 0) -> Token:
        """A token that is still to be read; an empty one after the end."""
        place = self.position + ahead
        if place < len(self._tokens):
            return self._tokens[place]
        return Token("end", "", "", len(self.text), len(self.text))

    def take(self) -> Token:
        """The next token, whatever it is."""
        token = self.peek()
        self.position += 1
        return token

    def sees(self, *words: str) -> bool:
        """Whether these words or signs come next, in this order."""
        return all(self._is(self.peek(i), word) for i, word in enumerate(words))

    def accept(self, *words: str) -> bool:
        """Read these words or signs if they come next, in this order."""
        found = self.sees(*words)
        if found:
            self.position += len(words)
        return found

    def accept_any(self, *words: str) -> str | None:
        """Read one of these words or signs if one comes next, and say which."""
        return next((word for word in words if self.accept(word)), None)

    def expect(self, *words: str) -> None:
        """Read these words or signs, or refuse the statement."""
        for word in words:
            if not self.accept(word):
                self.fail()

    def expect_any(self, *words: str) -> str:
        """Read one of these words or signs, or refuse the statement."""
        return self.accept_any(*words) or self.fail()

    @staticmethod
    def _is(token: Token, word: str) -> bool:
        return token.kind not in ("string", "quoted", "dollar") and token.value == word

    def fail(self) -> NoReturn:
        """Refuse the statement at the next token."""
        raise syntax_error(self.peek().text)

    def finish(self) -> None:
        """Refuse whatever is left."""
        if not self.done:
            self.fail()

    def name(self) -> str:
        """An identifier, folded; a reserved word must be in quotes."""
        token = self.peek()
        if token.kind == "quoted" or (token.kind == "word" and token.value not in RESERVED):
            self.position += 1
            return self._fitting(self._folded(token))
        return self.fail()

    def _folded(self, token: Token) -> str:
        if token.kind == "quoted" and self.statement.case_sensitive:
            return token.value
        return fold(token.value)

    def qualified_name(self) -> list[str]:
        """A relation's name, with its schema if that is given."""
        parts = self.dotted_name()
        if len(parts) > 3:
            name = ".".join(parts)
            raise Refused("42601", f"improper qualified name (too many dotted names): {name}")
        if len(parts) == 3 and parts[0] != self.statement.database:
            raise NotImitated("names of another database")
        return parts[-2:]

    def dotted_name(self) -> list[str]:
        """A name and what follows it after dots, where reserved words are names too."""
        parts = [self.name()]
        while self.accept("."):
            token = self.peek()
            self.any_word()
            parts.append(self._fitting(self._folded(token)))
        return parts

    def any_word(self) -> str:
        """A word, reserved or not, or a quoted name."""
        token = self.peek()
        if token.kind not in ("word", "quoted"):
            self.fail()
        self.position += 1
        return token.value

    @staticmethod
    def _fitting(name: str) -> str:
        if not name:
            raise Refused("42601", "zero-length delimited identifier")
        encoded = name.encode(errors="replace")
        return encoded[:MAXIMUM_NAME].decode(errors="ignore")

    def names(self) -> list[str]:
        """Names in parentheses."""
        self.expect("(")
        found = [self.name()]
        while self.accept(","):
            found.append(self.name())
        self.expect(")")
        return found

    def string(self) -> str:
        """A quoted literal."""
        if self.peek().kind != "string":
            self.fail()
        return self.take().value

    def integer(self) -> int:
        """A whole number, with or without a sign."""
        sign = -1 if self.accept("-") else 1
        if not self.peek().text.isdigit():
            self.fail()
        return sign * int(self.take().text)

    def nested(self) -> str:
        """The text of a group in parentheses that starts here, with the parentheses."""
        start = self.peek().start
        self.expect("(")
        depth = 1
        while depth:
            if self.done:
                self.fail()
            depth += {"(": 1, ")": -1}.get(self.take().text, 0)
        return self.text[start : self.peek(-1).end]

    def rest(self) -> str:
        """Everything from here on."""
        start = self.peek().start
        self.position = len(self._tokens)
        return self.text[start:]
