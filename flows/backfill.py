"""The backfill flow, and its command `python -m flows.backfill START END`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal

from prefect import flow, runtime
from prefect.futures import PrefectFuture, as_completed
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import PositiveInt

from blocks.errors import SparkifyError
from blocks.warehouse import LOCAL, load_warehouse
from flows.artifacts import failure_shown, progress_shown, show
from flows.command import parser, positive, print_json, run_command
from flows.progress import progress
from flows.signals import tell_quarantine
from flows.stopping import end_left_sessions
from flows.summary import print_outcome, print_previews
from tasks.cancelling import stopping
from tasks.chunk import Target, load_chunk, load_songs
from tasks.chunks import cut
from tasks.closing import quarantined
from tasks.ledger import CHOICES
from tasks.outcome import Outcome, total
from tasks.planning import BACKFILL
from tasks.preview import preview, preview_songs
from tasks.schema import ensure_schema
from tasks.windows import Window, parse_moment, window_between

Chunk = Literal["hour", "day", "all"]
Only = Literal["missing", "changed", "failed", "all"]


def run_name() -> str:
    """`backfill-2018-11-01-2018-12-01`."""
    given = runtime.flow_run.parameters
    return f"backfill-{given['start']:%Y-%m-%d}-{given['end']:%Y-%m-%d}"


@flow(
    name="sparkify-backfill",
    flow_run_name=run_name,
    on_cancellation=[end_left_sessions],
    on_crashed=[end_left_sessions],
)
def backfill(
    start: datetime,
    end: datetime,
    chunk: Chunk = "day",
    only: Only = "missing",
    jobs: PositiveInt = 1,
    newest_first: bool = False,
    force: bool = False,
    warehouse: str = LOCAL,
) -> Outcome:
    """Load the objects of a range of time, chunk by chunk, each chunk in one commit.

    Args:
        start: Begin of the range, UTC unless it says otherwise.
        end: End of the range, exclusive.
        chunk: How much is published at once.
        only: missing: never published; changed: those and new versions; failed: quarantined or left
            behind; all: everything, and the range's plays are replaced by what the lake holds.
        jobs: Chunks that are loaded at the same time.
        newest_first: Begin with the last chunk.
        force: Replace although objects of the range cannot be read.
        warehouse: The block of the warehouse to load, TYPE/NAME.
    """
    window = window_between(start, end)
    block = load_warehouse(warehouse)
    engine = block.engine(connections=jobs + 1)
    try:
        ensure_schema(engine)
        target = Target(block, engine, str(runtime.flow_run.id), jobs)
        chunks = cut(window, chunk, newest_first, replace=only == "all")
        with failure_shown(BACKFILL, block):
            outcomes = _load_chunks(target, window, chunks, only, force, jobs)
        made = total(outcomes, BACKFILL, str(window))
        made.quarantined = quarantined(engine)
        show(made, block)
        tell_quarantine(made, warehouse)
        return made
    finally:
        engine.dispose()


def _load_chunks(
    target: Target, window: Window, chunks: list[Window], only: str, force: bool, jobs: int
) -> list[Outcome]:
    """Songs, then the chunks, `jobs` at a time; a failed chunk is told after the others finished."""
    together = len(chunks) == 1
    runner: ThreadPoolTaskRunner[Any] = ThreadPoolTaskRunner(max_workers=jobs)
    with runner, stopping(target.warehouse, target.flow_run_id, runner):
        songs = [] if together else [_songs(runner, target, window, only)]
        futures: list[PrefectFuture[Any]] = [
            runner.submit(
                load_chunk,
                {
                    "target": target,
                    "window": chunk,
                    "only": only,
                    "first": chunk.start == window.start,
                    "songs": together,
                    "force": force,
                },
            )
            for chunk in chunks
        ]
        shown = progress_shown(as_completed(futures), len(futures), BACKFILL)
        for future in progress(shown, len(futures), "chunks"):
            future.wait()  # all are, however they end; without it, the state is what the API knows so far
        return songs + _outcomes(chunks, futures)


def _songs(runner: ThreadPoolTaskRunner[Any], target: Target, window: Window, only: str) -> Outcome:
    outcome: Outcome = runner.submit(
        load_songs, {"target": target, "window": window, "only": only}
    ).result()
    return outcome


def _outcomes(chunks: list[Window], futures: Sequence[PrefectFuture[Any]]) -> list[Outcome]:
    failures = {
        str(chunk): future.state.data
        for chunk, future in zip(chunks, futures, strict=True)
        if not future.state.is_completed()
    }
    if len(failures) == 1 and len(chunks) == 1:
        return [future.result() for future in futures]  # raises what the one chunk raised
    if failures:
        first = next(iter(failures))
        raise SparkifyError(
            f"{len(failures)} of {len(chunks)} chunks failed, the others are published; "
            f"{first}: {failures[first]}"
        )
    return [future.result() for future in futures]


def main() -> int:
    """The command line."""
    options = _parser().parse_args()
    start, end = parse_moment(options.start), parse_moment(options.end)
    window = window_between(start, end)
    if options.dry_run:
        return _dry_run(window, options)
    load_warehouse(options.warehouse)  # what is wrong with it is wrong usage, not a failed run
    outcome = backfill(
        start,
        end,
        options.chunk,
        options.only,
        options.jobs,
        options.newest_first,
        options.force,
        options.warehouse,
    )
    if options.json:
        print_json(outcome.as_json())
    else:
        print_outcome(outcome)
    return 0


def _dry_run(window: Window, options: argparse.Namespace) -> int:
    block = load_warehouse(options.warehouse)
    engine = block.engine(connections=2)
    chunks = cut(window, options.chunk, options.newest_first, options.only == "all")
    try:
        previews = [
            preview(engine, block.lake, chunk, options.only, chunk.start == window.start)
            for chunk in chunks
        ]
        previews.append(preview_songs(engine, block.lake, options.only))
    finally:
        engine.dispose()
    if options.json:
        print_json([asdict(row) for row in previews])
    else:
        print_previews(previews)
    return 0


def _parser() -> argparse.ArgumentParser:
    made = parser("flows.backfill", "Load the objects of a range of time, START to before END.")
    made.add_argument("start", metavar="START", help="ISO date or datetime, UTC")
    made.add_argument("end", metavar="END", help="ISO date or datetime, UTC, exclusive")
    made.add_argument("--chunk", choices=["hour", "day", "all"], default="day")
    made.add_argument("--only", choices=sorted(CHOICES), default="missing")
    made.add_argument("--jobs", type=positive, default=1, metavar="N")
    made.add_argument("--newest-first", action="store_true")
    made.add_argument("--dry-run", action="store_true", help="say what would be done, do nothing")
    made.add_argument(
        "--force", action="store_true", help="replace although objects are unreadable"
    )
    made.add_argument("--warehouse", default=LOCAL, metavar="BLOCK")
    return made


if __name__ == "__main__":
    run_command(main)
