"""Where a benchmark takes place: a throwaway home with a stack of its own, and a running Prefect server."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def throwaway_stack() -> Iterator[Path]:
    """A stack in a home of its own; the folder of the bucket of its lake."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="sparkify-bench-") as home:
        os.environ["SPARKIFY_HOME"] = home
        os.environ.pop("SPARKIFY_LAKE", None)
        from embedded import stack
        from embedded.copy import scan_cache

        try:
            stack.start()
            scan_cache.fill()  # once in a home, and so no part of what is measured
            yield _bucket()
        finally:
            stack.stop()
            os.environ.clear()
            os.environ.update(before)


@contextmanager
def scene() -> Iterator[Path]:
    """The folder of the bucket of a new lake; flows of this process and of its children load from it."""
    with throwaway_stack() as bucket:
        os.environ.setdefault("PREFECT_HOME", f"{os.environ['SPARKIFY_HOME']}/prefect")
        os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
        os.environ["PREFECT_LOGGING_LEVEL"] = "WARNING"
        with _prefect_server():
            yield bucket


def fresh_warehouse() -> None:
    """An empty warehouse with the permanent tables: making them is no part of an hour."""
    from embedded import stack
    from embedded.block import EmbeddedRedshift
    from tasks.schema import ensure_schema

    stack.reset()
    engine = EmbeddedRedshift().engine(connections=1)
    try:
        ensure_schema(engine)
    finally:
        engine.dispose()


def process_with(argument: str) -> Any:
    """The process that was started with an argument."""
    import psutil

    return next(
        p for p in psutil.process_iter(["cmdline"]) if argument in (p.info["cmdline"] or ())
    )


@contextmanager
def _prefect_server() -> Iterator[None]:
    from prefect.settings import PREFECT_API_URL
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        os.environ["PREFECT_API_URL"] = str(PREFECT_API_URL.value())
        yield


def _bucket() -> Path:
    from embedded import home

    made = home.lake() / home.BUCKET
    made.mkdir(parents=True, exist_ok=True)
    return made
