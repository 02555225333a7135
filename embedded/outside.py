"""The second connection of a session: what it writes survives the rollback of the first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg2
from psycopg2 import extensions

APPLICATION_NAME = "embedded redshift"  # hidden from the session views


class Outside:
    """An autocommitting connection to the same database as another one, opened when first used.

    Sessions that tidy the same rows up at once wait for each other and find them gone: READ COMMITTED.
    """

    def __init__(self, connection: extensions.connection) -> None:
        self._arguments: dict[str, Any] = {
            **connection.info.dsn_parameters,
            "password": connection.info.password,
            "application_name": APPLICATION_NAME,
        }
        self._opened: extensions.connection | None = None

    @property
    def database(self) -> tuple[Any, ...]:
        """Which database of which server it is connected to."""
        return tuple(self._arguments.get(name) for name in ("host", "port", "dbname"))

    def run(
        self, sql: str, args: Sequence[Any] | dict[str, Any] | None = None
    ) -> list[tuple[Any, ...]]:
        """Run one statement in a transaction of its own."""
        with self._connection().cursor() as cursor:
            cursor.execute(sql, args)
            return cursor.fetchall() if cursor.description else []

    def columns(self, sql: str) -> tuple[Any, ...]:
        """The description of a query's columns."""
        with self._connection().cursor() as cursor:
            cursor.execute(sql)
            return cursor.description or ()

    def _connection(self) -> extensions.connection:
        if self._opened is None or self._opened.closed:
            self._opened = psycopg2.connect(**self._arguments)
            self._opened.set_session(isolation_level="READ COMMITTED", autocommit=True)
        return self._opened

    def close(self) -> None:
        """Close it when it was opened at all."""
        if self._opened is not None:
            self._opened.close()
