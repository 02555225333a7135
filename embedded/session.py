"""What a statement may do on a connection: shared by handlers, COPY and the translator."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import RLock
from typing import Any, NoReturn

import psycopg2
from psycopg2 import extensions

from embedded import verdicts
from embedded.columns import Column, declared_columns, look_ahead
from embedded.history import History, Record, now, query_type, redacted
from embedded.outside import Outside
from embedded.state import IDS_AT_ONCE, State
from embedded.statements import Statement
from embedded.transactions import Transaction

_SESSIONS: weakref.WeakKeyDictionary[extensions.connection, Session] = weakref.WeakKeyDictionary()


@dataclass
class Outcome:
    """How a statement went."""

    rows: int = -1


def _end(history: History, outside: Outside) -> None:
    history.write()
    outside.close()


def write_histories(database: tuple[Any, ...]) -> None:
    """Have every session of this process write what ran in it, in one database."""
    for session in list(_SESSIONS.values()):
        if session.database == database:
            session.history.write()


_NOTICES = 50  # as many as psycopg2 keeps

Row = tuple[Any, ...]
Arguments = Sequence[Any] | dict[str, Any] | None


class Session:
    """One connection as Redshift sees it.

    `run`, `copy_in` and `copy_out` work in the user's transaction; `outside` works in one of its
    own, so that what it writes survives a rollback.
    """

    def __init__(self, connection: extensions.connection) -> None:
        self._connection = weakref.ref(connection)
        self._outside = Outside(connection)
        self.history = History(self._outside.run)
        weakref.finalize(connection, _end, self.history, self._outside)
        self.state = State()
        self.transaction = Transaction(self)
        self.introduced = False
        self.pid = connection.info.backend_pid  # kept, because a lost connection tells nothing
        self.user = connection.info.user
        self.database_name = connection.info.dbname
        self.lock = RLock()  # a connection may serve several threads

    @staticmethod
    def of(connection: extensions.connection) -> Session:
        """The session of a connection; made at its first statement."""
        session = _SESSIONS.get(connection)
        if session is None:
            session = _SESSIONS[connection] = Session(connection)
        return session

    def introduce(self) -> None:
        """Ask the server what every statement needs; a statement of its own transaction."""
        known = self.run("SELECT redshift_catalog.introduce()")[0][0]
        self.introduced = True
        self.state.query_id = known["first_query_id"]
        self.state.isolation = known["isolation"]
        self.state.settings = known["opened_with"] | known["settings"]

    @contextmanager
    def recorded(self, statement: Statement) -> Iterator[Outcome]:
        """Run one statement under an id of its own, and keep how it went."""
        self._next_query_id()
        outcome, start, failure = Outcome(), now(), None
        try:
            yield outcome
        except BaseException as error:
            failure = str(error).partition("\n")[0]
            raise
        finally:
            self.history.add(self._record(statement, start, failure, outcome.rows))
            self.state.last_query_id = self.state.query_id

    def _next_query_id(self) -> None:
        self.state.query_id += 1
        if self.state.query_id % IDS_AT_ONCE == 0:
            first = self.outside("SELECT nextval('redshift_catalog.query_ids')")
            self.state.query_id = first[0][0]
        self.transaction.id = self.transaction.id or self.state.query_id

    def _record(
        self, statement: Statement, start: datetime, failure: str | None, rows: int
    ) -> Record:
        return Record(
            query_id=self.state.query_id,
            session_id=self.pid,
            user_name=self.user,
            transaction_id=self.transaction.id,
            label=self.state.flags.get("query_group", self.state.settings["query_group"]),
            database_name=self.database_name,
            query_type=query_type(statement),
            start_time=start,
            end_time=now(),
            aborted=failure is not None,
            error_message=failure,
            returned_rows=max(rows, 0),
            query_text=redacted(statement.text),
        )

    @property
    def database(self) -> tuple[Any, ...]:
        """Which database of which server this is a session of."""
        return self._outside.database

    @property
    def connection(self) -> extensions.connection:
        """The user's psycopg2 connection."""
        connection = self._connection()
        if connection is None:
            raise psycopg2.InterfaceError("connection already closed")
        return connection

    def run(self, sql: str, args: Arguments = None) -> list[Row]:
        """Run PostgreSQL SQL on the user's connection and return its rows."""
        self.transaction.snapshot = True
        return self.control(sql, args)

    def control(self, sql: str, args: Arguments = None) -> list[Row]:
        """Like `run`, for commands that take no snapshot: BEGIN, SET, SHOW, LOCK."""
        with self._plain_cursor() as cursor:
            cursor.execute(sql, args)
            return cursor.fetchall() if cursor.description else []

    def copy_in(self, sql: str, file: Any) -> None:
        """COPY ... FROM STDIN on the user's connection."""
        self.transaction.snapshot = True
        with self._plain_cursor() as cursor:
            cursor.copy_expert(sql, file, 1 << 20)

    def copy_out(self, sql: str, file: Any) -> None:
        """COPY ... TO STDOUT on the user's connection."""
        self.transaction.snapshot = True
        with self._plain_cursor() as cursor:
            cursor.copy_expert(sql, file)

    def outside(self, sql: str, args: Arguments = None) -> list[Row]:
        """Run PostgreSQL SQL on a second, autocommitting connection: it survives a rollback."""
        return self._outside.run(sql, args)

    def outside_columns(self, sql: str) -> tuple[Any, ...]:
        """The description of the columns of a query outside."""
        return self._outside.columns(sql)

    def notice(self, text: str) -> None:
        """Tell the client something, as the server would."""
        self._tell(f"INFO:  {text}\n")

    def warn(self, text: str) -> None:
        """Warn the client of something, as the server would."""
        self._tell(f"WARNING:  {text}\n")

    def _tell(self, text: str) -> None:
        notices = self.connection.notices
        notices.append(text)
        del notices[:-_NOTICES]

    def refuse(self, sqlstate: str, message: str, detail: str | None = None) -> NoReturn:
        """Raise a psycopg2 error through the server: the transaction is aborted with it."""
        verdicts.raise_through(self.run, sqlstate, message, detail)

    def quote(self, sql: str, args: Arguments) -> str:
        """SQL text with its arguments in place."""
        with self._plain_cursor() as cursor:
            return cursor.mogrify(sql, args).decode()

    def columns(self, table: str) -> list[Column]:
        """The declared columns of a table or view, in order; refused when there is none."""
        return declared_columns(self, table)

    def translate(self, sql: str) -> str:
        """The PostgreSQL text of one Redshift query or DML statement."""
        from embedded.query import translate

        translated: str = translate(sql, self.context())
        return translated

    def translate_expression(self, sql: str) -> str:
        """The PostgreSQL text of one Redshift expression, for a column default."""
        from embedded.query import translate_expression

        translated: str = translate_expression(sql, self.context())
        return translated

    def context(self) -> Any:
        """What the translator may ask of this session."""
        from embedded.query.context import Context

        return Context(
            columns=lambda table: declared_columns(self, table, missing_ok=True) or None,
            look_ahead=lambda tables: look_ahead(self, tables),
            case_sensitive_identifiers=self.state.case_sensitive,
            error_on_nondeterministic_update=self.state.is_on("error_on_nondeterministic_update"),
            shuffle_unordered=self.state.is_on("shuffle_unordered"),
        )

    def _plain_cursor(self) -> extensions.cursor:
        return self.connection.cursor(cursor_factory=extensions.cursor)
