"""What a small hour costs where every statement and commit is slow: `python -m benchmarks.round_trips`.

On Redshift a statement takes some 60 ms and a commit waits some 400 ms in its queue, whatever it does.
With these delays in the stand-in: the flow time of an hourly run, its statements, and its commits of
transactions that wrote, against a running Prefect server. `--list` prints what was sent.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.results import keep
from benchmarks.scene import scene

END = datetime(2026, 1, 2, tzinfo=UTC)
WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "COPY", "ALTER")


def main() -> None:
    """Measure and print."""
    options = _options()
    with scene() as bucket:
        keep("round_trips", vars(options), measure(bucket, options))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.round_trips")
    parser.add_argument("--statement-ms", type=int, default=60)
    parser.add_argument("--commit-ms", type=int, default=400)
    parser.add_argument("--plays", type=int, default=1000, help="plays of the hour")
    parser.add_argument("--rounds", type=int, default=3, help="hours, one after the other")
    parser.add_argument("--list", action="store_true", help="print the statements of the last hour")
    return parser.parse_args()


def measure(bucket: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Medians over a few small hours, each with new objects and nothing else."""
    from benchmarks.statements import recording
    from embedded import postgres, sample
    from embedded.block import EmbeddedRedshift
    from flows.hourly import hourly

    hours = options.rounds + 2
    wanted = sample.options(
        end=END.isoformat(),
        hours=hours,
        songs=200,
        plays_per_hour=options.plays,
        users=None,
        seed=1,
    )
    sample.write_lake(wanted, bucket)
    first = END - timedelta(hours=options.rounds)
    hourly(window_end=first)
    for name in ("statement", "commit"):
        delay = str(getattr(options, f"{name}_ms"))
        postgres.set_option(EmbeddedRedshift().database, f"{name}_delay_ms", delay)
    rounds = []
    for number in range(options.rounds):
        with recording() as recorded:
            began = time.perf_counter()
            end = first + timedelta(hours=number + 1)
            state = hourly(window_end=end, return_state=True)
            wall = time.perf_counter() - began
        assert state.result(raise_on_failure=True).status == "published"
        rounds.append((_run_time(state), wall, recorded))
    if options.list:
        _print(rounds[-1][2])
    flow, wall, recorded = sorted(rounds, key=lambda r: r[0])[len(rounds) // 2]
    return {
        "flow seconds": round(flow, 2),
        "wall seconds": round(wall, 2),
        "statements": recorded.statements,
        "commits that wrote": len([t for t in recorded.transactions if _writes(t)]),
        "transactions": len(recorded.transactions),
        "COPYs": sum(_verb(s) == "COPY" for t in recorded.transactions for s, _ in t),
        "verbs": Counter(s.split()[0].upper() for t in recorded.transactions for s, _ in t),
    }


def _writes(transaction: list[tuple[str, Any]]) -> bool:
    return any(_verb(statement) in WRITES for statement, _ in transaction)


def _verb(statement: str) -> str:
    lines = (line.strip() for line in statement.splitlines())
    return next(line for line in lines if line and not line.startswith("--")).split()[0].upper()


def _print(recorded: Any) -> None:
    for number, transaction in enumerate(recorded.transactions):
        for statement, _ in transaction:
            words = " ".join(
                line for line in statement.split("\n") if not line.strip().startswith("--")
            )
            print(f"{number:3} {' '.join(words.split())[:150]}")


def _run_time(state: Any) -> float:
    from prefect.client.orchestration import get_client

    async def read() -> float:
        async with get_client() as client:
            run = await client.read_flow_run(state.state_details.flow_run_id)
        return float(run.total_run_time.total_seconds())

    return asyncio.run(read())


if __name__ == "__main__":
    main()
