"""The hourly flow, and its command `python -m flows.hourly`."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from functools import partial
from typing import Any, cast

from prefect import Task, flow, get_run_logger, runtime, unmapped
from prefect.context import FlowRunContext
from prefect.futures import PrefectFuture, wait
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from pydantic import PositiveInt

from blocks.errors import SparkifyError, Superseded
from blocks.redshift import Redshift
from blocks.warehouse import LOCAL, load_warehouse
from flows.artifacts import failure_shown, show
from flows.command import parser, positive, print_json, run_command
from flows.signals import tell_quarantine
from flows.stopping import end_left_sessions
from flows.story import verdict_line
from flows.summary import print_outcome
from sql import DIMENSIONS
from tasks.attempt import attempt
from tasks.cancelling import stopping
from tasks.discover import Discovery, discover
from tasks.load import check_values, conclude
from tasks.load_dimension import load_dimension
from tasks.load_fact import load_fact
from tasks.outcome import Outcome
from tasks.planning import HOURLY
from tasks.publish import publish
from tasks.quality import checks, quality, subjects
from tasks.quiet import judge_quiet
from tasks.run import Run
from tasks.stage import stage
from tasks.windows import floor_hour, hours_before, parse_moment

RUNNER: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=8)
PLANS = 5  # how often a run plans again when others publish what it was about to


def run_name() -> str:
    """`hourly-2018-11-02T05`, the hour at which the window ends."""
    return f"hourly-{_window_end(runtime.flow_run.parameters.get('window_end')):%Y-%m-%dT%H}"


@flow(
    name="sparkify-hourly",
    flow_run_name=run_name,
    task_runner=RUNNER,
    on_cancellation=[end_left_sessions],
    on_crashed=[end_left_sessions],
)
def hourly(
    warehouse: str = LOCAL, window_end: datetime | None = None, lookback: PositiveInt = 72
) -> Outcome:
    """Discover what is new in the lake, stage it, load the fact, then the dimensions, check, publish.

    Args:
        warehouse: The block of the warehouse to load, TYPE/NAME.
        window_end: End of the window, exclusive; default the scheduled start, floored to the hour.
        lookback: Hours before the end in which objects may have arrived late or changed.
    """
    flow_run_id, block = str(runtime.flow_run.id), load_warehouse(warehouse)
    with failure_shown(HOURLY, block) as begun, stopping(block, flow_run_id, _task_runner()):
        outcome = _load_what_is_new(block, _window_end(window_end), lookback, begun)
    _tell(outcome)
    show(outcome, block)
    tell_quarantine(outcome, warehouse)
    return outcome


def _task_runner() -> ThreadPoolTaskRunner[Any]:
    """The one of this flow run: a copy of RUNNER."""
    context = FlowRunContext.get()
    assert context is not None
    return cast("ThreadPoolTaskRunner[Any]", context.task_runner)


def _load_what_is_new(
    warehouse: Redshift, end: datetime, lookback: int, begun: list[Run]
) -> Outcome:
    """Plan and load; plan again when other runs were faster."""
    for _ in range(PLANS):
        try:
            found = _in_thread(
                discover, warehouse, end, lookback, str(runtime.flow_run.id), _attempt_number()
            )
        except Superseded:
            continue  # another attempt of this very run has just published it
        begun += [found.run] if found.run else []
        outcome = attempt(found.run, _load) if found.run else _nothing_new(found, warehouse)
        if outcome:
            return outcome
    raise SparkifyError(f"other runs published this batch {PLANS} times over; run it again")


def _load(run: Run) -> Outcome:
    logger = get_run_logger()
    logger.info("run %s: %d objects of %s", run.id, len(run.plan.objects), run.plan.window)
    staged = _results(stage.map(unmapped(run), [part.table for part in run.parts]))
    fact = _in_thread(load_fact, run)
    dimensions = _results(load_dimension.map(unmapped(run), list(DIMENSIONS)))
    values = unmapped(check_values(fact))
    judged = _results(quality.map(unmapped(run), subjects(checks("run")), values))
    verdicts = [verdict for made in judged for verdict in made]
    return conclude(run, staged, fact, dimensions, verdicts, partial(_in_thread, publish))


def _in_thread(work: Task[Any, Any], *arguments: Any) -> Any:
    """The result of one task, for which a signal need not wait: in this thread it would."""
    return work.submit(*arguments).result()


def _results(futures: list[PrefectFuture[Any]]) -> list[Any]:
    """The results of all futures, when every one of them has ended; raises the first failure."""
    wait(futures)
    return [future.result() for future in futures]


def _nothing_new(found: Discovery, warehouse: Redshift) -> Outcome:
    plan, run_id = found.plan, str(runtime.flow_run.id)
    return Outcome(
        plan.flow,
        run_id,
        str(plan.window),
        "nothing new",
        checks=_in_thread(judge_quiet, warehouse, plan.window, run_id),
        quarantined=found.quarantined,
        notes=list(plan.notes),
    )


def _tell(outcome: Outcome) -> None:
    logger = get_run_logger()
    for source, numbers in outcome.sources.items():
        logger.info("%s: %s", source, ", ".join(f"{n} {name}" for name, n in numbers.items()))
    for table, numbers in outcome.tables.items():
        logger.info("%s: %s", table, ", ".join(f"{n} {name}" for name, n in numbers.items()))
    for check in outcome.checks:
        if check.verdict != "pass":
            logger.warning("%s: %s, %d rows", check.name, check.verdict, check.rows_broken)
    if outcome.checks:
        logger.info("checks: %s", verdict_line(outcome.checks))
    logger.info("%s: %s", outcome.window, outcome.status)


def _window_end(given: datetime | None) -> datetime:
    return floor_hour(given or runtime.flow_run.scheduled_start_time or datetime.now(UTC))


def _attempt_number() -> int:
    return int(runtime.flow_run.run_count or 1)


def main() -> int:
    """The command line."""
    options = _parser().parse_args()
    end = parse_moment(options.window_end) if options.window_end else None
    hours_before(end or datetime.now(UTC), options.lookback)
    load_warehouse(options.warehouse)  # what is wrong with it is wrong usage, not a failed run
    outcome = hourly(options.warehouse, end, options.lookback)
    if options.json:
        print_json(outcome.as_json())
    else:
        print_outcome(outcome)
    return 0


def _parser() -> argparse.ArgumentParser:
    made = parser("flows.hourly", "Load what is new in the lake.")
    made.add_argument("--window-end", metavar="ISO", help="end of the window; default this hour")
    made.add_argument("--lookback", type=positive, default=72, metavar="HOURS")
    made.add_argument("--warehouse", default=LOCAL, metavar="BLOCK")
    return made


if __name__ == "__main__":
    run_command(main)
