"""SELECT ... INTO: a CREATE TABLE AS in other words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.statements.answer import Answer
from embedded.statements.create_as import make_as
from embedded.statements.definitions import TableDefinition
from embedded.statements.reader import Reader
from embedded.statements.relations import is_temporary
from embedded.statements.split import Statement

if TYPE_CHECKING:
    from embedded.session import Session


def select_into(session: Session, statement: Statement) -> Answer | None:
    """Run a SELECT that has an INTO of its own; None for any other."""
    place = _into(statement)
    if place is None:
        return None
    reader = Reader(statement)
    reader.position = place + 1
    temporary = reader.accept_any("temp", "temporary") is not None
    reader.accept("table")
    name = reader.qualified_name()
    before = statement.text[: statement.tokens[place].start]
    query = before + reader.rest()
    definition = TableDefinition(name, is_temporary(name, temporary))
    return make_as(session, definition, query)


def _into(statement: Statement) -> int | None:
    depth = 0
    for i, token in enumerate(statement.tokens):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth == 0 and token.is_word("into"):
            return None if statement.tokens[i - 1].is_word("insert", "merge") else i
        if depth == 0 and token.is_word("from") and statement.verb != "with":
            return None
    return None
