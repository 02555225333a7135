"""Fixtures of the pipeline's tests: a warehouse of the test's own, with the tables made."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from blocks import Lake
from embedded.lake_fixture import Lake as Bucket

ROOT = Path(__file__).parents[1]


@pytest.fixture
def block(redshift_database: str, lake: Bucket):  # type: ignore[no-untyped-def]
    """The warehouse block over a database and a bucket of the test's own."""
    from embedded.block import EmbeddedRedshift, local_lake

    local: Lake = local_lake()
    return EmbeddedRedshift(
        database=redshift_database,
        lake=local.model_copy(update={"bucket": lake.bucket, "work_prefix": redshift_database}),
    )


@pytest.fixture
def warehouse(block, lake: Bucket, embedded_home: Path) -> Iterator[object]:  # type: ignore[no-untyped-def]
    """The warehouse to load in a test."""
    from loading import Warehouse

    made = Warehouse(block, lake)
    yield made
    made.close()


@pytest.fixture(scope="session")
def prefect_api() -> Iterator[str]:
    """The API of one Prefect server for the whole session."""
    from prefect.settings import (
        PREFECT_SERVER_ANALYTICS_ENABLED,
        get_current_settings,
        temporary_settings,
    )
    from prefect.testing.utilities import prefect_test_harness

    with (
        temporary_settings({PREFECT_SERVER_ANALYTICS_ENABLED: False}),
        prefect_test_harness(server_startup_timeout=120),
    ):
        yield str(get_current_settings().api.url)


@pytest.fixture
def local(block, prefect_api: str) -> str:  # type: ignore[no-untyped-def]
    """The name under which the block under test is saved in the session's Prefect."""
    name = f"test-{uuid.uuid4().hex[:8]}"
    block.save(name)
    return f"embedded-redshift/{name}"


@pytest.fixture
def command(tmp_path: Path, prefect_api: str, embedded_home: Path) -> Iterator[Any]:
    """Run `python -m ...` in a home of its own; returns the finished process."""
    home = tmp_path / "home"
    environment = {**os.environ, "SPARKIFY_HOME": str(home), "PREFECT_API_URL": prefect_api}
    environment.pop("SPARKIFY_LAKE", None)

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env=environment | variables,
            capture_output=True,
            text=True,
            timeout=300,
        )

    yield run
    run("embedded", "stop")
