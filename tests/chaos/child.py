"""A run in a process of its own, killed at one of its points. Forked from a server that is warm."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from multiprocessing.connection import wait
from pathlib import Path

from chaos.points import At, points
from chaos.scene import run_hourly, warehouse_block
from loading import Warehouse

from embedded.lake_fixture import Lake as Bucket

FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(
    [
        "chaos.child",
        "flows.hourly",
        "prefect.task_engine",
        "prefect.utilities.visualization",
        "anyio._backends._asyncio",
        "sqlalchemy_redshift",
        "embedded.copy.execute",
        "polars",
    ]
)
PATIENCE = 120
END, LOOKBACK = datetime(2018, 12, 1), 24 * 60
_ASKING = threading.Lock()


def run_and_get(
    home: str, database: str, bucket: Bucket, at: At, number: signal.Signals = signal.SIGKILL
) -> None:
    """Load what is new, and get a signal at a point, by default the one that kills."""
    os.environ["SPARKIFY_HOME"] = home
    os.environ.pop("SPARKIFY_LAKE", None)
    with points(at, lambda _: os.kill(os.getpid(), number)):
        run_hourly(Warehouse(warehouse_block(database, bucket.bucket), bucket))


def run_flow(home: str, api: str, block: str, at: At = None, record: Path | None = None) -> None:
    """The command of the hourly flow against a Prefect API; it ends with its exit status.

    Or it is killed at a point. A run that ends by itself writes the points that it came to in `record`.
    """
    from prefect.settings import PREFECT_API_URL, PREFECT_CLIENT_MAX_RETRIES, temporary_settings

    from flows import command, hourly, leaving

    os.environ["SPARKIFY_HOME"] = home
    leaving.PATIENCE = 3.0
    window = ["--window-end", f"{END}", "--lookback", f"{LOOKBACK}"]
    sys.argv = ["hourly", *window, "--warehouse", block]
    _be_silent()
    with (
        temporary_settings({PREFECT_API_URL: api, PREFECT_CLIENT_MAX_RETRIES: 1}),
        points(at, lambda _: os.kill(os.getpid(), signal.SIGKILL)) as passed,
    ):
        try:
            command.run_command(hourly.main)
        finally:
            if record:
                record.write_text("\n".join(passed.passed))


def _be_silent() -> None:
    """Say nothing of what Prefect tells when its API is gone: the test reads the exit status."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def exit_status(target: Callable[..., None], *arguments: object) -> int | None:
    """Run it in a process of its own; negative when a signal ended it, None when it hangs.

    Safe in several threads at once: beginning a process asks for the exit status of all others.
    """
    process = FORKING.Process(target=target, args=arguments, daemon=True)
    with _ASKING:
        process.start()
    ended = wait([process.sentinel], PATIENCE)
    with _ASKING:
        if not ended:
            process.kill()
        process.join()
        return process.exitcode if ended else None
