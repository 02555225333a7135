"""A flow that is killed at any point, and then run again, leaves what an undisturbed run leaves."""

import signal
from functools import partial
from itertools import pairwise

import pytest
from chaos.child import exit_status, run_and_get
from chaos.conftest import EVERYWHERE
from chaos.points import points, spread

from embedded import postgres

SLICES = 12
POINTS = None if EVERYWHERE else 60
FIRST_POINTS = None if EVERYWHERE else 6


def kill(scene, template, expected, run, name=""):
    """What is wrong after a run of a database was killed and the database was loaded again."""
    database = scene.database(template, name)
    try:
        status = run(database)
        died = [] if status == -signal.SIGKILL else [f"ended with {status}"]
        return died + scene.recovered(database, expected)
    finally:
        postgres.drop_database(database)


@pytest.mark.parametrize("part", range(SLICES))
def test_a_flow_that_was_killed_is_finished_by_the_next(scene, flow, passed_by_flow, part):
    def kill_at(at):
        name = flow.databases[0]
        return kill(scene, scene.published, scene.expected, partial(flow.run, at=at), name)

    wrong = {
        passed_by_flow[at]: found
        for at in spread(len(passed_by_flow), POINTS)[part::SLICES]
        if (found := kill_at(at))
    }
    assert wrong == {}


def test_a_first_run_that_was_killed_while_it_made_the_tables_is_finished_by_the_next(
    scene, embedded_home
):
    def run_until(at, database):
        return exit_status(run_and_get, str(embedded_home), database, scene.bucket, at)

    database = scene.database("")
    with points() as counted:
        scene.warehouse(database).close()  # makes the tables
    postgres.drop_database(database)
    wrong = {
        counted.passed[at]: found
        for at in spread(len(counted.passed), FIRST_POINTS)
        if (found := kill(scene, "", scene.expected_first, partial(run_until, at)))
    }
    assert wrong == {}


def test_the_points_lie_in_every_step(passed_by_flow):
    passed = passed_by_flow

    def first(text, after=0):
        return next(n for n, point in enumerate(passed) if n >= after and text in point)

    pin = first("before LOCK etl.publish_lock")
    stage, build = first("staging_", pin), first("CREATE VIEW", pin)
    check, publish = first("SELECT CAST('", build), first("before LOCK", pin + 1)
    steps = [0, pin, stage, build, check, publish, first("before DROP SCHEMA"), len(passed)]
    taken = spread(len(passed), POINTS)
    assert len(taken) >= 60
    inside = [sum(low <= at < high for at in taken) for low, high in pairwise(steps)]
    assert min(inside) >= 1, inside
    assert inside[5] >= 12, inside  # publish
