"""COMMENT ON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.errors import NotImitated
from embedded.names import literal, quoted
from embedded.statements.answer import Answer
from embedded.statements.reader import Reader
from embedded.statements.split import Statement

if TYPE_CHECKING:
    from embedded.session import Session


def comment(session: Session, statement: Statement) -> Answer:
    """COMMENT ON a table, view, column, schema or database."""
    reader = Reader(statement)
    reader.expect("comment", "on")
    if reader.sees("constraint"):
        raise NotImitated("COMMENT ON CONSTRAINT")
    kind = reader.expect_any("table", "view", "column", "schema", "database")
    name = quoted(*(reader.dotted_name()[-3:] if kind == "column" else reader.qualified_name()))
    reader.expect("is")
    text = "NULL" if reader.accept("null") else literal(reader.string())
    reader.finish()
    session.transaction.touch_data()
    session.run(f"COMMENT ON {kind.upper()} {name} IS {text}")
    return Answer(status="COMMENT")


HANDLERS = {"comment": comment}
