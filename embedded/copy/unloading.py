"""Execute an UNLOAD statement: a query's rows into objects on S3."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from psycopg2 import extensions

from embedded.copy import journal
from embedded.copy.execute import refusal, remember
from embedded.copy.records import LoadDies
from embedded.copy.storage import Storage, s3_errors, split_url
from embedded.copy.unload_files import SLICES, Target, manifest
from embedded.copy.unload_formats import Field, read_row
from embedded.copy.unload_statement import UnloadStatement, read_unload
from embedded.errors import Refused
from embedded.session import Session
from embedded.statements.lexer import tokens

NOT_EMPTY = (
    "Specified unload destination on S3 is not empty. Consider using a different bucket / prefix,"
    " manually removing the target files in S3, or using the ALLOWOVERWRITE option."
)
_RUN_OF_ROWS = 1_000  # that one slice takes before the next one does


def unload(session: Session, sql: str) -> None:
    """Write the rows of the query that the statement names."""
    statement = read_unload(sql)
    _check_select(statement.select)
    started, query_id = journal.now(), journal.next_query_id(session)
    query = session.translate(statement.select)
    fields = _fields(session, query)
    storage = Storage.of(session, statement.region)
    target = Target(storage, statement)
    try:
        storage.check_region()
        _clear(storage, statement)
        _write(session, query, target, fields)
        if statement.manifest:
            bucket, prefix = split_url(statement.target)
            with s3_errors():
                storage.store(bucket).put(prefix + "manifest", manifest(target, fields))
    except LoadDies as died:
        raise refusal(session, died, query_id) from None
    _tell(session, target, query_id, started)


def _check_select(select: str) -> None:
    found = tokens(select)
    if not found or not (found[0].is_word("select", "with") or found[0].text == "("):
        raise Refused("42601", "UNLOAD takes a SELECT statement")
    depth = 0
    for token in found:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth == 0 and token.is_word("limit"):
            raise Refused("0A000", "Limit clause is not supported")
        if token.text == ";":
            raise Refused("42601", "UNLOAD takes one SELECT statement")


def _fields(session: Session, query: str) -> list[Field]:
    session.run("SELECT 1")
    with session.connection.cursor(cursor_factory=extensions.cursor) as cursor:
        cursor.execute(f"SELECT * FROM ({query}) AS unloaded LIMIT 0")
        return [
            Field(one.name, one.type_code, one.precision, one.scale)
            for one in cursor.description or ()
        ]


def _clear(storage: Storage, statement: UnloadStatement) -> None:
    """Refuse or remove what is already under the prefix."""
    bucket, prefix = split_url(statement.target)
    if statement.allow_overwrite:
        return
    folder = prefix.rpartition("/")[0]
    store = storage.store(bucket)
    with s3_errors():
        found = [meta["path"] for page in store.list(folder or None) for meta in page]
        there = [key for key in found if key.startswith(prefix)]
        if statement.clean_path and there:
            store.delete(there)
        elif there:
            raise LoadDies(NOT_EMPTY)


def _write(session: Session, query: str, target: Target, fields: Sequence[Field]) -> None:
    slices = [target.slice(n, fields) for n in range(SLICES if target.statement.parallel else 1)]
    count = 0

    def take(line: str) -> None:
        nonlocal count
        slices[count // _RUN_OF_ROWS % len(slices)].add(read_row(line))
        count += 1

    lines = _Lines(take)
    session.copy_out(f"COPY ({query}) TO STDOUT", lines)
    for one in slices:
        one.close()


class _Lines(io.RawIOBase):
    """A file that hands on its lines."""

    def __init__(self, take: Callable[[str], None]) -> None:
        self._take = take
        self._rest = b""

    def writable(self) -> bool:
        """It is for writing."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take what the server sends: whole lines, mostly one."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            self._take(line.decode())
        return len(data)


def _tell(session: Session, target: Target, query_id: int, started: datetime) -> None:
    statement = target.statement
    rows = sum(one.rows for one in target.written)
    history = journal.common(session, query_id, started) | {
        "status": "completed",
        "file_format": statement.format,
        "compression_type": statement.compression or "none",
        "unloaded_location": statement.target,
    }
    files: dict[str, Sequence[Any]] = {
        "path": [one.url for one in target.written],
        "line_count": [one.rows for one in target.written],
        "transfer_size": [one.size for one in target.written],
    }
    types = {"path": "text", "line_count": "bigint", "transfer_size": "bigint"}
    tables = {"unload_files": (types, files)} if target.written else {}
    journal.Entry("unload_history", history, tables).write(session)
    remember(session, "unload", query_id, rows)
    session.notice(f"UNLOAD completed, {rows} record(s) unloaded successfully.")
