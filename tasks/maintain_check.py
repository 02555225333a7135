"""Check the whole warehouse: the checks of scope `warehouse`, day by day where they name days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from sqlalchemy import Engine

from sql import Statement, execute
from tasks.asking import SAMPLE_ROWS, judge
from tasks.quality import day_values
from tasks.retries import retry_if_transient
from tasks.verdicts import Verdict
from tasks.windows import DAY, Window

SCOPE = "warehouse"
WORST = ("pass", "warn", "fail", "error")


def play_days(engine: Engine) -> list[Window]:
    """The days that have plays, each as a window."""
    with engine.begin() as connection:
        days = execute(connection, "maintain/play_days").scalars().all()
    starts = [datetime(day.year, day.month, day.day) for day in days]
    return [Window(start, start + DAY) for start in starts]


@task(
    name="check-warehouse",
    task_run_name="check-{check.name}",
    cache_policy=NO_CACHE,
    retries=2,
    retry_delay_seconds=[5, 30],
    retry_jitter_factor=0.5,
    retry_condition_fn=retry_if_transient,
)
def check_warehouse(engine: Engine, check: Statement, days: Sequence[Window]) -> Verdict:
    """Judge one claim on everything that is published, over connections that see `sparkify`.

    A check that names `:lo` and `:hi` is asked for each day; one that cannot be made is an error.
    """
    windows = days if ":lo" in check.text else [Window(datetime.min, datetime.max)]
    asked = (judge(engine, [check], SCOPE, day_values(window)) for window in windows)
    return together(check, [verdict for made in asked for verdict in made])


def together(check: Statement, verdicts: Sequence[Verdict]) -> Verdict:
    """The verdicts of one check on several days as one; without a day there is nothing to break."""
    worst = max((verdict.verdict for verdict in verdicts), key=WORST.index, default="pass")
    samples: list[dict[str, Any]] = [row for verdict in verdicts for row in verdict.sample]
    seconds = round(sum(verdict.seconds for verdict in verdicts), 3)
    broken = sum(verdict.rows_broken for verdict in verdicts)
    sample = tuple(samples[:SAMPLE_ROWS])
    return Verdict(check.name, SCOPE, check.severity, worst, broken, sample, seconds)
