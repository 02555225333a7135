"""VACUUM, ANALYZE, CANCEL and EXPLAIN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.errors import Refused
from embedded.names import quoted
from embedded.query.types import Type
from embedded.statements.answer import Answer
from embedded.statements.encodings import default_encoding
from embedded.statements.reader import Reader
from embedded.statements.split import Statement

if TYPE_CHECKING:
    from embedded.session import Session


def vacuum(session: Session, statement: Statement) -> Answer:
    """VACUUM in all its forms; PostgreSQL's own stands for each."""
    reader = Reader(statement)
    reader.expect("vacuum")
    if not reader.accept("sort", "only") and not reader.accept("delete", "only"):
        reader.accept_any("full", "reindex", "recluster")
    table = ""
    if not reader.done and not reader.sees("boost"):
        table = ".".join(map(quoted, reader.qualified_name()))
        if reader.accept("to"):
            _percentage(reader)
    reader.accept("boost")
    reader.finish()
    session.transaction.leave_block("VACUUM")
    if table:
        session.columns(table)
        session.transaction.leave()
    return Answer(f"VACUUM {table}", status="VACUUM")


def _percentage(reader: Reader) -> None:
    if not 0 <= reader.integer() <= 100:
        raise Refused("22023", "VACUUM threshold must be between 0 and 100")
    reader.expect("percent")


def analyze(session: Session, statement: Statement) -> Answer:
    """ANALYZE [VERBOSE] [table [(columns)]] [PREDICATE COLUMNS | ALL COLUMNS], or COMPRESSION."""
    reader = Reader(statement)
    reader.expect_any("analyze", "analyse")
    if reader.accept("compression"):
        return _compression(session, reader)
    reader.accept("verbose")
    table = columns = ""
    if not reader.done and not _which_columns(reader):
        table = ".".join(map(quoted, reader.qualified_name()))
        if reader.sees("("):
            columns = f" ({', '.join(map(quoted, reader.names()))})"
        _which_columns(reader)
    reader.finish()
    session.transaction.touch_data()
    if table:
        session.columns(table)
    return Answer(f"ANALYZE {table}{columns}" if table else None, status="ANALYZE")


def _which_columns(reader: Reader) -> bool:
    return reader.accept("predicate", "columns") or reader.accept("all", "columns")


def _compression(session: Session, reader: Reader) -> Answer:
    name = reader.qualified_name()
    only = reader.names() if reader.sees("(") else []
    if reader.accept("comprows"):
        reader.integer()
    reader.finish()
    session.transaction.leave_block("ANALYZE COMPRESSION")
    session.transaction.enter()
    session.transaction.touch_data()
    columns = [
        c for c in session.columns(".".join(map(quoted, name))) if c.name in only or not only
    ]
    rows = [(name[-1], c.name, default_encoding(Type(c.type).name, False)) for c in columns]
    listed = ", ".join(session.quote("(%s, %s, %s, '0.00')", row) for row in rows)
    return Answer(
        f'SELECT * FROM (VALUES {listed}) AS a ("Table", "Column", "Encoding", "Est_reduction_pct")'
    )


def cancel(session: Session, statement: Statement) -> Answer:
    """CANCEL pid ['message']."""
    reader = Reader(statement)
    reader.expect("cancel")
    pid = reader.integer()
    if not reader.done:
        reader.string()
    reader.finish()
    session.run(f"SELECT pg_cancel_backend({pid})")
    return Answer(status="CANCEL")


def explain(session: Session, statement: Statement) -> Answer:
    """EXPLAIN [VERBOSE] a query: PostgreSQL's plan, not Redshift's."""
    reader = Reader(statement)
    reader.expect("explain")
    if reader.sees("analyze") or reader.sees("("):
        reader.fail()
    verbose = "VERBOSE " if reader.accept("verbose") else ""
    if not reader.peek().is_word("select", "with", "insert", "update", "delete", "create"):
        reader.fail()
    session.transaction.touch_data()
    return Answer(f"EXPLAIN {verbose}{session.translate(reader.rest())}")


HANDLERS = {
    "vacuum": vacuum,
    "analyze": analyze,
    "analyse": analyze,
    "cancel": cancel,
    "explain": explain,
}
