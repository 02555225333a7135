"""Transactions as Redshift has them, made of PostgreSQL's.

Redshift takes its snapshot at the first statement that touches data, not at `SELECT 1`, SET or
LOCK. PostgreSQL takes one at almost anything, so a transaction that has only done harmless things
starts again, unseen, when its first data statement comes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from psycopg2.extensions import (
    STATUS_READY,
    TRANSACTION_STATUS_IDLE,
    TRANSACTION_STATUS_INERROR,
)

from embedded.errors import Refused

if TYPE_CHECKING:
    from embedded.columns import Column
    from embedded.session import Session

LEVELS = {"snapshot": "REPEATABLE READ", "serializable": "SERIALIZABLE"}


class Transaction:
    """What the current transaction of a session has done so far.

    `own`: we began it for statements that autocommit, and we end it after them.
    `snapshot`: PostgreSQL may have its snapshot. `data`: Redshift would have its own. `slow`: its
    commit is to take a while.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.own = False
        self.commands = 1
        self._forget()

    def _forget(self) -> None:
        self.id = 0
        self.snapshot = False
        self.data = False
        self.changed_catalog = False
        self.slow = False
        self.locked: set[str] = set()
        self.columns: dict[str, list[Column]] = {}
        self._settings: list[str] = []
        self._characteristics = ""

    @property
    def aborted(self) -> bool:
        """Whether an error has killed the block, so that only its end is taken."""
        return self._status() == TRANSACTION_STATUS_INERROR

    def _status(self) -> int:
        return self._session.connection.info.transaction_status

    def enter(self) -> None:
        """Be in a transaction: psycopg2's, the user's, or one of our own around this text."""
        if self._status() != TRANSACTION_STATUS_IDLE:
            return
        self._forget()
        self.own = not self._psycopg2_begins()
        if not self._session.introduced:
            self._session.introduce()
            if not self.own:
                self._session.control("ROLLBACK")
            self._begin("BEGIN")
        else:
            self._begin("BEGIN" if self.own else "SET TRANSACTION")

    def _psycopg2_begins(self) -> bool:
        connection = self._session.connection
        return not connection.autocommit and connection.status == STATUS_READY

    def _begin(self, command: str) -> None:
        """Begin, or with SET TRANSACTION let psycopg2 begin; read what SET has left."""
        state = self._session.state
        sql = f"{command} ISOLATION LEVEL {LEVELS[state.isolation]}; SHOW redshift.flags"
        state.flags = json.loads(self._session.control(sql)[0][0])

    def leave(self, failed: bool = False) -> None:
        """End a transaction of our own."""
        if self.own and self._status() != TRANSACTION_STATUS_IDLE:
            self._session.control("ROLLBACK" if failed or self.aborted else "COMMIT")
        self.own = False

    def restart(self) -> None:
        """Begin again without a snapshot; only for a transaction that has done nothing to lose."""
        self._session.control("ROLLBACK")
        self._session.control(f"BEGIN ISOLATION LEVEL {LEVELS[self._session.state.isolation]}")
        for command in [self._characteristics, *self._settings]:
            if command:
                self._session.control(command)
        self.snapshot = False

    def leave_block(self, command: str) -> None:
        """For commands that are transactions of their own: refused in a block, else out of ours."""
        if not self.own:
            raise Refused("25001", f"{command} cannot run inside a transaction block")
        if self.commands > 1:
            raise Refused("25001", f"{command} cannot run inside a multiple commands statement")
        self.leave()

    def commit_and_go_on(self) -> None:
        """Commit what was done so far, and be in a transaction again."""
        self._session.control("COMMIT")
        self._forget()
        self._begin("BEGIN")

    def tables_changed(self) -> None:
        """Forget the columns looked up; the catalog has changes that others cannot see."""
        self.columns.clear()
        self.changed_catalog = True

    def touch_data(self) -> None:
        """Take Redshift's snapshot now, unless this transaction has it already."""
        if not self.data:
            self.fresh()
            self.data = True

    def fresh(self) -> None:
        """Drop a snapshot that Redshift would not have taken yet."""
        if self.snapshot and not self.data and not self.locked:
            self.restart()

    def remember_setting(self, command: str) -> None:
        """Note a SET of this transaction, to be repeated when it starts again."""
        self._settings.append(command)

    def characterize(self, command: str) -> None:
        """Note and apply READ ONLY or READ WRITE."""
        self._characteristics = command
        self._session.control(command)

    def write_lock(self, table: str) -> str:
        """The command, to be sent before the write, that queues the writers of one table."""
        if table in self.locked:
            return ""
        self.locked.add(table)
        return f"LOCK TABLE {table} IN EXCLUSIVE MODE; "
