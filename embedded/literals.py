"""Quote arguments as psycopg2 does on a Redshift server: with doubled backslashes.

Redshift does not report standard_conforming_strings, so libpq doubles backslashes there and leaves
them alone on PostgreSQL. The setting is turned off while arguments that may hold one are quoted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from psycopg2 import extensions

_PLAIN = (int, float, Decimal, date, time, timedelta, type(None))


def plain(arguments: Any) -> bool:
    """Whether no argument can hold a backslash."""
    if isinstance(arguments, str):
        return "\\" not in arguments
    if isinstance(arguments, dict):
        return all(map(plain, arguments.values()))
    if isinstance(arguments, (list, tuple)):
        return all(map(plain, arguments))
    return isinstance(arguments, _PLAIN)


@contextmanager
def with_backslash_escapes(connection: extensions.connection) -> Iterator[None]:
    """Let libpq quote as if the server took backslash escapes; leaves no transaction behind."""
    before = connection.info.transaction_status
    if before == extensions.TRANSACTION_STATUS_INERROR:
        yield  # no setting can be changed, and no statement can run either
        return
    with connection.cursor(cursor_factory=extensions.cursor) as cursor:
        cursor.execute("SET standard_conforming_strings TO off")
        try:
            yield
        finally:
            if connection.info.transaction_status == before:
                cursor.execute("SET standard_conforming_strings TO on")
            else:
                connection.rollback()  # psycopg2 began a transaction, which does not count
