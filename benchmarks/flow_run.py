"""One flow run in a process of its own, measured: `python -m benchmarks.flow_run JSON`.

The JSON names the flow, its arguments, how many checks it makes (all by default) and where what it
sends is to be recorded. The last line of the output is what was measured.
"""

from __future__ import annotations

import asyncio
import json
import pickle
import re
import subprocess
import sys
import time
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

STATUS = Path("/proc/self/status")


@dataclass(frozen=True)
class Measured:
    """Times in seconds, memory in MB.

    `flow` is Prefect's total_run_time, `staged` the time from its start until all was staged.
    """

    status: str
    flow: float
    staged: float
    imports: float
    command: float
    memory: float
    tasks: int
    steps: dict[str, float]
    tables: dict[str, Any]


def run_flow(
    flow: str, checks: int | None = None, record: Path | None = None, **arguments: Any
) -> Measured:
    """Run `hourly` or `backfill` in a new process against the Prefect server that runs."""
    request = {"flow": flow, "arguments": arguments, "checks": checks, "record": record}
    command = [sys.executable, "-m", "benchmarks.flow_run", json.dumps(request, default=str)]
    began = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{flow} failed: {done.stdout[-2000:]}")
    found = json.loads(done.stdout.splitlines()[-1])
    return Measured(**found | {"command": round(time.monotonic() - began, 3)})


def main() -> None:
    """What the new process does."""
    began = time.monotonic()
    request = json.loads(sys.argv[1])
    import flows.backfill
    import flows.hourly
    from benchmarks.statements import recording
    from blocks.warehouse import LOCAL, load_warehouse

    load_warehouse(LOCAL)  # as the command does before its flow
    import_module("embedded.copy.execute")  # what the stand-in imports when it first copies
    imports = time.monotonic() - began
    known: dict[str, Any] = {"hourly": flows.hourly.hourly, "backfill": flows.backfill.backfill}
    flow = known[request["flow"]]
    if request["checks"] is not None:
        _make_checks(flows.hourly, request["checks"])
    before = _megabytes("VmRSS")
    with recording() if request["record"] else nullcontext() as recorded:
        state = flow(**_moments(request["arguments"]), return_state=True)
    memory = _megabytes("VmHWM") - before
    outcome = state.result()
    if request["record"]:
        sent = (recorded.transactions, recorded.spans) if recorded else ([], [])
        Path(request["record"]).write_bytes(pickle.dumps(sent))
    seconds, staged, tasks = asyncio.run(_told(state.state_details.flow_run_id))
    facts = (outcome.status, seconds, staged, round(imports, 3), 0.0, round(memory, 1), tasks)
    print(json.dumps(asdict(Measured(*facts, outcome.seconds, outcome.tables))))


def _moments(arguments: dict[str, Any]) -> dict[str, Any]:
    names = ("start", "end", "window_end")
    return {k: datetime.fromisoformat(v) if k in names else v for k, v in arguments.items()}


def _make_checks(module: Any, wanted: int) -> None:
    """Have the hourly flow make so many checks: its own, some left out or some made again."""
    own = module.checks("run")
    many = [replace(own[n % len(own)], name=f"{own[n % len(own)].name}_{n}") for n in range(wanted)]
    module.checks = lambda scope: many


def _megabytes(name: str) -> float:
    found = re.search(rf"^{name}:\s+(\d+) kB", STATUS.read_text(), re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


async def _told(flow_run_id: Any) -> tuple[float, float, int]:
    """What Prefect tells of a flow run: its time, when the last stage task ended, its task runs."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId

    mine = FlowRunFilter(id=FlowRunFilterId(any_=[flow_run_id]))
    async with get_client() as client:
        run = await client.read_flow_run(flow_run_id)
        tasks = await client.read_task_runs(flow_run_filter=mine)
    ends = [task.end_time for task in tasks if task.name.startswith("stage-") and task.end_time]
    staged = (max(ends) - run.start_time).total_seconds() if ends and run.start_time else 0.0
    return round(run.total_run_time.total_seconds(), 3), round(staged, 3), len(tasks)


if __name__ == "__main__":
    main()
