"""Write what the STL_LOAD_* and SYS_LOAD_* views show, with one statement per COPY."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from embedded.copy.options import CopyStatement
from embedded.copy.outcome import Outcome
from embedded.names import to_regclass
from embedded.session import Session

_KEPT = 1_000  # COPYs and UNLOADs; older rows go when a new one is written
_LOAD_TABLES = ("load_files", "load_errors", "load_error_fields", "load_replacements")
_UNLOAD_TABLES = ("unload_files",)

Columns = dict[str, Sequence[Any]]


def now() -> datetime:
    """The time as the views show it: UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def next_query_id(session: Session) -> int:
    """The id of the statement that runs."""
    if session.state.query_id > 0:
        return session.state.query_id
    return int(session.outside("SELECT nextval('redshift_catalog.query_ids')")[0][0])


@dataclass(frozen=True)
class Entry:
    """The history row of one COPY or UNLOAD, and the rows of the tables that belong to it."""

    history_table: str
    history: dict[str, Any]
    tables: dict[str, tuple[dict[str, str], Columns]] = field(default_factory=dict)

    def write(self, session: Session) -> None:
        """Write it to stay, and for this transaction to see."""
        self.write_outside(session)
        if not session.transaction.own:
            session.run(*self._insert("pg_current_xact_id()"))

    def write_outside(self, session: Session) -> None:
        """Write it to stay, and let go of what is old."""
        detail_tables = _LOAD_TABLES if self.history_table == "load_history" else _UNLOAD_TABLES
        session.outside(_forget(self.history_table, detail_tables))
        session.outside(*self._insert("NULL"))

    def _insert(self, inside: str) -> tuple[str, dict[str, Any]]:
        arguments: dict[str, Any] = dict(self.history)
        names = ", ".join(self.history)
        values = ", ".join(f"%({name})s" for name in self.history)
        place = f"redshift_catalog.{self.history_table}"
        parts = [f"h AS (INSERT INTO {place} ({names}, inside) VALUES ({values}, {inside}))"]
        for table, (types, columns) in self.tables.items():
            arrays = ", ".join(f"%({table}_{name})s::{kind}[]" for name, kind in types.items())
            arguments |= {f"{table}_{name}": list(columns[name]) for name in types}
            names = ", ".join(types)
            parts.append(
                f"{table} AS (INSERT INTO redshift_catalog.{table} (query_id, {names}, inside)"
                f" SELECT %(query_id)s, u.*, {inside} FROM unnest({arrays}) AS u)"
            )
        return f"WITH {', '.join(parts)} SELECT 1", arguments


def _forget(history: str, tables: Sequence[str]) -> str:
    oldest = (
        f"SELECT query_id FROM redshift_catalog.{history} WHERE inside IS NULL"
        f" ORDER BY query_id DESC OFFSET {_KEPT} LIMIT 1"
    )
    gone = f"query_id <= ({oldest}) OR inside < pg_snapshot_xmin(pg_current_snapshot())"
    deletions = [f"{t} AS (DELETE FROM redshift_catalog.{t} WHERE {gone})" for t in tables]
    deletions.append(f"h AS (DELETE FROM redshift_catalog.{history} WHERE {gone})")
    return f"WITH {', '.join(deletions)} SELECT 1"


def common(session: Session, query_id: int, started: datetime) -> dict[str, Any]:
    """What the history of every statement tells."""
    user, transaction, database = session.run(
        "SELECT usesysid::integer, pg_current_xact_id()::text::bigint, current_database()::text"
        " FROM pg_user WHERE usename = current_user"
    )[0]
    return {
        "query_id": query_id,
        "user_id": user,
        "transaction_id": transaction,
        "session_id": session.connection.info.backend_pid,
        "database_name": database,
        "start_time": started,
        "end_time": now(),
    }


def load_entry(
    session: Session, statement: CopyStatement, common: dict[str, Any], outcome: Outcome,
    completed: bool, sources: int,
) -> Entry:  # fmt: skip
    """What a COPY leaves in the views."""
    table_id = session.run(f"SELECT {to_regclass(statement.table)}::oid::bigint::integer")[0][0]
    form = {"text": "txt", "fixedwidth": "txt"}.get(statement.options.format)
    history = common | {
        "table_name": statement.table_name,
        "table_id": table_id,
        "status": "completed" if completed else "aborted",
        "data_source": statement.source,
        "file_format": form or statement.options.format,
        "loaded_rows": outcome.rows if completed else 0,
        "source_file_count": sources,
        "error_count": outcome.errors,
    }
    return Entry("load_history", history, _load_tables(outcome))


def _load_tables(outcome: Outcome) -> dict[str, tuple[dict[str, str], Columns]]:
    tables: dict[str, tuple[dict[str, str], Columns]] = {}
    names = [one.source.url for one in outcome.files]
    rows: list[tuple[Any, ...]]
    rows = [(one.source.url, one.size, one.records, one.rejected) for one in outcome.files]
    tables["load_files"] = _columns(
        "file_name text, bytes_scanned bigint, lines_scanned bigint, errors bigint", rows
    )
    rows = [
        (
            names[r.file], r.line, r.column, r.type, r.length, r.position,
            shown(r.raw_line), shown(r.raw_value), r.code, r.reason,
        )
        for r in outcome.rejections
    ]  # fmt: skip
    tables["load_errors"] = _columns(
        "file_name text, line_number bigint, column_name text, column_type text,"
        " column_length text, position integer, raw_line text, raw_value text, code integer,"
        " reason text", rows,
    )  # fmt: skip
    rows = [
        (
            names[d.file],
            d.line,
            d.number,
            d.column,
            shown(d.value),
            int(d.is_null),
            d.type,
            d.length,
        )
        for d in outcome.details
    ]
    tables["load_error_fields"] = _columns(
        "file_name text, line_number bigint, field integer, column_name text, value text,"
        " is_null integer, column_type text, column_length text", rows,
    )  # fmt: skip
    rows = [(names[file], line, col, shown(raw)) for file, line, col, raw in outcome.replacements]
    tables["load_replacements"] = _columns(
        "file_name text, line_number bigint, column_name text, raw_line text", rows
    )
    return {table: found for table, found in tables.items() if next(iter(found[1].values()))}


def _columns(declared: str, rows: list[tuple[Any, ...]]) -> tuple[dict[str, str], Columns]:
    types = dict(part.split() for part in declared.split(", ")) if declared else {}
    values = list(zip(*rows, strict=True)) or [()] * len(types)
    return types, dict(zip(types, values, strict=True))


def shown(raw: bytes) -> str:
    """Raw bytes as the views show them: what is no text is replaced, NUL is gone."""
    return raw.decode(errors="replace").replace("\0", "")
