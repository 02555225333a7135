"""The door of a warehouse: every new connection is told where to go and as whom."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import psycopg2
from sqlalchemy import Dialect, Engine, event

from blocks.endpoint import Address
from blocks.login import Login, Logins

REFUSED = "authentication failed"


class Door:
    """Address and login of the connections of one engine."""

    def __init__(self, address: Callable[[], Address], login: Callable[[], Login]) -> None:
        self._find = address
        self._address: Address | None = None
        self._lock = threading.Lock()
        self.logins = Logins(login)

    def address(self) -> Address:
        """Host and port, looked up once."""
        with self._lock:
            self._address = self._address or self._find()
            return self._address

    def guard(self, engine: Engine) -> None:
        """Have the engine ask here whenever it connects; its URL holds no secret."""
        event.listen(engine, "do_connect", self._connect)

    def _connect(
        self, dialect: Dialect, _: Any, positional: Sequence[Any], named: dict[str, Any]
    ) -> Any:
        """Connect; a login refused before its time was revoked or rotated, so once more with a new."""
        host, port = self.address()
        login = self.logins.current()

        def connect(login: Login) -> Any:
            to = {"host": host, "port": port, "user": login.user, "password": login.password}
            return dialect.connect(*positional, **{**named, **to})

        try:
            return connect(login)
        except psycopg2.OperationalError as error:
            instead = self.logins.instead_of(login) if REFUSED in str(error) else None
            if instead is None:
                raise
        return connect(instead)
