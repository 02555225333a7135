"""The checks that are made inside publish, before COMMIT: what fails here rolls everything back."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from blocks.transient import is_transient
from sql import Statement
from tasks.asking import ask, unmade
from tasks.planning import HOURLY
from tasks.quality import checks, day_values, hour_values
from tasks.run import Run
from tasks.verdicts import Verdict, require_pass
from tasks.windows import Window


class CannotAskTogether(Exception):
    """One of the claims cannot be asked; which, only asking them one by one tells."""


@dataclass(frozen=True)
class Asking:
    """How claims are asked on the connection of a publish: together, or one by one.

    A claim that cannot be asked ends the transaction, with the verdicts so far.
    """

    connection: Connection
    together: bool

    def ask(
        self,
        made: Sequence[Statement],
        scope: str,
        values: dict[str, Any],
        before: Sequence[Verdict],
    ) -> list[Verdict]:
        """The verdicts of some claims; `before` are those that there are."""
        if len(made) > 1 and not self.together:
            found: list[Verdict] = []
            for check in made:
                found += self.ask([check], scope, values, [*before, *found])
            return found
        began = time.monotonic()
        try:
            return ask(self.connection, made, scope, values)
        except DBAPIError as error:
            if is_transient(error):
                raise
            if len(made) > 1:
                raise CannotAskTogether from error
            require_pass([*before, unmade(made[0], scope, error, began)])
            raise


def check_merged(
    asking: Asking, touched: list[Window], verdicts: Sequence[Verdict]
) -> list[Verdict]:
    """The checks of what is merged; raises `ChecksFailed`, with the run's own verdicts, when one blocks."""
    made: list[Verdict] = []
    for window in touched or [Window(datetime.min, datetime.min)]:
        made += asking.ask(checks("merged"), "merged", day_values(window), [*verdicts, *made])
    require_pass([*verdicts, *made])
    return made


def check_hour(asking: Asking, run: Run, verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The checks of an hourly run, on the ledger as this run leaves it."""
    if run.plan.flow != HOURLY:
        return []
    values = hour_values(run.warehouse.lake, run.plan.window, run.id)
    return asking.ask(checks("hourly"), "hourly", values, verdicts)
