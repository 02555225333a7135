"""What Redshift reports of a COPY: lines of each file, and each line that it rejected."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text

from blocks.errors import Unreconciled
from sql import execute

LAG = 120.0  # seconds that the SYS views may lag behind a COPY
SETTLING = 10.0  # seconds in which a report that does not add up may still be completed
POLL = 0.2


@dataclass(frozen=True)
class LineError:
    """A rejected line: its file's address, its number in the file, and what is wrong with it."""

    url: str
    line: int
    column: str
    reason: str


@dataclass(frozen=True)
class LoadReport:
    """Rows loaded, lines by file address, and one error for each record that was rejected."""

    loaded: int
    lines: dict[str, int]
    errors: tuple[LineError, ...]
    headers: bool = False  # whether each file has a line that is neither loaded nor rejected

    @property
    def adds_up(self) -> bool:
        """Whether every line was loaded or rejected; header lines may be among them or not."""
        over = sum(self.lines.values()) - len(self.errors) - self.loaded
        return over == 0 or (self.headers and over == len(self.lines))


def last_copy(connection: Connection) -> tuple[int, int]:
    """The query id and the row count of this session's last COPY."""
    row = connection.execute(text("SELECT pg_last_copy_id(), pg_last_copy_count()")).one()
    return int(row[0]), int(row[1])


def read_report(
    engine: Engine, query: int, loaded: int, urls: list[str], headers: bool
) -> LoadReport:
    """The report of COPY `query`, once every file of its manifest is in it and it adds up.

    The views lag behind, each by itself, and are read outside the transaction of the COPY.
    Raises `Unreconciled` when a file is still missing after two minutes.
    """
    deadline = time.monotonic() + LAG
    while True:
        report = _report(engine, query, loaded, headers)
        missing = set(urls) - report.lines.keys()
        if not missing and (report.adds_up or time.monotonic() > deadline - LAG + SETTLING):
            return report
        if time.monotonic() > deadline:
            raise Unreconciled(f"COPY {query} does not report {len(missing)} files: {min(missing)}")
        time.sleep(POLL)


def _report(engine: Engine, query: int, loaded: int, headers: bool) -> LoadReport:
    """The report as it stands: an error for each line, or, where these are too few, each error.

    A line may hold several records, and then has an error for each that is rejected.
    """
    lines, errors = _lines(engine, query), _errors(engine, query)
    by_line = tuple(error for place, error in errors if place == 1)
    report = LoadReport(loaded, lines, by_line, headers)
    by_record = LoadReport(loaded, lines, tuple(error for _, error in errors), headers)
    return by_record if by_record.adds_up and not report.adds_up else report


def _errors(engine: Engine, query: int) -> list[tuple[int, LineError]]:
    with engine.begin() as connection:
        rows = execute(connection, "staging/load_errors", {"query": query}).all()
    return [
        (int(place), LineError(url, int(line), column or "", reason or ""))
        for url, line, column, reason, place in rows
    ]


def errors_of_session(engine: Engine, session: int, url: str) -> list[LineError]:
    """Some rejected lines of a file that a session could not load, once they are reported."""
    deadline = time.monotonic() + SETTLING
    while True:
        with engine.begin() as connection:
            values = {"pid": session, "url": url}
            rows = execute(connection, "staging/errors_of_session", values).all()
        if rows or time.monotonic() > deadline:
            return [LineError(url, int(n), column or "", why or "") for n, column, why in rows]
        time.sleep(POLL)


def _lines(engine: Engine, query: int) -> dict[str, int]:
    with engine.begin() as connection:
        rows = execute(connection, "staging/load_lines", {"query": query}).all()
    return {url: int(lines) for url, lines in rows}
