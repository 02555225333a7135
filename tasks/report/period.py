"""The time that a report is about."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Engine

from sql import execute
from tasks.windows import DAY, Window, floor_day, utc, window_between

DAYS = timedelta(days=30)
EVER = Window(datetime(2005, 1, 1), datetime(2100, 1, 1))  # no event outside is ever loaded


def choose_period(
    engine: Engine, start: datetime | None, end: datetime | None, now: datetime
) -> Window:
    """The window asked for; by default it ends with the day of the last play and has thirty days."""
    until = end or _end_of_plays(engine) or floor_day(utc(now)) + DAY
    return window_between(start or utc(until) - DAYS, until)


def _end_of_plays(engine: Engine) -> datetime | None:
    """The midnight after the last play."""
    with engine.begin() as connection:
        last: datetime | None = execute(connection, "analytics/pipeline/last_play").scalar()
    return floor_day(last) + DAY if last else None
