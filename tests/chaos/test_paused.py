"""A run that sleeps in its publish is fenced off by the next one, and cannot publish when it wakes up."""

import signal

import psutil
import pytest
from chaos.child import FORKING, PATIENCE, run_and_get
from chaos.scene import left_schemas

from embedded import postgres, processes
from tasks.attempt import attempt
from tasks.fencing import Fence
from tasks.load import load

SOON = Fence(patience=0.2, limit=1, looks=2)
WHERE = ["before LOCK", "behind UPDATE etl.publish_lock", "behind DELETE FROM sparkify.songplays"]


def paused(scene, home, database, at):
    """A process that sleeps at a point of its run."""
    arguments = (str(home), database, scene.bucket, at, signal.SIGSTOP)
    process = FORKING.Process(target=run_and_get, args=arguments, daemon=True)
    process.start()
    state = psutil.Process(process.pid)
    assert processes.wait(lambda: state.status() == psutil.STATUS_STOPPED, 60.0)
    return process, state


@pytest.mark.parametrize("where", WHERE)
def test_a_run_that_sleeps_in_publish_publishes_nothing_when_it_wakes_up(
    scene, passed, embedded_home, where
):
    at = where, sum(point.startswith(where) for point in passed)  # the last of them
    database = scene.database(scene.published)
    sleeper, state = paused(scene, embedded_home, database, at)
    warehouse = scene.warehouse(database)
    try:
        run = warehouse.pin()
        run.fence = SOON
        outcome = attempt(run, load)
        published = warehouse.rows(
            "SELECT key, run_id, published_at FROM etl.objects ORDER BY 1, 3"
        )
        assert any("it held the publish lock" in note for note in outcome.notes) is (
            where != WHERE[0]
        )
        state.resume()
        sleeper.join(PATIENCE)
        assert sleeper.exitcode == 0
        assert scene.state(warehouse) == scene.expected
        again = warehouse.rows("SELECT key, run_id, published_at FROM etl.objects ORDER BY 1, 3")
        assert again == published
        assert left_schemas(warehouse) == []
    finally:
        sleeper.kill()
        warehouse.close()
        postgres.drop_database(database)
