"""Ask whether claims hold: each is a query that returns the rows that break it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from blocks.transient import is_transient
from sql import Statement, bound
from tasks.verdicts import Verdict

SAMPLE_ROWS = 10


def judge(
    engine: Engine, made: Sequence[Statement], scope: str, values: dict[str, Any]
) -> list[Verdict]:
    """The verdicts of claims, asked together; where that is an error, one by one.

    A claim that cannot be asked has the verdict `error`, never `pass`.
    """
    began = time.monotonic()
    try:
        with engine.begin() as connection:
            return ask(connection, made, scope, values)
    except DBAPIError as error:
        if is_transient(error):
            raise
        if len(made) == 1:
            return [unmade(made[0], scope, error, began)]
    return [verdict for check in made for verdict in judge(engine, [check], scope, values)]


def unmade(check: Statement, scope: str, error: DBAPIError, began: float) -> Verdict:
    """The verdict of a claim that could not be asked."""
    reason = ({"error": " ".join(str(error.orig).split())},)
    seconds = round(time.monotonic() - began, 3)
    return Verdict(check.name, scope, check.severity, "error", 0, reason, seconds)


def ask(
    connection: Connection, made: Sequence[Statement], scope: str, values: dict[str, Any]
) -> list[Verdict]:
    """Judge claims on a connection, all in one statement; database errors are the caller's.

    The seconds of each are its share of the statement's, and its sample's.
    """
    began = time.monotonic()
    counts = _count(connection, made, values)
    share = (time.monotonic() - began) / max(len(made), 1)
    return [_verdict(connection, check, scope, values, counts[check.name], share) for check in made]


def _count(
    connection: Connection, made: Sequence[Statement], values: dict[str, Any]
) -> dict[str, int]:
    """The rows that break each claim: one round trip, however many claims."""
    counted = "\nUNION ALL\n".join(
        f"SELECT CAST('{check.name}' AS VARCHAR(128)) AS check_name, COUNT(*) AS rows_broken FROM (\n"
        f"{check.text}\n) AS broken"
        for check in made
    )
    if not made:
        return {}
    return {name: int(rows) for name, rows in connection.execute(*bound(counted, values))}


def _verdict(
    connection: Connection,
    check: Statement,
    scope: str,
    values: dict[str, Any],
    broken: int,
    share: float,
) -> Verdict:
    began = time.monotonic()
    sample: tuple[dict[str, Any], ...] = ()
    if broken:
        limited = f"SELECT * FROM (\n{check.text}\n) AS broken LIMIT {SAMPLE_ROWS}"
        rows = connection.execute(*bound(limited, values)).mappings()
        sample = tuple(dict(row) for row in rows)
    verdict = {True: "fail", False: "warn"}[check.severity == "block"] if broken else "pass"
    seconds = round(share + time.monotonic() - began, 3)
    return Verdict(check.name, scope, check.severity, verdict, broken, sample, seconds)
