"""Each check catches its fault, and no other one fires without the same cause."""

from __future__ import annotations

import gzip

import pytest
from checks.faults import HISTORY, HOUR, MERGED, RUN, WAREHOUSE, hour
from tables import EVENT, SONG, ndjson

from sql import read_all
from tasks.check_lake import check_lake
from tasks.quality import checks
from tasks.verdicts import Verdict

BROKEN = {"block": "fail", "warn": "warn"}


def fired(verdicts: dict[str, Verdict]) -> dict[str, str]:
    return {name: found.verdict for name, found in verdicts.items() if found.verdict != "pass"}


def expected(fault) -> dict[str, str]:
    severity = {check.name: check.severity for check in read_all("checks")}
    assert severity[fault.catches] == fault.severity
    return {name: BROKEN[severity[name]] for name in (fault.catches, *fault.also)}


def named(fault) -> str:
    return fault.name


@pytest.mark.parametrize("fault", RUN, ids=named)
def test_a_fault_in_the_tables_of_a_run_is_caught(scene, fault):
    found = scene.on_run(fault.sql)
    assert fired(found) == expected(fault)
    assert len(found[fault.catches].sample) > 0


@pytest.mark.parametrize("fault", MERGED, ids=named)
def test_a_fault_in_what_publish_merged_is_caught(scene, fault):
    assert fired(scene.on_merge(fault.sql)) == expected(fault)


@pytest.mark.parametrize("fault", WAREHOUSE, ids=named)
def test_a_fault_in_what_is_published_is_caught(scene, fault):
    assert fired(scene.on_warehouse(fault.sql)) == expected(fault)


@pytest.mark.parametrize("fault", HOUR, ids=named)
def test_a_fault_in_an_hour_is_caught(scene, fault):
    assert fired(scene.on_hour(fault.sql)) == expected(fault)


def test_there_are_at_least_forty_faults_and_nearly_every_check_catches_one():
    faults = [*RUN, *MERGED, *WAREHOUSE, *HOUR]
    assert len(faults) >= 40
    caught = {fault.catches for fault in faults}
    elsewhere = {
        "lake_objects_are_published",
        "replaced_plays_equal_the_runs",
    }  # below; test_replacement
    assert {check.name for check in read_all("checks")} - caught == elsewhere


def test_without_a_fault_no_check_fires(scene):
    assert fired(scene.on_run(())) == {}
    assert fired(scene.on_merge(())) == {}
    assert fired(scene.on_warehouse(())) == {}
    assert fired(scene.on_hour(hour(1003))) == {}


def test_a_check_that_cannot_be_made_is_an_error_and_the_others_are_made(scene):
    found = fired(scene.on_run(("DROP TABLE artists",)))
    assert set(found.values()) == {"error"}
    assert {"artists_are_unique", "matched_artists_exist"} <= set(found)
    assert len(found) < len(checks("run")) / 2


@pytest.mark.parametrize(
    "history",
    [
        ("UPDATE etl.runs SET flow = 'sparkify-backfill' WHERE run_id = 'before'",),
        (
            "INSERT INTO etl.check_results VALUES ('before', 'hours_have_their_usual_volume', "
            "'hourly', 'warn', 'warn', 1, NULL, 0, GETDATE())",
        ),
        ("DELETE FROM etl.objects WHERE run_id = 'before' AND key > 'log_data/2018/10/08'",),
    ],
    ids=["brought by a backfill", "unusual themselves", "too few"],
)
def test_hours_that_are_no_measure_are_not_compared_with(scene, history):
    assert fired(scene.on_hour((*hour(500), *history))) == {}


def test_a_weekend_is_not_measured_by_weekdays(scene):
    saturdays = tuple(f"2018-10-{day:02}" for day in (6, 7, 13, 14, 20, 21, 27, 28))
    keys = ", ".join(f"'log_data/{d.replace('-', '/')}/{d}-10-events.json'" for d in saturdays)
    silent = f"UPDATE etl.objects SET loaded = 100 WHERE key IN ({keys})"
    assert fired(scene.on_hour((*hour(1003), silent))) == {}
    assert len(HISTORY) == 32


def test_an_object_of_the_lake_that_nobody_published_is_found(warehouse):
    from datetime import UTC, datetime, timedelta

    warehouse.load("ts\n2018-11-01 10:00")
    warehouse.put_events("ts\n2018-11-01 11:00")
    (check,) = checks("lake")
    later = datetime.now(UTC) + timedelta(hours=4)
    found = check_lake.fn(warehouse.engine, warehouse.block, check, "maintain", later)
    assert (found.verdict, found.rows_broken) == ("warn", 1)
    assert found.sample[0]["state"] == "missing"
    soon = check_lake.fn(warehouse.engine, warehouse.block, check, "maintain", datetime.now(UTC))
    assert soon.verdict == "pass"


TRUNCATED = {
    "a song object cut in the middle": (
        "song_data/A/B/C/TRX.json",
        ndjson([SONG])[:60],
        "quarantined",
    ),
    "a song object without a byte": ("song_data/A/B/C/TRX.json", b"", "quarantined"),
    "a log cut within its gzip": (
        "log_data/2018/11/01/2018-11-01-11-events.json.gz",
        gzip.compress(ndjson([EVENT | {"itemInSession": n} for n in range(50)]))[:-30],
        "quarantined",
    ),
    "a log cut within its last line": (
        "log_data/2018/11/01/2018-11-01-11-events.json",
        ndjson([EVENT | {"itemInSession": n} for n in range(50)])[:-30],
        "rejected",
    ),
}


@pytest.mark.parametrize("name", TRUNCATED)
def test_an_object_that_is_cut_is_rejected_or_quarantined_and_blocks_nothing(warehouse, name):
    key, body, fate = TRUNCATED[name]
    warehouse.bucket.put(key, body)
    warehouse.put_events("ts\n2018-11-01 10:00")
    outcome = warehouse.hourly()
    assert outcome.status == "published"
    assert {check.name for check in outcome.checks if check.blocks} == set()
    ((status, rejected),) = warehouse.rows(
        f"SELECT status, rejected FROM etl.objects WHERE key = '{key}'"
    )
    assert (status, bool(rejected)) == {
        "quarantined": ("quarantined", False),
        "rejected": ("published", True),
    }[fate]
