"""What tests may ask for: slow statements and commits, and conflicts that did not happen.

Rows of redshift_catalog.settings, read when a session begins:

    statement_delay_ms   every statement takes so much longer
    commit_delay_ms      every commit of a transaction that has written does
    inject_1023          the next statement that contains this text dies of a conflict
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from embedded import mapping
from embedded.statements import Statement

if TYPE_CHECKING:
    from embedded.session import Session

WRITES = ("alter", "analyze", "comment", "copy", "create", "delete", "drop", "grant", "insert",
          "merge", "revoke", "truncate", "update")  # fmt: skip


def before(session: Session, statement: Statement) -> None:
    """Do to a statement what a test has asked for."""
    time.sleep(float(session.state.settings.get("statement_delay_ms", 0)) / 1000)
    _conflict(session, statement)


def after(session: Session, statement: Statement) -> None:
    """Make the commit of what has just been written slow, when a test has asked for it."""
    delay = float(session.state.settings.get("commit_delay_ms", 0))
    if delay and statement.verb in WRITES and not session.transaction.slow:
        session.control("SELECT redshift_catalog.slow_commit(%s)", [delay])
        session.transaction.slow = True


def _conflict(session: Session, statement: Statement) -> None:
    wanted = session.state.settings.get("inject_1023")
    if not wanted or wanted.lower() not in statement.text.lower():
        return
    taken = session.outside(
        "DELETE FROM redshift_catalog.settings WHERE name = 'inject_1023' RETURNING value"
    )
    session.state.settings.pop("inject_1023")
    if taken:
        raise mapping.conflict(session)
