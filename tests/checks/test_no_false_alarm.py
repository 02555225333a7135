"""Thirty days of the clean sample lake, with its rhythm of day and week: no check fires."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from embedded import sample
from tasks.maintain_check import check_warehouse, play_days
from tasks.quality import checks

START, DAYS = datetime(2018, 11, 1), 30
END = START + timedelta(days=DAYS)
VOLUME = "hours_have_their_usual_volume"


@pytest.fixture
def rhythm(warehouse):
    """A lake of thirty days."""
    wanted = sample.options(
        end=END.isoformat(), hours=24 * DAYS, songs=100, plays_per_hour=100, users=None, seed=7
    )
    sample.write_lake(wanted, warehouse.bucket.folder)


def alarms(outcome):
    return [(check.name, check.sample) for check in outcome.checks if check.verdict != "pass"]


def silence(warehouse, hour):
    """Take the objects of an hour away: its producer was down."""
    for key in warehouse.bucket.keys(f"log_data/{hour:%Y/%m/%d}"):
        if f"{hour:%Y-%m-%d-%H}-" in key:
            (warehouse.bucket.folder / key).unlink()


def test_thirty_days_of_the_sample_lake_raise_no_alarm_and_then_a_silent_hour_does(
    rhythm, warehouse
):
    peak = END - timedelta(hours=7)
    silence(warehouse, peak)
    for day in range(2, DAYS, 2):  # two days at a time, each hour of them judged
        outcome = warehouse.hourly(START + timedelta(days=day), 48)
        assert alarms(outcome) == []
    published = warehouse.block.engine(search_path="sparkify", connections=1)
    days = play_days(warehouse.engine)
    found = [check_warehouse.fn(published, check, days) for check in checks("warehouse")]
    published.dispose()
    assert [(check.name, check.sample) for check in found if check.verdict != "pass"] == []
    ((name, rows),) = alarms(warehouse.hourly(peak + timedelta(hours=1), 48))
    assert name == VOLUME
    assert [row["hour"] for row in rows] == [str(peak)]
