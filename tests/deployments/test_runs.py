"""Deployed runs on a real server with a real worker: scheduled, retried, cancelled, stopped, killed."""

from __future__ import annotations

import os
import signal
from datetime import timedelta

from local_stack import wait
from prefect.client.schemas.schedules import IntervalSchedule
from prefect.states import Cancelling

COPIES = "SELECT COUNT(*) FROM redshift_catalog.statements WHERE query_type = 'COPY'"
NOWHERE = """
    INSERT INTO sparkify.songplays (
        songplay_id, start_time, user_id, level, song_id, artist_id, session_id, item_in_session
    ) VALUES ('broken', '{hour:%Y-%m-%d %H:%M}', '8', 'free', 'NOWHERE', 'NOWHERE', 1, 1)
"""


def runs_like(stack, columns, flow_run):
    return stack.rows(f"SELECT {columns} FROM etl.runs WHERE flow_run_id = '{flow_run.id}'")


def cancel(stack, run):
    with stack.api() as client:
        client.set_flow_run_state(run.id, Cancelling())


def block_at(stack, run):
    """Wait until the run's statement waits for the lock that the test holds."""
    stack.await_state(run, "Running")
    return wait(stack.waiting, "a statement that waits")


def test_a_schedule_of_seconds_loads_new_data_three_times_in_a_row(stack):
    with stack.api() as client:
        deployment = client.read_deployment_by_name("sparkify-hourly/hourly")
        interval = IntervalSchedule(interval=timedelta(seconds=15))
        (schedule,) = client.create_deployment_schedules(deployment.id, [(interval, True)])
    before = {run.id for run in stack.runs_of("hourly") if run.state.is_final()}
    try:
        for _ in range(3):
            user = stack.drop_hour()
            wait(lambda user=user: stack.plays_of(user) == 1, f"the play of {user}")
    finally:
        with stack.api() as client:
            client.delete_deployment_schedule(deployment.id, schedule.id)
            for late in stack.runs_of("hourly"):
                if late.state.is_scheduled():
                    client.delete_flow_run(late.id)
    ended = [r for r in stack.runs_of("hourly") if r.id not in before and r.state.is_final()]
    assert len(ended) >= 3
    assert {run.state.name for run in ended} == {"Completed"}
    assert all(run.auto_scheduled for run in ended)


def test_retry_after_the_data_was_mended_does_not_stage_again(stack):
    user = stack.drop_hour()
    stack.rows(NOWHERE.format(hour=stack.hour))
    run = stack.start()
    stack.await_state(run, "Failed")
    ((status, reason),) = runs_like(stack, "status, reason", run)
    assert status == "failed"
    assert "matched_songs_stay" in reason
    copies = stack.rows(COPIES)
    stack.rows("DELETE FROM sparkify.songplays WHERE songplay_id = 'broken'")
    stack.environment["PREFECT_API_URL"] = f"http://127.0.0.1:{stack.port}/api"
    stack.run("prefect", "flow-run", "retry", str(run.id))
    stack.await_state(run, "Completed")
    assert stack.rows(COPIES) == copies
    assert stack.plays_of(user) == 1


def test_cancel_ends_the_statement_and_publishes_nothing(stack):
    user = stack.drop_hour()
    with stack.blocked():
        run = stack.start()
        block_at(stack, run)
        cancel(stack, run)
        stack.await_state(run, "Cancelled")
        wait(lambda: not stack.waiting(), "the end of the statement")
    assert stack.plays_of(user) == 0
    assert runs_like(stack, "status", run) == [("failed",)]
    following = stack.start()
    stack.await_state(following, "Completed")
    assert stack.plays_of(user) == 1


def test_a_worker_that_is_told_to_stop_gives_its_run_back(stack):
    """As a service manager tells it: the worker and the supervisors of its runs, which are one group.

    A worker takes what is scheduled until it has ended, so it may be the one that takes the run again.
    """
    user = stack.drop_hour()
    with stack.blocked():
        run = stack.start()
        block_at(stack, run)
        os.killpg(os.getpgid(stack.processes("worker")[0].pid), signal.SIGTERM)
        wait(lambda: "AwaitingRetry" in stack.states(run), "a run that is given back")
        assert stack.plays_of(user) == 0
    wait(
        lambda: stack.state(run) == "Completed" or not stack.processes("worker"), "an end of either"
    )
    stack.up()
    stack.await_state(run, "Completed")
    assert stack.plays_of(user) == 1


def test_a_killed_flow_is_crashed_and_its_statement_is_ended(stack):
    stack.drop_hour()
    with stack.blocked():
        run = stack.start()
        block_at(stack, run)
        for process in stack.processes("worker")[1:]:
            if "prefect.engine" in " ".join(process.cmdline()):
                process.kill()
        stack.await_state(run, "Crashed")
        wait(lambda: not stack.waiting(), "the end of the statement")
    stack.await_state(stack.start(), "Completed")
