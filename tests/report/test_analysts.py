"""docs/analysts.md says what the SQL files say and what the sample lake answers.

`SPARKIFY_WRITE_DOCS=1 python -m pytest tests/report/test_analysts.py` writes it anew.
"""

import os
from datetime import UTC, datetime

import pytest
from analysts_page import PAGE, STAR, diagram, page, types

from embedded.sample import options, write_lake
from sql import columns
from tasks.report.questions import ask
from tasks.windows import Window

SAMPLE = Window(datetime(2018, 11, 1), datetime(2018, 11, 3))


@pytest.fixture
def sample(warehouse):
    """A warehouse with the sample lake loaded."""
    wanted = options(end="2018-11-03", hours=48, songs=500, plays_per_hour=850, users=None, seed=1)
    assert wanted.end == datetime(2018, 11, 3, tzinfo=UTC)
    write_lake(wanted, warehouse.bucket.folder)
    warehouse.hourly()
    return warehouse


def test_the_page_for_analysts_is_what_the_files_and_the_sample_lake_say(sample):
    made = page(ask(sample.engine, SAMPLE, datetime(2000, 1, 1)))
    if os.environ.get("SPARKIFY_WRITE_DOCS"):
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == made


def test_the_diagram_draws_every_column_and_every_join():
    drawn = diagram()
    for table in STAR:
        assert tuple(types(table)) == columns(f"schema/sparkify/{table}")
        assert f"    {table} {{" in drawn
    for name, key in (("users", "user_id"), ("time", "start_time"), ("songs", "song_id")):
        assert f" {name} : {key}" in drawn
