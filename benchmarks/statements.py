"""Record the statements that a flow sends, transaction by transaction, and send them again bare."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event

Sent = tuple[str, Any]


@dataclass(frozen=True)
class Span:
    """When a transaction was open, on the clock of `time.monotonic`, and in which thread."""

    thread: int
    began: float
    ended: float


@dataclass
class Recording:
    """Statements of each transaction that was committed, in the order of the commits."""

    transactions: list[list[Sent]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    _open: dict[int, tuple[float, list[Sent]]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def sent(
        self, connection: Connection, cursor: Any, statement: str, values: Any, *_: Any
    ) -> None:
        """A statement begins."""
        opened = self._open.setdefault(self._key(connection), (time.monotonic(), []))
        opened[1].append((statement, values))

    def committed(self, connection: Connection) -> None:
        """A transaction is about to end well."""
        with self._lock:
            now = time.monotonic()
            began, statements = self._open.pop(self._key(connection), (now, []))
            self.transactions.append(statements)
            self.spans.append(Span(threading.get_ident(), began, now))

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
