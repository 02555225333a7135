"""The psycopg2 cursor that reads every statement as Redshift."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from psycopg2 import extensions

from embedded import literals
from embedded.dispatch import run
from embedded.session import Session
from embedded.statements.answer import Answer

_CLEAR = "SET redshift.nothing TO ''"  # leaves a cursor without a result, and takes no snapshot


class Cursor(extensions.cursor):
    """A cursor of the embedded Redshift: `cursor_factory=embedded.Cursor`."""

    _answer = Answer()

    def execute(self, query: Any, vars: Any = None) -> None:
        """Run a text of one or more Redshift statements; the results are those of the last."""
        session = Session.of(self.connection)
        with session.lock:
            text = self._text(query, vars)
            self._answer = Answer()
            run(session, text, self._show)

    def _show(self, answer: Answer) -> int:
        super().execute(answer.sql or _CLEAR)
        self._answer = answer
        return self.rowcount

    def _text(self, query: Any, arguments: Any) -> str:
        return self.mogrify(query, arguments).decode(extensions.encodings[self.connection.encoding])

    def mogrify(self, query: Any, vars: Any = None) -> bytes:
        """The text with its arguments in place, quoted as for a Redshift server."""
        if vars is None or literals.plain(vars):
            return super().mogrify(query, vars)
        with literals.with_backslash_escapes(self.connection):
            return super().mogrify(query, vars)

    def executemany(self, query: Any, vars_list: Iterable[Any]) -> None:
        """Run a text once for each set of arguments; `rowcount` is the sum."""
        total = 0
        for arguments in vars_list:
            self.execute(query, arguments)
            total = -1 if self.rowcount < 0 else total + self.rowcount
        self._answer = Answer(rowcount=total)

    def callproc(
        self,
        procname: str | bytes | bytearray | memoryview,
        parameters: Sequence[Any] | Mapping[str, Any] | None = None,
    ) -> Any:
        """Select from a function, as psycopg2 does."""
        name = procname if isinstance(procname, str) else bytes(procname).decode()
        given = parameters or ()
        values = list(given.values() if isinstance(given, Mapping) else given)
        self.execute(f"SELECT * FROM {name}({', '.join(['%s'] * len(values))})", values)
        return parameters

    def copy_expert(self, sql: Any, file: Any, size: int = 8192) -> None:
        """Refused: Redshift copies from and to S3 only."""
        self._no_client_copy()

    def copy_from(self, file: Any, table: str, *_: Any, **__: Any) -> None:
        """Refused: Redshift copies from and to S3 only."""
        self._no_client_copy()

    def copy_to(self, file: Any, table: str, *_: Any, **__: Any) -> None:
        """Refused: Redshift copies from and to S3 only."""
        self._no_client_copy()

    def _no_client_copy(self) -> None:
        self.execute("COPY client FROM STDIN")

    @property
    def rowcount(self) -> int:
        """As the server tells it; -1 after COPY, because Redshift tells no count."""
        told = self._answer.rowcount
        return super().rowcount if told is None else told

    @property
    def statusmessage(self) -> str | None:
        """The command tag that Redshift would send."""
        return self._answer.status or super().statusmessage
