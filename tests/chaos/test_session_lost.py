"""A run whose warehouse session ends at any point, or whose COMMIT gets no reply, loses nothing."""

from contextlib import closing

import pytest
from chaos.conftest import EVERYWHERE
from chaos.points import points, spread
from chaos.proxy import Nth, proxy
from chaos.scene import run_hourly, warehouse_block
from loading import Warehouse
from sqlalchemy.exc import DBAPIError

from blocks.transient import is_transient
from embedded import postgres

POINTS = None if EVERYWHERE else 10
SLICES = 2


def run_or_fail(block, bucket):
    """Run; a failure must be one that another try can mend, or it is returned."""
    try:
        with closing(Warehouse(block, bucket)) as warehouse:
            run_hourly(warehouse)
    except DBAPIError as error:
        return [] if is_transient(error) else [str(error.orig).strip()]
    return []


def end_session(scene, at):
    """What is wrong after the session at a point was terminated, and the load was run again."""
    database = scene.database(scene.published)
    block = warehouse_block(database, scene.bucket.bucket)

    def strike(point):
        server = postgres.connect(database)
        with server.cursor() as cursor:
            pid = point.connection.info.backend_pid
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
            assert cursor.fetchone() == (True,)
        server.close()

    try:
        with points(at, strike):
            wrong = run_or_fail(block, scene.bucket)
        return wrong + scene.recovered(database, scene.expected)
    finally:
        postgres.drop_database(database)


def lose_reply(scene, at):
    """The COMMITs that were sent, and what is wrong after the reply to one was lost and another run."""
    database = scene.database(scene.published)
    counting = Nth(b"COMMIT\0", at)
    try:
        with proxy(postgres.connect_arguments()["port"], counting) as between:
            block = warehouse_block(database, scene.bucket.bucket, port=between.port)
            wrong = run_or_fail(block, scene.bucket)
            assert between.cut.is_set() or at is None
        return counting.seen, wrong + scene.recovered(database, scene.expected)
    finally:
        postgres.drop_database(database)


@pytest.fixture(scope="session")
def commits(scene):
    """How many COMMITs a run sends."""
    seen, wrong = lose_reply(scene, None)
    assert wrong == []
    return len(seen)


@pytest.mark.parametrize("part", range(SLICES))
def test_a_run_survives_the_end_of_its_session(scene, passed, part):
    wrong = {
        passed[at]: found
        for at in spread(len(passed) - 10, POINTS)[part::SLICES]
        if (found := end_session(scene, at))
    }
    assert wrong == {}


@pytest.mark.parametrize("part", range(SLICES))
def test_a_run_survives_a_lost_reply_to_any_commit(scene, commits, part):
    wrong = {
        at: found
        for at in spread(commits, POINTS)[part::SLICES]
        if (found := lose_reply(scene, at)[1])
    }
    assert wrong == {}
