"""The psycopg2 connection of the Redshift door: its COMMIT may fail as Redshift's does."""

from __future__ import annotations

from psycopg2 import extensions

from embedded.mapping import as_redshift
from embedded.session import Session


class Connection(extensions.connection):
    """A connection whose commit() tells a serialization conflict as Redshift does."""

    def commit(self) -> None:
        """Commit the transaction."""
        with as_redshift(Session.of(self)):
            super().commit()
