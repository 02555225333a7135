"""The points of a run at which it can be struck: before and behind each statement and each COMMIT."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import Pool

Strike = Callable[["Point"], None]
At = (
    int | tuple[str, int] | None
)  # the point's number, or the nth point that begins with these words


class Point:
    """One point: where it is, and the driver's connection that was about to be used, or just was."""

    def __init__(self, number: int, place: str, statement: str, connection: Any) -> None:
        self.number = number
        self.place = place
        self.statement = statement
        self.connection = connection


class Points:
    """Counts the points that a run comes to, and strikes at one of them."""

    def __init__(self, at: At = None, strike: Strike | None = None) -> None:
        self.passed: list[str] = []
        self._at, self._strike = at, strike
        self._lock = threading.Lock()
        self._committed: set[int] = set()

    def _come_to(self, place: str, statement: str, connection: Any) -> None:
        with self._lock:
            number = len(self.passed)
            self.passed.append(f"{place} {' '.join(statement.split())[:60]}")
            if self._strike and self._is_here(number):
                self._strike(Point(number, place, statement, connection))

    def _is_here(self, number: int) -> bool:
        """Whether the point just passed is the one: by its number, or as the nth of its words."""
        if not isinstance(self._at, tuple):
            return self._at == number
        words, nth = self._at
        alike = sum(name.startswith(words) for name in self.passed)
        return self.passed[-1].startswith(words) and alike == nth

    def before(self, connection: Connection, cursor: Any, statement: str, *_: Any) -> None:
        """A statement is about to be sent."""
        self._come_to("before", statement, cursor.connection)

    def behind(self, connection: Connection, cursor: Any, statement: str, *_: Any) -> None:
        """A statement was executed, and its reply is not used yet."""
        self._come_to("behind", statement, cursor.connection)

    def committing(self, connection: Connection) -> None:
        """COMMIT is about to be sent."""
        raw = connection.connection.dbapi_connection
        self._come_to("before", "COMMIT", raw)
        self._committed.add(id(raw))

    def returned(self, raw: Any, record: Any) -> None:
        """A connection goes back to its pool; after a COMMIT, nobody has heard of that yet."""
        if id(raw) in self._committed:
            self._committed.discard(id(raw))
            self._come_to("behind", "COMMIT", raw)


@contextmanager
def points(at: At = None, strike: Strike | None = None) -> Iterator[Points]:
    """Count the points that the runs of this process come to, and strike at one of them."""
    made = Points(at, strike)
    hooks: list[tuple[Any, str, Callable[..., Any]]] = [
        (Engine, "before_cursor_execute", made.before),
        (Engine, "after_cursor_execute", made.behind),
        (Engine, "commit", made.committing),
        (Pool, "checkin", made.returned),
    ]
    for target, name, hook in hooks:
        event.listen(target, name, hook)
    try:
        yield made
    finally:
        for target, name, hook in hooks:
            event.remove(target, name, hook)


def spread(total: int, wanted: int | None) -> list[int]:
    """`wanted` of so many points, evenly spread from the first to the last; all of them for None."""
    if wanted is None or wanted >= total:
        return list(range(total))
    return [round(n * (total - 1) / (wanted - 1)) for n in range(wanted)]
