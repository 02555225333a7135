"""A pipe between the thread that converts rows and the one that sends them to PostgreSQL."""

from __future__ import annotations

import threading
from collections import deque

_WAITING = 2


class Closed(Exception):
    """Nobody reads any more."""


class Feed:
    """A file of converted rows that is read while it is written, with few pieces in between."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._pieces: deque[memoryview] = deque()
        self._taken = 0  # of the first piece
        self._finished = False
        self._closed = False

    def put(self, piece: bytes) -> None:
        """Add rows; waits while enough are waiting, Closed when nobody reads."""
        if not piece:
            return
        with self._changed:
            self._changed.wait_for(lambda: self._closed or len(self._pieces) < _WAITING)
            if self._closed:
                raise Closed
            self._pieces.append(memoryview(piece))
            self._changed.notify_all()

    def finish(self) -> None:
        """No more rows come."""
        with self._changed:
            self._finished = True
            self._changed.notify_all()

    def close(self) -> None:
        """Nobody reads any more: the writer stops at its next piece."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def read(self, size: int = -1) -> bytes:
        """The next rows, as psycopg2's COPY asks for them; empty at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._pieces or self._finished)
            if not self._pieces:
                return b""
            piece = self._pieces[0]
            taken = bytes(
                piece[self._taken :] if size < 0 else piece[self._taken : self._taken + size]
            )
            self._taken += len(taken)
            if self._taken >= len(piece):
                self._pieces.popleft()
                self._taken = 0
                self._changed.notify_all()
            return taken
