"""A run in a process of its own, killed at one of its points. Forked from a server that is warm."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime

from chaos.points import At, points
from chaos.scene import run_hourly, warehouse_block
from loading import Warehouse

from embedded.lake_fixture import Lake as Bucket

FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["chaos.child", "flows.hourly", "sqlalchemy_redshift", "polars"])
PATIENCE = 120
END, LOOKBACK = datetime(2018, 12, 1), 24 * 60


def run_and_get(
    home: str, database: str, bucket: Bucket, at: At, number: signal.Signals = signal.SIGKILL
) -> None:
    """Load what is new, and get a signal at a point, by default the one that kills."""
    os.environ["SPARKIFY_HOME"] = home
    os.environ.pop("SPARKIFY_LAKE", None)
    with points(at, lambda _: os.kill(os.getpid(), number)):
        run_hourly(Warehouse(warehouse_block(database, bucket.bucket), bucket))


def run_flow(home: str, api: str, block: str) -> None:
    """The command of the hourly flow against a Prefect API; it ends with its exit status."""
    from prefect.settings import PREFECT_API_URL, PREFECT_CLIENT_MAX_RETRIES, temporary_settings

    from flows import command, hourly, leaving

    os.environ["SPARKIFY_HOME"] = home
    leaving.PATIENCE = 3.0
    sys.argv = [
        "hourly",
        "--window-end",
        f"{END}",
        "--lookback",
        f"{LOOKBACK}",
        "--warehouse",
        block,
    ]
    _be_silent()
    with temporary_settings({PREFECT_API_URL: api, PREFECT_CLIENT_MAX_RETRIES: 1}):
        command.run_command(hourly.main)


def _be_silent() -> None:
    """Say nothing of what Prefect tells when its API is gone: the test reads the exit status."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def exit_status(target: Callable[..., None], *arguments: object) -> int | None:
    """Run it in a process of its own; negative when a signal ended it, None when it hangs."""
    process = FORKING.Process(target=target, args=arguments, daemon=True)
    process.start()
    process.join(PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
        return None
    return process.exitcode
