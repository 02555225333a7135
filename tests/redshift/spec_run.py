"""Sends the statements of a case and compares what comes back."""

from __future__ import annotations

import bz2
import gzip
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import psycopg2
from spec_case import BadCaseError, Case, Put, Step

_ERROR = re.compile(r"ERROR\s+(?P<states>[0-9A-Z*][0-9A-Z/]*)\s*(?P<text>.*)$")
_CLAUSES = (
    "ERROR",
    "NOT IMITATED",
    "NOTICE",
    "ROWCOUNT",
    "STATUS",
    "TYPES",
    "ANY ORDER",
    "NO ROWS",
)


@dataclass
class Target:
    """Where cases run: the embedded Redshift or a real cluster."""

    name: str
    connect: Callable[[], Any]
    put: Callable[[str, bytes], None] | None
    words: dict[str, str]
    not_imitated: type[Exception] | None = None


@dataclass
class Run:
    """One case on one target."""

    case: Case
    target: Target
    schema: str
    sessions: dict[int, Any] = field(default_factory=dict)

    def run(self) -> None:
        """Run every step in a schema of its own; AssertionError names what fails first."""
        try:
            self._plain(f"CREATE SCHEMA {self.schema}")
            for step in self.case.steps:
                if isinstance(step, Put):
                    self._put(step)
                else:
                    self._check(step)
        finally:
            self._clean()

    def _session(self, number: int) -> Any:
        if number not in self.sessions:
            made = self.target.connect()
            made.autocommit = not self.case.tagged("transaction")
            self.sessions[number] = made
            with made.cursor() as cursor:
                cursor.execute(f"SET search_path TO {self.schema}")
            if not made.autocommit:
                made.commit()
        return self.sessions[number]

    def _plain(self, sql: str) -> None:
        connection = self.target.connect()
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql)
        finally:
            connection.close()

    def _put(self, step: Put) -> None:
        assert self.target.put is not None
        content = self._words("\n".join(step.content)).encode()
        packed = {"gz": gzip.compress, "bz2": bz2.compress}.get(step.key.rpartition(".")[2])
        self.target.put(self._words(step.key), packed(content) if packed else content)

    def _check(self, step: Step) -> None:
        connection = self._session(step.session)
        where = f"{self.case.file.name}:{step.line}"
        expected = [self._words(text) for text in step.expected]
        del connection.notices[:]
        with connection.cursor() as cursor:
            try:
                cursor.execute(self._words(step.sql))
            except psycopg2.Error as error:
                _compare_error(where, expected, error)
                return
            except Exception as error:
                if not self._may_be_not_imitated(step, error):
                    raise
                return
            _compare(where, expected, cursor, connection, self)

    def _may_be_not_imitated(self, step: Step, error: Exception) -> bool:
        kind = self.target.not_imitated
        return kind is not None and isinstance(error, kind) and "NOT IMITATED" in step.expected

    def _words(self, text: str) -> str:
        for word, value in {**self.target.words, "$SCHEMA": self.schema}.items():
            text = text.replace(word, value)
        return text

    def _clean(self) -> None:
        for connection in self.sessions.values():
            connection.close()
        self._plain(f"DROP SCHEMA IF EXISTS {self.schema} CASCADE")


def _compare_error(where: str, expected: list[str], error: psycopg2.Error) -> None:
    wanted = next((text for text in expected if text.startswith("ERROR")), None)
    message = (error.pgerror or str(error)).strip()
    assert wanted, f"{where}: {error.pgcode} {message}"
    match = _ERROR.match(wanted)
    if match is None:
        raise BadCaseError(f"{where}: {wanted}")
    states = match["states"].split("/")
    assert "*" in states or error.pgcode in states, (
        f"{where}: SQLSTATE {error.pgcode}, not {match['states']}: {message}"
    )
    assert match["text"] in message, f"{where}: no {match['text']!r} in: {message}"


def _compare(where: str, expected: list[str], cursor: Any, connection: Any, run: Run) -> None:
    table = [text for text in expected if text.startswith("|")]
    for text in (text for text in expected if not text.startswith("|")):
        _compare_clause(where, text, cursor, connection, run)
    if table or "NO ROWS" in expected:
        assert cursor.description, f"{where}: no result"
        got_rows = cursor.fetchall()
        if "NO ROWS" in expected:
            assert got_rows == [], f"{where}: {len(got_rows)} rows"
            return
        names = [column.name for column in cursor.description]
        wanted = [_cells(line) for line in table]
        got = [names] + [[_text(value) for value in row] for row in got_rows]
        if "ANY ORDER" in expected:
            wanted, got = [wanted[0], *sorted(wanted[1:])], [got[0], *sorted(got[1:])]
        assert got == wanted, f"{where}:\n{_draw(got)}\ninstead of\n{_draw(wanted)}"


def _compare_clause(where: str, text: str, cursor: Any, connection: Any, run: Run) -> None:
    clause = next((word for word in _CLAUSES if text.startswith(word)), None)
    rest = text[len(clause) :].strip() if clause else ""
    if clause is None:
        raise BadCaseError(f"{where}: {text}")
    if clause == "ERROR":
        raise AssertionError(f"{where}: accepted, but should fail with {rest}")
    if clause == "NOT IMITATED":
        assert run.target.not_imitated is None, f"{where}: is imitated by now"
    elif clause == "NOTICE":
        assert any(rest in notice for notice in connection.notices), (
            f"{where}: {connection.notices}"
        )
    elif clause == "ROWCOUNT":
        assert cursor.rowcount == int(rest), f"{where}: rowcount {cursor.rowcount}"
    elif clause == "STATUS":
        assert cursor.statusmessage == rest, f"{where}: status {cursor.statusmessage}"
    elif clause == "TYPES":
        rows = cursor.fetchall()
        types = ", ".join(type(value).__name__ for value in rows[0])
        assert types == rest, f"{where}: types {types}"
        cursor.scroll(0, mode="absolute")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _text(value: Any) -> str:
    """A value as the tables write it: text with blanks at its ends or no letters is quoted."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, memoryview | bytes):
        return "x'" + bytes(value).hex() + "'"
    text = str(value)
    if isinstance(value, str) and (
        text != text.strip() or text in ("", "NULL") or re.search(r"[|'\n\t]", text)
    ):
        return json.dumps(text, ensure_ascii=False).replace("|", "\\u007c")
    return text


def _draw(rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
