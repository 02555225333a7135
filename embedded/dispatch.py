"""Run a text: cut it into statements, find who handles each, and tell errors as Redshift does."""

from __future__ import annotations

from collections.abc import Callable

import psycopg2

from embedded import chances, mapping
from embedded.history import asks_for_history
from embedded.session import Session, write_histories
from embedded.statements import Statement, split
from embedded.statements.answer import Answer
from embedded.statements.kinds import handler
from embedded.statements.transactions import ends_a_block

Show = Callable[[Answer], int]


def run(session: Session, text: str, show: Show) -> None:
    """Run all statements of a text; what autocommits is one transaction, as on the server."""
    transaction = session.transaction
    try:
        statements = _read(session, text)
        transaction.commands = len(statements)
        for statement in statements:
            session.transaction.enter()
            database, sensitive = session.database_name, session.state.case_sensitive
            _one(session, Statement(statement.text, database, sensitive), show)
    except BaseException:
        if not session.connection.closed:
            transaction.leave(failed=True)
        raise
    with mapping.as_redshift(session):
        transaction.leave()


def _read(session: Session, text: str) -> tuple[Statement, ...]:
    with mapping.as_redshift(session):
        statements = split(text)
    if not statements:
        raise psycopg2.ProgrammingError("can't execute an empty query")
    if asks_for_history(text):
        write_histories(session.database)
    return statements


def _one(session: Session, statement: Statement, show: Show) -> None:
    with session.recorded(statement) as record, mapping.as_redshift(session):
        if session.transaction.aborted and not ends_a_block(statement):
            session.control("SELECT 1")  # the server says that the block is dead
        chances.before(session, statement)
        if "pg_last_query_id" in statement.text.lower():
            session.control(f"SET redshift.last_query_id TO '{session.state.last_query_id}'")
        answer = handler(statement)(session, statement)
        record.rows = show(answer)
        session.transaction.snapshot |= answer.snapshot
        if answer.after:
            session.run(answer.after)
        chances.after(session, statement)
