"""The checks that are made inside publish, before COMMIT: what fails here rolls everything back."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from blocks.transient import is_transient
from sql import Statement
from tasks.planning import HOURLY
from tasks.quality import ask, checks, day_values, hour_values, unmade
from tasks.run import Run
from tasks.verdicts import Verdict, require_pass
from tasks.windows import Window


def check_merged(
    connection: Connection, touched: list[Window], verdicts: Sequence[Verdict]
) -> list[Verdict]:
    """The checks of what is merged; raises `ChecksFailed`, with the run's own verdicts, when one blocks."""
    windows = touched or [Window(datetime.min, datetime.min)]
    made: list[Verdict] = []
    for check in checks("merged"):
        for window in windows:
            values = day_values(window)
            made.append(_ask(connection, check, "merged", values, [*verdicts, *made]))
    require_pass([*verdicts, *made])
    return made


def check_hour(connection: Connection, run: Run, verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The checks of an hourly run, on the ledger as this run leaves it."""
    if run.plan.flow != HOURLY:
        return []
    values = hour_values(run.warehouse.lake, run.plan.window, run.id)
    made: list[Verdict] = []
    for check in checks("hourly"):
        made.append(_ask(connection, check, "hourly", values, [*verdicts, *made]))
    return made


def _ask(
    connection: Connection,
    check: Statement,
    scope: str,
    values: dict[str, Any],
    verdicts: Sequence[Verdict],
) -> Verdict:
    """Judge one claim; one that cannot be made ends the transaction, with the verdicts so far."""
    began = time.monotonic()
    try:
        return ask(connection, check, scope, values)
    except DBAPIError as error:
        if not is_transient(error):
            require_pass([*verdicts, unmade(check, scope, error, began)])
        raise
