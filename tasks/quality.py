"""Check a run: every claim of `sql/checks` is a question that returns the rows that break it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from prefect import task
from prefect.cache_policies import NO_CACHE

from blocks.lake import Lake
from sql import Statement, read_all
from tasks.asking import judge
from tasks.listing import month_range
from tasks.retries import retry_if_transient
from tasks.run import Run
from tasks.verdicts import Verdict
from tasks.windows import DAY, Window

FRESH = timedelta(hours=12)  # the longest that a window's end may be ahead of the last play
USUAL = 57 * DAY  # what an hour's usual volume is taken from: eight weeks, and its own day


def checks(scope: str) -> list[Statement]:
    """The checks of a scope.

    run: on the run's rows, before publish. merged: inside publish, on what it has merged. hourly:
    inside publish too, of hourly runs only. warehouse: on everything. lake: on all the lake holds.
    """
    return [check for check in read_all("checks") if scope in check.scopes]


class Subject(NamedTuple):
    """What some checks of a run are about: `songplays`, `references`, `staging`."""

    name: str
    checks: tuple[Statement, ...]


def subjects(made: Sequence[Statement]) -> list[Subject]:
    """Checks by what they are about: a task for each check would cost more than the checks do."""
    ordered = sorted(made, key=attrgetter("about"))
    return [Subject(name, tuple(group)) for name, group in groupby(ordered, attrgetter("about"))]


@task(
    name="quality",
    task_run_name="check-{subject.name}",
    cache_policy=NO_CACHE,
    retries=2,
    retry_delay_seconds=[5, 30],
    retry_jitter_factor=0.5,
    retry_condition_fn=retry_if_transient,
)
def quality(run: Run, subject: Subject, values: dict[str, Any]) -> list[Verdict]:
    """Judge the claims about one thing on the run's rows."""
    return judge(run.engine, subject.checks, "run", values)


def day_values(window: Window) -> dict[str, Any]:
    """What a check of some days is bound to."""
    before = window.start if window.start.year == 1 else window.start - DAY
    return {"lo": window.start, "hi": window.end, "before": before}


def hour_values(lake: Lake, window: Window, run_id: str) -> dict[str, Any]:
    """What a check of an hourly run is bound to: its end, and the history that it is compared with."""
    history = Window(window.start - USUAL, window.end)
    keys = month_range(lake, history)
    return {
        "run_id": run_id,
        "window_end": window.end,
        "fresh_from": window.end - FRESH,
        "volume_from": history.start,
        "volume_first": keys["first"],
        "volume_last": keys["last"],
    }
