"""Claims are asked together; one that cannot be asked is named, before publish and inside it."""

from dataclasses import replace

import pytest

from blocks.errors import ChecksFailed
from sql import read
from tasks.asking import judge
from tasks.merged_checks import Asking, CannotAskTogether

SOUND = read("checks/users_are_unique")
BROKEN = replace(SOUND, name="no_such_table", text="SELECT nothing FROM nowhere")
DOUBLED = "INSERT INTO sparkify.users SELECT * FROM sparkify.users"


@pytest.fixture
def engine(warehouse):
    warehouse.load("ts                userId\n2018-11-01 10:00  7")
    made = warehouse.block.engine(search_path="sparkify", connections=1)
    yield made
    made.dispose()


def test_claims_have_verdicts_of_their_own(engine):
    found = judge(engine, [SOUND, read("checks/users_have_their_key")], "warehouse", {})
    assert [(verdict.name, verdict.verdict) for verdict in found] == [
        ("users_are_unique", "pass"),
        ("users_have_their_key", "pass"),
    ]


def test_one_that_cannot_be_asked_takes_no_verdict_from_the_others(warehouse, engine):
    with warehouse.engine.begin() as connection:
        connection.exec_driver_sql(DOUBLED)
    sound, broken = judge(engine, [SOUND, BROKEN], "warehouse", {})
    assert (sound.verdict, sound.rows_broken, sound.sample[0]["times"]) == ("fail", 1, 2)
    assert (broken.name, broken.verdict) == ("no_such_table", "error")
    assert "nowhere" in broken.sample[0]["error"]


def test_inside_publish_it_is_found_by_asking_one_by_one(engine):
    with pytest.raises(CannotAskTogether), engine.begin() as connection:
        Asking(connection, together=True).ask([SOUND, BROKEN], "merged", {}, [])
    with pytest.raises(ChecksFailed, match="no_such_table") as told, engine.begin() as connection:
        Asking(connection, together=False).ask([SOUND, BROKEN], "merged", {}, [])
    assert [verdict.verdict for verdict in told.value.verdicts] == ["pass", "error"]
