"""A run that is killed at any point, and then run again, leaves what an undisturbed run leaves."""

import signal
from itertools import pairwise

import pytest
from chaos.child import exit_status, run_and_get
from chaos.conftest import EVERYWHERE
from chaos.points import points, spread

from embedded import postgres

SLICES = 12
POINTS = None if EVERYWHERE else 60
FIRST_POINTS = None if EVERYWHERE else 6


def kill(scene, home, template, expected, at):
    """What is wrong after a run was killed at a point and run again."""
    database = scene.database(template)
    try:
        status = exit_status(run_and_get, str(home), database, scene.bucket, at)
        died = [] if status == -signal.SIGKILL else [f"ended with {status}"]
        return died + scene.recovered(database, expected)
    finally:
        postgres.drop_database(database)


@pytest.mark.parametrize("part", range(SLICES))
def test_a_run_that_was_killed_is_finished_by_the_next(scene, passed, embedded_home, part):
    wrong = {
        passed[at]: found
        for at in spread(len(passed), POINTS)[part::SLICES]
        if (found := kill(scene, embedded_home, scene.published, scene.expected, at))
    }
    assert wrong == {}


def test_a_first_run_that_was_killed_while_it_made_the_tables_is_finished_by_the_next(
    scene, embedded_home
):
    database = scene.database("")
    with points() as counted:
        scene.warehouse(database).close()  # makes the tables
    postgres.drop_database(database)
    wrong = {
        counted.passed[at]: found
        for at in spread(len(counted.passed), FIRST_POINTS)
        if (found := kill(scene, embedded_home, "", scene.expected_first, at))
    }
    assert wrong == {}


def test_the_points_lie_in_every_step(passed):
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
