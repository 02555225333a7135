"""User and password of a connection: kept while they are good, fetched by one thread at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

MARGIN = timedelta(minutes=2)  # a password is looked at only when a connection begins


@dataclass(frozen=True)
class Login:
    """User and password, good until `expires`; without it, for ever."""

    user: str
    password: str = field(repr=False)
    expires: datetime | None = field(default=None, compare=False)

    @property
    def is_good(self) -> bool:
        """Whether it will still be good when the warehouse looks at it."""
        return self.expires is None or datetime.now(UTC) < self.expires - MARGIN


class Logins:
    """The login to use now, shared by the connections of an engine."""

    def __init__(self, fetch: Callable[[], Login]) -> None:
        self._fetch = fetch
        self._lock = threading.Lock()
        self._kept: Login | None = None

    def current(self) -> Login:
        """The login that is kept, or a new one shortly before that expires."""
        with self._lock:
            if self._kept is None or not self._kept.is_good:
                self._kept = self._fetch()
            return self._kept

    def instead_of(self, refused: Login) -> Login | None:
        """The login that took the place of a refused one; None when a new one cannot differ."""
        with self._lock:
            if self._kept == refused and refused.expires is not None:
                self._kept = self._fetch()
            return self._kept if self._kept != refused else None
