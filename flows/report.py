"""The report flow, and its command `python -m flows.report`, which needs no Prefect run."""

from __future__ import annotations

import argparse
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from prefect import flow, get_run_logger, runtime

from blocks.errors import UsageError
from blocks.warehouse import LOCAL, load_warehouse
from flows.command import run_command
from tasks.report.make import make_report
from tasks.windows import parse_moment

DEFAULT = Path("sparkify-report.html")
STORED = "reports/sparkify-report.html"


def run_name() -> str:
    """`report-2018-12-01`, the day on which it is made."""
    return f"report-{runtime.flow_run.scheduled_start_time or datetime.now(UTC):%Y-%m-%d}"


@flow(name="sparkify-report", flow_run_name=run_name)
def report(
    warehouse: str = LOCAL,
    start: datetime | None = None,
    end: datetime | None = None,
    out: Path | None = None,
) -> str:
    """Make the report and keep it; returns where.

    Args:
        warehouse: The block of the warehouse to report on, TYPE/NAME.
        start: Start of the period; default thirty days before its end.
        end: End of the period, exclusive; default the midnight after the last play.
        out: The file to write; default an object in the work bucket, replaced by each report.
    """
    block = load_warehouse(warehouse)
    page = make_report(block, start, end, datetime.now(UTC))
    where = write(page, out) if out else block.lake.put_work(STORED, page.encode())
    get_run_logger().info("%s: %d bytes", where, len(page.encode()))
    return where


def write(page: str, out: Path) -> str:
    """Write the page, whole or not at all; raises `UsageError` when it cannot be written there."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=out.parent, prefix=f".{out.name}.", delete=False
        ) as file:
            file.write(page)
        os.chmod(file.name, 0o644)
        os.replace(file.name, out)
    except OSError as error:
        raise UsageError(f"cannot write {out}: {error.strerror}") from None
    return str(out)


def main() -> int:
    """The command line."""
    options = _parser().parse_args()
    start = parse_moment(options.start) if options.start else None
    end = parse_moment(options.end) if options.end else None
    page = make_report(load_warehouse(options.warehouse), start, end, datetime.now(UTC))
    print(f"{write(page, options.out)}: {len(page.encode()):,} bytes")
    return 0


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m flows.report", description="Write the report: one HTML page."
    )
    made.add_argument("--start", metavar="ISO", help="default: thirty days before the end")
    made.add_argument("--end", metavar="ISO", help="exclusive; default: after the last play's day")
    made.add_argument(
        "--out", type=Path, default=DEFAULT, metavar="FILE", help=f"default: {DEFAULT}"
    )
    made.add_argument("--warehouse", default=LOCAL, metavar="BLOCK")
    return made


if __name__ == "__main__":
    run_command(main)
