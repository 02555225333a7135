"""Record the statements that a flow sends, transaction by transaction, and send them again bare."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event

Sent = tuple[str, Any]


@dataclass
class Recording:
    """Statements of each transaction that was committed, in the order of the commits."""

    transactions: list[list[Sent]] = field(default_factory=list)
    _open: dict[int, list[Sent]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def sent(
        self, connection: Connection, cursor: Any, statement: str, values: Any, *_: Any
    ) -> None:
        """A statement begins."""
        self._open.setdefault(self._key(connection), []).append((statement, values))

    def committed(self, connection: Connection) -> None:
        """A transaction ends well."""
        with self._lock:
            self.transactions.append(self._open.pop(self._key(connection), []))

    def rolled_back(self, connection: Connection) -> None:
        """A transaction leaves nothing."""
        self._open.pop(self._key(connection), None)

    @staticmethod
    def _key(connection: Connection) -> int:
        return id(connection.connection.dbapi_connection)

    @property
    def statements(self) -> int:
        """How many statements were sent in committed transactions."""
        return sum(map(len, self.transactions))


@contextmanager
def recording() -> Iterator[Recording]:
    """Record what every engine of this process sends."""
    made = Recording()
    hooks: dict[str, Callable[..., Any]] = {
        "before_cursor_execute": made.sent,
        "commit": made.committed,
        "rollback": made.rolled_back,
    }
    for name, hook in hooks.items():
        event.listen(Engine, name, hook)
    try:
        yield made
    finally:
        for name, hook in hooks.items():
            event.remove(Engine, name, hook)


def replay(engine: Engine, recorded: Recording) -> None:
    """Send what was recorded on one connection of the driver, one transaction after the other."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        for transaction in recorded.transactions:
            for statement, values in transaction:
                cursor.execute(statement, values)
                if cursor.description:
                    cursor.fetchall()
            raw.commit()
    finally:
        raw.close()
