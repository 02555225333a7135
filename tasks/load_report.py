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
    """Rows loaded, lines by file address, and the rejected lines, one error for each."""

    loaded: int
    lines: dict[str, int]
    errors: tuple[LineError, ...]

    @property
    def adds_up(self) -> bool:
        """Whether every line was loaded or rejected, with or without a header line in each file."""
        over = sum(self.lines.values()) - len(self.errors) - self.loaded
        return over in (0, len(self.lines))


def last_copy(connection: Connection) -> tuple[int, int]:
    """The query id and the row count of this session's last COPY."""
    row = connection.execute(text("SELECT pg_last_copy_id(), pg_last_copy_count()")).one()
    return int(row[0]), int(row[1])


def read_report(engine: Engine, query: int, loaded: int, urls: list[str]) -> LoadReport:
    """The report of COPY `query`, once every file of its manifest is in it and it adds up.

    The views lag behind, each by itself, and are read outside the transaction of the COPY.
    Raises `Unreconciled` when a file is still missing after two minutes.
    """
    deadline = time.monotonic() + LAG
    while True:
        report = LoadReport(loaded, _lines(engine, query), tuple(read_errors(engine, query)))
        missing = set(urls) - report.lines.keys()
        if not missing and (report.adds_up or time.monotonic() > deadline - LAG + SETTLING):
            return report
        if time.monotonic() > deadline:
            raise Unreconciled(f"COPY {query} does not report {len(missing)} files: {min(missing)}")
        time.sleep(POLL)


def read_errors(engine: Engine, query: int) -> list[LineError]:
    """The rejected lines of a COPY: the first error of each."""
    with engine.begin() as connection:
        rows = execute(connection, "staging/load_errors", {"query": query}).all()
    return [
        LineError(url, int(line), column or "", reason or "") for url, line, column, reason in rows
    ]


def _lines(engine: Engine, query: int) -> dict[str, int]:
    with engine.begin() as connection:
        rows = execute(connection, "staging/load_lines", {"query": query}).all()
    return {url: int(lines) for url, lines in rows}
