"""The scene that the crash tests share, and how many points they take: all with SPARKIFY_CHAOS."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

EVERYWHERE = bool(os.environ.get("SPARKIFY_CHAOS"))


@pytest.fixture(scope="session")
def scene(embedded_home: Path) -> Iterator[object]:
    """The lake and its expected state, made once for each worker."""
    from chaos.scene import Scene

    made = Scene()
    yield made
    made.remove()


@pytest.fixture(scope="session")
def passed(scene) -> list[str]:  # type: ignore[no-untyped-def]
    """The points of a run that nobody disturbs, in order."""
    from chaos.points import points
    from chaos.scene import run_hourly

    from embedded import postgres

    database = scene.database(scene.published)
    with points() as counted:
        warehouse = scene.warehouse(database)
        run_hourly(warehouse)
        warehouse.close()
    postgres.drop_database(database)
    return counted.passed


@pytest.fixture(scope="session")
def flow(scene, embedded_home: Path, prefect_api: str):  # type: ignore[no-untyped-def]
    """The hourly flow, to be run in processes of its own."""
    from chaos.flow import Flow

    return Flow(scene, embedded_home, prefect_api, databases=4)


@pytest.fixture(scope="session")
def passed_by_flow(scene, flow, tmp_path_factory: pytest.TempPathFactory) -> list[str]:  # type: ignore[no-untyped-def]
    """The points of a run of the flow that nobody disturbs, in order."""
    from embedded import postgres

    database = scene.database(scene.published, flow.databases[0])
    record = tmp_path_factory.mktemp("points") / "passed"
    try:
        assert flow.run(database, record=record) == 0
    finally:
        postgres.drop_database(database)
    return record.read_text().splitlines()
