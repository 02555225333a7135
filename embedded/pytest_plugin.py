"""pytest fixtures of the embedded Redshift, for this project's tests and for anybody's.

    def test_counts(redshift, lake):
        lake.put("events/a.json", '{"n": 1}')
        with redshift.cursor() as cursor:
            cursor.execute("CREATE TABLE t (n INTEGER)")
            cursor.execute(f"COPY t FROM 's3://{lake.bucket}/events/' IAM_ROLE default JSON 'auto'")

One stack serves the whole test session, shared by the workers of xdist, in a home of its own that
is deleted at the end. It does not sync to disk. Everything heavy is imported by the first fixture.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from psycopg2.extensions import connection

    from embedded.lake_fixture import Lake


@pytest.fixture(scope="session")
def embedded_home(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The home of the session's stack, which runs; SPARKIFY_HOME names it meanwhile."""
    from embedded import shared_stack

    root = tmp_path_factory.getbasetemp()
    if hasattr(pytestconfig, "workerinput"):
        root = root.parent
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARKIFY_HOME", str(root / shared_stack.FOLDER))
        patch.delenv("SPARKIFY_LAKE", raising=False)
        with shared_stack.shared_stack(root):
            yield root / shared_stack.FOLDER


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line(
        "markers",
        "redshift(shuffle_unordered=True): SELECTs without ORDER BY come back in any order",
    )


@pytest.fixture
def redshift_database(request: pytest.FixtureRequest, embedded_home: Path) -> Iterator[str]:
    """The name of an empty warehouse of the test's own, dropped afterwards."""
    from embedded import postgres

    name = f"test_{uuid.uuid4().hex[:12]}"
    postgres.create_database(name)
    for mark in request.node.iter_markers("redshift"):
        for option, value in mark.kwargs.items():
            postgres.set_option(name, option, "on" if value else "off")
    yield name
    postgres.drop_database(name)


@pytest.fixture
def redshift(redshift_database: str) -> Iterator[connection]:
    """A connection to the embedded Redshift, in a warehouse of the test's own."""
    import embedded
    from embedded import postgres

    made = embedded.connect(**postgres.connect_arguments(redshift_database))
    yield made
    made.close()


@pytest.fixture
def lake(embedded_home: Path) -> Iterator[Lake]:
    """A bucket of the test's own, with put, get and keys; emptied and removed afterwards."""
    from embedded.lake_fixture import Lake

    made = Lake.make(f"test-{uuid.uuid4().hex[:12]}")
    yield made
    made.remove()
