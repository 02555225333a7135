"""Every task is tried again only when another try can mend it, later each time, never all at once."""

import importlib
import pkgutil

import pytest
from prefect import Task
from prefect.states import Failed

import tasks
from blocks.errors import ChecksFailed, Superseded, Unreadable
from flows.backfill import backfill
from flows.hourly import hourly
from flows.maintain import maintain
from flows.stopping import end_left_sessions

ALL = {
    found.name: found
    for module in pkgutil.iter_modules(tasks.__path__)
    for found in vars(importlib.import_module(f"tasks.{module.name}")).values()
    if isinstance(found, Task)
}


def test_the_tasks_are_found():
    assert {"discover", "stage", "load-fact", "load-dimension", "publish"} <= ALL.keys()


@pytest.mark.parametrize("task", ALL.values(), ids=ALL)
def test_a_task_that_is_tried_again_asks_first_and_waits_by_chance(task):
    if task.retries:
        assert task.retry_condition_fn is not None
        assert task.retry_jitter_factor
        assert task.retry_delay_seconds == sorted(task.retry_delay_seconds)
    assert task.timeout_seconds is None  # statement_timeout it is: no thread can be interrupted


@pytest.mark.parametrize("task", ALL.values(), ids=ALL)
@pytest.mark.parametrize(
    "error", [ChecksFailed("x"), Superseded("x"), Unreadable("x"), ValueError()]
)
def test_bad_data_and_broken_rules_are_never_tried_again(task, error):
    if task.retries:
        assert not task.retry_condition_fn(task, None, Failed(data=error))


@pytest.mark.parametrize("task", ALL.values(), ids=ALL)
def test_a_lost_network_is_tried_again(task):
    if task.retries:
        assert task.retry_condition_fn(task, None, Failed(data=ConnectionError()))


@pytest.mark.parametrize("flow", [hourly, backfill], ids=["hourly", "backfill"])
def test_a_run_that_is_over_leaves_no_session_at_work(flow):
    assert end_left_sessions in flow.on_cancellation_hooks
    assert end_left_sessions in flow.on_crashed_hooks


@pytest.mark.parametrize(
    "flow", [hourly, backfill, maintain], ids=["hourly", "backfill", "maintain"]
)
def test_a_flow_is_never_tried_again_as_a_whole(flow):
    assert not flow.retries
