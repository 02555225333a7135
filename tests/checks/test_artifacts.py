"""What the flows leave in the Prefect UI, read from a real Prefect server."""

from __future__ import annotations

import asyncio
import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterFlowRunId,
    LogFilter,
    LogFilterFlowRunId,
)
from sqlalchemy import text

from blocks.errors import ChecksFailed
from flows.backfill import backfill
from flows.hourly import hourly
from flows.maintain import maintain
from flows.story import CELL, ROWS, broken_rows, clean
from tasks.verdicts import Verdict

pytestmark = pytest.mark.usefixtures("prefect_api")
END = datetime(2018, 11, 2)


def artifacts(state):
    """The artifacts of a flow run, by key."""

    async def read():
        wanted = ArtifactFilter(
            flow_run_id=ArtifactFilterFlowRunId(any_=[state.state_details.flow_run_id])
        )
        async with get_client() as client:
            return await client.read_artifacts(artifact_filter=wanted)

    return {artifact.key: artifact for artifact in asyncio.run(read())}


def flow_run_name(state):
    async def read():
        async with get_client() as client:
            return (await client.read_flow_run(state.state_details.flow_run_id)).name

    return asyncio.run(read())


def table(artifact):
    return json.loads(artifact.data) if isinstance(artifact.data, str) else artifact.data


def logs(state):
    """What a flow run has logged, once the API has it."""

    async def read():
        wanted = LogFilter(flow_run_id=LogFilterFlowRunId(any_=[state.state_details.flow_run_id]))
        async with get_client() as client:
            return [entry.message for entry in await client.read_logs(wanted)]

    deadline = time.monotonic() + 20
    found = []
    while not any(line.endswith(": published") for line in found):
        assert time.monotonic() < deadline
        found = asyncio.run(read())
    return found


def materialized(since):
    """The events of tables in the server's feed, by table."""

    async def read():
        body = {"filter": {"occurred": {"since": since.isoformat()}}, "limit": 50}
        async with get_client() as client:
            found = await client._client.post("/events/filter", json=body)
            return found.json()["events"]

    events = [e for e in asyncio.run(read()) if e["event"].startswith("prefect.asset.material")]
    return {event["resource"]["prefect.resource.name"]: event["payload"] for event in events}


def test_a_run_leaves_its_story_its_checks_and_an_event_for_each_table(warehouse, local):
    since = datetime.now(UTC) - timedelta(seconds=1)
    warehouse.put_songs("song_id\nSO1")
    warehouse.put_events("ts\n2018-11-01 23:00")
    warehouse.bucket.put("log_data/2018/11/01/2018-11-01-22-events.json.gz", b"not gzip")
    state = hourly(local, END, return_state=True)
    found = artifacts(state)
    story = found["sparkify-hourly-run"].data
    for said in ("published", f"s3://{warehouse.bucket.bucket}", "| events |", "| songplays |"):
        assert said in story
    assert "2018-11-01-22-events.json.gz" in story.partition("## Quarantined")[2]
    checks = table(found["sparkify-hourly-checks"])
    assert {row["verdict"] for row in checks} == {"pass"}
    assert {row["scope"] for row in checks} == {"run", "merged", "hourly"}
    assert "sparkify-hourly-broken-rows" not in found
    deadline = time.monotonic() + 30
    while len(made := materialized(since)) < 5:
        assert time.monotonic() < deadline
    assert made["sparkify.songplays"]["inserted"] == 1
    assert flow_run_name(state) == "hourly-2018-11-02T00"


def test_the_log_of_a_run_reads_as_a_story(warehouse, local):
    warehouse.put_events("ts\n2018-11-01 23:00")
    found = logs(hourly(local, END, return_state=True))
    told = [line for line in found if "Finished in state" not in line and "Beginning" not in line]
    assert told[0].startswith("run hourly_2018110200")
    assert "songplays: 1 inserted, 0 updated, 0 deleted" in told
    assert told[-1].endswith("published")


def test_a_run_that_fails_leaves_the_rows_that_broke_its_checks(warehouse, local):
    warehouse.load("ts\n2018-11-01 10:00")
    with warehouse.engine.begin() as connection:
        connection.execute(text("INSERT INTO sparkify.songplays SELECT * FROM sparkify.songplays"))
    warehouse.put_events("ts\n2018-11-01 23:00")
    state = hourly(local, END, return_state=True)
    with pytest.raises(ChecksFailed, match="songplays_stay_unique"):
        state.result()
    found = artifacts(state)
    story = found["sparkify-hourly-run"].data
    assert "sparkify-hourly: failed" in story
    assert "songplays_stay_unique" in story
    assert "run it again" in story
    first = table(found["sparkify-hourly-checks"])[0]
    assert (first["check"], first["verdict"]) == ("songplays_stay_unique", "fail")
    (row,) = table(found["sparkify-hourly-broken-rows"])
    assert row["check"] == "songplays_stay_unique"
    assert "times: 2" in row["row"]
    kept = "SELECT scope, COUNT(*) FROM etl.check_results WHERE run_id IN (SELECT run_id FROM etl.runs WHERE status = 'failed') GROUP BY scope ORDER BY 1"
    assert [scope for scope, _ in warehouse.rows(kept)] == ["merged", "run"]


def test_an_hour_that_brings_nothing_is_judged_and_shown(warehouse, local):
    warehouse.load("ts\n2018-10-01 10:00")
    state = hourly(local, END, return_state=True)
    found = artifacts(state)
    assert "nothing new" in found["sparkify-hourly-run"].data
    assert table(found["sparkify-hourly-checks"])[0]["check"] == "plays_are_fresh"
    kept = "SELECT verdict FROM etl.check_results WHERE check_name = 'plays_are_fresh' AND run_id IN (SELECT run_id FROM etl.runs WHERE status = 'nothing new')"
    assert warehouse.rows(kept) == [("warn",)]


def test_a_backfill_shows_its_progress(warehouse, local):
    for day in range(1, 4):
        warehouse.put_events(f"ts\n2018-11-0{day} 10:00")
    state = backfill(
        datetime(2018, 11, 1), datetime(2018, 11, 4), warehouse=local, return_state=True
    )
    found = artifacts(state)
    progress = found["sparkify-backfill-progress"]
    assert float(progress.data) == 100.0
    assert progress.description == "3 of 3 chunks"
    assert "| songplays | 3 |" in found["sparkify-backfill-run"].data
    assert {row["scope"] for row in table(found["sparkify-backfill-checks"])} == {"run", "merged"}
    assert flow_run_name(state) == "backfill-2018-11-01-2018-11-04"


def test_maintenance_shows_what_the_lake_holds_and_nobody_published(warehouse, local):
    warehouse.load("ts\n2018-11-01 10:00")
    state = maintain(local, return_state=True)
    found = artifacts(state)
    assert "sparkify-maintain" in found["sparkify-maintain-run"].data
    assert {row["scope"] for row in table(found["sparkify-maintain-checks"])} == {
        "warehouse",
        "lake",
    }
    assert flow_run_name(state).startswith("maintain-20")


def test_rows_are_shown_without_secrets_cut_and_capped():
    row = {"error": "login postgresql://me:hunter2@host failed, password=hunter2 " + "x" * CELL}
    verdict = Verdict("rule", "run", "block", "fail", 1000, (row,) * (ROWS + 1), 0.1)
    rows, total = broken_rows([verdict])
    assert (len(rows), total) == (ROWS, 1000)
    assert "hunter2" not in rows[0]["row"]
    assert "more characters" in rows[0]["row"]
    assert clean("AKIAABCDEFGHIJKLMNOP took it") == "*** took it"
