"""What STL_QUERY and SYS_QUERY_HISTORY tell: the statements that ran, written in batches.

Each session keeps its last statements and writes them when there are many, when any session of this
process asks for them, and when its connection is gone. The first statement under a label is written
at once: other processes look for sessions by their labels.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg2

from embedded.statements.split import Statement

_BATCH = 200
_KEPT = 10_000
_VIEWS = re.compile(
    r"\b(stl_query|stl_querytext|stl_ddltext|stl_utilitytext|svl_qlog|svl_statementtext"
    r"|sys_query_history|sys_query_text|stl_wlm_query|stl_connection_log|sys_connection_log)\b",
    re.IGNORECASE,
)
_SECRETS = re.compile(
    r"\b(credentials|access_key_id|secret_access_key|session_token|master_symmetric_key|password)"
    r"(\s+as)?(\s*)'(?:[^'\\]|''|\\.)*'",
    re.IGNORECASE | re.DOTALL,
)
_QUERIES = {
    "select": "SELECT",
    "with": "SELECT",
    "(": "SELECT",
    "set": "UTILITY",
    "show": "UTILITY",
}
_DATA = ("insert", "update", "delete", "merge", "copy", "unload")
_DDL = ("create", "drop", "alter", "grant", "revoke", "comment", "truncate")
_LONGEST = 65_535


@dataclass(frozen=True)
class Record:
    """One statement that ran."""

    query_id: int
    session_id: int
    user_name: str
    transaction_id: int
    label: str
    database_name: str
    query_type: str
    start_time: datetime
    end_time: datetime
    aborted: bool
    error_message: str | None
    returned_rows: int
    query_text: str


class History:
    """The statements of one session that are not written yet."""

    def __init__(self, run: Callable[[str, Any], Any]) -> None:
        self._run = run
        self._records: list[Record] = []
        self._told = {"default"}

    def add(self, record: Record) -> None:
        """Keep a statement; write the batch when it is large, or has a label that is new."""
        self._records.append(record)
        if len(self._records) >= _BATCH or record.label not in self._told:
            self._told.add(record.label)
            self.write()

    def write(self) -> None:
        """Write what is kept, and let go of the oldest statements.

        What cannot be written is lost: the statements ran, and must not fail for their history.
        """
        if self._records:
            records, self._records = self._records, []
            rows = [astuple(record) for record in records]
            with suppress(psycopg2.OperationalError, psycopg2.InterfaceError):
                self._run("SELECT redshift_catalog.record(%s, %s)", (_columns(rows), _KEPT))


def _columns(rows: list[tuple[Any, ...]]) -> str:
    return json.dumps(rows, default=str)


def asks_for_history(text: str) -> bool:
    """Whether a text names one of the views of what ran."""
    return _VIEWS.search(text) is not None


def redacted(text: str) -> str:
    """The text without the secrets of COPY, UNLOAD and CREATE USER."""
    return _SECRETS.sub(lambda match: f"{match[1]}{match[2] or ''}{match[3]}''", text)[:_LONGEST]


def query_type(statement: Statement) -> str:
    """What SYS_QUERY_HISTORY calls a kind of statement."""
    if statement.verb in _QUERIES:
        return _QUERIES[statement.verb]
    if statement.verb in _DATA:
        return statement.verb.upper()
    return "DDL" if statement.verb in _DDL else "UTILITY"


def now() -> datetime:
    """The time as the views show it: UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)
