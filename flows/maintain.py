"""The maintenance flow, and its command `python -m flows.maintain`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from prefect import flow, get_run_logger, runtime, unmapped
from prefect.futures import wait
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from pydantic import PositiveInt
from sqlalchemy import Engine

from blocks.errors import BrokenWarehouse
from blocks.redshift import Redshift
from blocks.transient import in_transaction
from blocks.warehouse import LOCAL, load_warehouse
from flows.artifacts import show_story
from flows.command import parser, positive, print_json, run_command
from flows.maintain_summary import print_maintained, tell_maintained
from tasks.check_lake import check_lake
from tasks.maintain_check import check_warehouse, play_days
from tasks.maintain_report import Maintained, require_sound
from tasks.maintain_sweep import sweep
from tasks.maintain_tidy import table_infos, tidy
from tasks.maintain_trim import trim
from tasks.quality import checks
from tasks.schema import ensure_schema
from tasks.verdicts import Verdict, keep_results_once

MAINTAIN = "sparkify-maintain"
RUNNER: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=4)
NOT_SHOWN = "svv_table_info shows no table: they are empty, or GRANT SELECT ON svv_table_info"


def run_name() -> str:
    """`maintain-2018-12-01T05`, the hour at which it began."""
    return f"maintain-{_began():%Y-%m-%dT%H}"


@flow(name=MAINTAIN, flow_run_name=run_name, task_runner=RUNNER)
def maintain(warehouse: str = LOCAL, keep_days: PositiveInt = 90) -> Maintained:
    """Sweep run schemas, trim history, VACUUM and ANALYZE, check everything, report the tables.

    Args:
        warehouse: The block of the warehouse to look after, TYPE/NAME.
        keep_days: Days for which runs and results of checks are kept.

    Raises `BrokenWarehouse` at its end when what is published breaks a blocking check.
    """
    block = load_warehouse(warehouse)
    engine = block.engine(label="sparkify-maintain", connections=2)
    try:
        ensure_schema(engine)
        report = Maintained(f"maintain_{_began():%Y%m%d%H}_{str(runtime.flow_run.id)[:8]}")
        report.swept = sweep(engine)
        report.trimmed = trim(engine, block.lake, timedelta(days=keep_days), datetime.now(UTC))
        report.tidied = tidy(engine)
        report.checks = _check(block, engine, report.run_id)
        report.tables = table_infos(engine)
    finally:
        engine.dispose()
    report.notes = [*report.trimmed.notes, *([] if report.tables else [NOT_SHOWN])]
    _tell(report)
    show_story(MAINTAIN, tell_maintained(report), report.checks)
    require_sound(report)
    return report


def _check(block: Redshift, engine: Engine, run_id: str) -> list[Verdict]:
    """Make all checks of what is published, and keep their verdicts."""
    published = block.engine(search_path="sparkify", label="sparkify-maintain")
    try:
        days = unmapped(play_days(engine))
        futures = check_warehouse.map(unmapped(published), checks("warehouse"), days)
        wait(futures)
        verdicts: list[Verdict] = [future.result() for future in futures]
    finally:
        published.dispose()
    now = datetime.now(UTC)
    verdicts += [check_lake(engine, block, check, run_id, now) for check in checks("lake")]
    in_transaction(engine, lambda c: keep_results_once(c, block, run_id, verdicts, now))
    return verdicts


def _tell(report: Maintained) -> None:
    logger = get_run_logger()
    for swept in report.swept:
        logger.info("run_%s: %s", swept.run_id, swept.kept or "dropped")
    for tidied in report.tidied:
        logger.info("%s%s", tidied.statement, f": {tidied.problem}" if tidied.problem else "")
    for check in report.checks:
        if check.verdict != "pass":
            logger.warning("%s: %s, %s rows", check.name, check.verdict, check.rows_broken)


def _began() -> datetime:
    return runtime.flow_run.scheduled_start_time or datetime.now(UTC)


def main() -> int:
    """The command line."""
    made = parser("flows.maintain", "Sweep, trim, VACUUM, ANALYZE and check the warehouse.")
    made.add_argument("--keep-days", type=positive, default=90, metavar="N")
    made.add_argument("--warehouse", default=LOCAL, metavar="BLOCK")
    options = made.parse_args()
    load_warehouse(options.warehouse)  # what is wrong with it is wrong usage, not a failed run
    try:
        _show(maintain(options.warehouse, options.keep_days), options.json)
    except BrokenWarehouse as broken:
        _show(broken.report, options.json)
        raise
    return 0


def _show(report: Maintained, as_json: bool) -> None:
    if as_json:
        print_json(report.as_json())
    else:
        print_maintained(report)


if __name__ == "__main__":
    run_command(main)
