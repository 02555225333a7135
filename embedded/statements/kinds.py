"""Which family a statement belongs to, by its first word."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from embedded.errors import syntax_error
from embedded.statements import (
    alter,
    comments,
    create,
    cursors,
    drop,
    load,
    maintenance,
    prepared,
    privileges,
    queries,
    settings,
    transactions,
    unknown,
)
from embedded.statements.answer import Answer
from embedded.statements.lexer import scan
from embedded.statements.split import Statement

if TYPE_CHECKING:
    from embedded.session import Session

Handler = Callable[["Session", Statement], Answer]

HANDLERS: dict[str, Handler] = {
    **queries.HANDLERS,
    **load.HANDLERS,
    **transactions.HANDLERS,
    **create.HANDLERS,
    **drop.HANDLERS,
    **alter.HANDLERS,
    **privileges.HANDLERS,
    **comments.HANDLERS,
    **maintenance.HANDLERS,
    **settings.HANDLERS,
    **cursors.HANDLERS,
    **prepared.HANDLERS,
    **unknown.HANDLERS,
}


def handler(statement: Statement) -> Handler:
    """Who runs a statement; refused when no statement of Redshift begins so."""
    first = next(scan(statement.text))
    if first.kind == "word" or first.text == "(":
        found = HANDLERS.get(first.value)
        if found is not None:
            return found
    raise syntax_error(first.text)
