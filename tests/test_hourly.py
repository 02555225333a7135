import asyncio
from datetime import datetime

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId, TaskRunFilter

from blocks.errors import ChecksFailed, UsageError
from embedded.processes import wait
from flows.backfill import backfill
from flows.hourly import hourly
from sql import DIMENSIONS
from tasks.quality import checks, subjects

pytestmark = pytest.mark.usefixtures("prefect_api")
END = datetime(2018, 11, 2)


def has_tasks(run_id, expected):
    """Whether the server comes to know just these task runs: it hears of them after they have run."""
    wait(lambda: asyncio.run(task_names(run_id)) == expected, 60)
    return asyncio.run(task_names(run_id)) == expected


async def task_names(run_id):
    async with get_client() as client:
        runs = await client.read_task_runs(
            flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run_id])),
            task_run_filter=TaskRunFilter(),
        )
    return sorted(run.name for run in runs)


def test_the_hourly_flow_loads_what_is_new_and_then_nothing(warehouse, local):
    warehouse.put_songs("song_id\nSO1")
    warehouse.put_events("ts\n2018-11-01 10:00")
    state = hourly(local, END, return_state=True)
    outcome = state.result()
    assert outcome.status == "published"
    assert outcome.sources["events"]["loaded"] == outcome.sources["songs"]["loaded"] == 1
    assert warehouse.rows("SELECT song_id FROM sparkify.songplays") == [("SO1",)]
    expected = ["discover", "load-fact-songplays", "publish"]
    expected += ["stage-staging_events_json", "stage-staging_songs_json"]
    expected += [f"load-dimension-{table.name}" for table in DIMENSIONS]
    expected += [f"check-{subject.name}" for subject in subjects(checks("run"))]
    assert has_tasks(state.state_details.flow_run_id, sorted(expected))
    assert hourly(local, END).status == "nothing new"


def test_a_failed_check_fails_the_run_with_the_rule_named(warehouse, local):
    with warehouse.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO sparkify.users VALUES ('8', 'A', 'B', 'F', 'free', '2018-01-01', 1, 1)"
        )
        connection.exec_driver_sql(
            "INSERT INTO sparkify.users VALUES ('8', 'A', 'B', 'F', 'free', '2018-01-01', 1, 1)"
        )
        connection.exec_driver_sql(
            "INSERT INTO sparkify.songplays VALUES "
            "('x', '2018-11-01', '8', 'free', 'SO9', 'AR9', 1, 1, NULL, NULL, NULL, NULL, NULL)"
        )
    warehouse.put_events("ts\n2018-11-01 10:00")
    with pytest.raises(ChecksFailed, match="matched_songs_stay"):
        hourly(local, END)
    assert warehouse.value("SELECT COUNT(*) FROM sparkify.songplays") == 1
    assert warehouse.rows("SELECT status FROM etl.runs") == [("failed",)]


def test_a_backfill_by_day_equals_one_by_all(warehouse, local):
    warehouse.put_songs("song_id\nSO1")
    for day in range(1, 4):
        warehouse.put_events(f"ts | userId\n2018-11-0{day} 10:00 | {day}\n2018-11-0{day} 11:00 | 8")
    outcome = backfill(datetime(2018, 11, 1), datetime(2018, 11, 4), "day", jobs=2, warehouse=local)
    assert outcome.tables["songplays"]["inserted"] == 6
    by_day = warehouse.tables()
    backfill(datetime(2018, 11, 1), datetime(2018, 11, 4), "all", "all", warehouse=local)
    assert warehouse.tables() == by_day


def test_an_unknown_warehouse_is_wrong_usage(local):
    with pytest.raises(UsageError, match="no block type 'oracle' is installed"):
        hourly("oracle/local", END)
    with pytest.raises(UsageError, match="is not saved"):
        hourly("redshift/prod", END)
