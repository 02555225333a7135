"""An embedded Amazon Redshift: a real PostgreSQL and a real S3 API that keep Redshift's rules.

    connection = embedded.connect(**psycopg2_arguments)
    engine = create_engine(url, connect_args={"cursor_factory": embedded.Cursor})

In a SERIALIZABLE database, `"connection_factory": embedded.Connection` has also commit() fail as
Redshift's does.

Names are looked up when first used: the stack's commands work without psycopg2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from embedded.errors import NotImitated

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from embedded.cursor import Cursor
    from embedded.door import Connection

__all__ = ["Connection", "Cursor", "NotImitated", "connect"]


def connect(*args: Any, **kwargs: Any) -> connection:
    """Open the Redshift door; takes what psycopg2.connect takes."""
    import psycopg2

    from embedded.connection_options import as_postgres
    from embedded.cursor import Cursor
    from embedded.door import Connection

    door = {"cursor_factory": Cursor, "connection_factory": Connection}
    if kwargs.get("options"):
        kwargs["options"] = as_postgres(kwargs["options"])
    made: connection = psycopg2.connect(*args, **{**door, **kwargs})
    return made


def __getattr__(name: str) -> Any:
    if name == "Cursor":
        from embedded.cursor import Cursor

        return Cursor
    if name == "Connection":
        from embedded.door import Connection

        return Connection
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
