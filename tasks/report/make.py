"""Make the report: ask, draw, write."""

from __future__ import annotations

from datetime import datetime, timedelta

from blocks.errors import SparkifyError, UsageError
from blocks.redshift import Redshift
from tasks.pin import has_schema
from tasks.report.period import choose_period
from tasks.report.questions import ask
from tasks.windows import utc

RUNS = timedelta(days=30)
MISSING = "the report needs its extra: pip install 'sparkify[report]' (no {name})"
LONGEST = timedelta(days=366)


def make_report(
    warehouse: Redshift, start: datetime | None, end: datetime | None, now: datetime
) -> str:
    """The report of a period as an HTML page.

    Raises `UsageError` when the period is empty or longer than a year, or the extra is missing, and
    `SparkifyError` when nothing was ever loaded.
    """
    try:
        from tasks.report.page import Report, render
    except ModuleNotFoundError as error:
        raise UsageError(MISSING.format(name=error.name)) from None
    engine = warehouse.engine(label="sparkify-report", connections=1)
    try:
        if not has_schema(engine, "etl"):
            raise SparkifyError("nothing to report: no run has loaded anything yet")
        period = choose_period(engine, start, end, now)
        if period.end - period.start > LONGEST:
            raise UsageError(f"a report has {LONGEST.days} days at most, not {period}")
        answers = ask(engine, period, utc(now) - RUNS)
    finally:
        engine.dispose()
    return render(Report(period, utc(now), answers))
