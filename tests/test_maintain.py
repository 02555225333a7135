import json
import re
import time
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from blocks.errors import BrokenWarehouse
from tasks.attempt import attempt
from tasks.load import load
from tasks.maintain_check import check_warehouse, play_days
from tasks.maintain_report import Maintained, require_sound
from tasks.maintain_sweep import sweep
from tasks.maintain_tidy import table_infos, tidy
from tasks.maintain_trim import trim
from tasks.quality import checks
from tasks.stage import stage

NOW = datetime(2026, 11, 20)
SCHEMAS = "SELECT TRIM(nspname) FROM pg_namespace WHERE nspname LIKE 'run%' ORDER BY 1"
TWO_DAYS = """
    ts               | userId
    2018-11-01 10:00 | 8
    2018-11-02 10:00 | 9
"""


def execute(warehouse, *statements):
    with warehouse.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def left_behind(warehouse, status="running"):
    """A run that staged its objects and was heard of last three days ago; its sessions are open."""
    warehouse.put_events("ts\n2018-11-01 10:00")
    run = warehouse.pin()
    stage.fn(run, run.parts[0].table)
    execute(
        warehouse,
        f"UPDATE etl.runs SET status = '{status}', started_at = DATEADD(day, -3, GETDATE())",
    )
    return run


def dead(warehouse, run):
    """The run's process has died: wait until the warehouse has noticed; one session asks."""
    run.close()
    warehouse.engine.dispose()
    deadline = time.monotonic() + 30
    while warehouse.value("SELECT COUNT(*) FROM stv_sessions") > 1:
        assert time.monotonic() < deadline


def kept(warehouse):
    return [swept.kept for swept in sweep.fn(warehouse.engine)]


def verdicts(warehouse):
    """What the checks of the whole warehouse find, those that do not pass."""
    published = warehouse.block.engine(search_path="sparkify", connections=1)
    days = play_days(warehouse.engine)
    made = [check_warehouse.fn(published, check, days) for check in checks("warehouse")]
    published.dispose()
    return {check.name: check for check in made if check.verdict != "pass"}


@pytest.mark.parametrize("status", ["running", "failed"])
def test_the_schema_of_a_run_that_died_is_dropped_and_its_objects_are_loaded_later(
    warehouse, status
):
    dead(warehouse, left_behind(warehouse, status))
    assert kept(warehouse) == [""]
    assert warehouse.rows(SCHEMAS) == []
    assert warehouse.rows("SELECT status FROM etl.objects") == [("pending",)]
    assert warehouse.rows("SELECT status FROM etl.runs") == [("failed",)]
    assert warehouse.hourly().tables["songplays"]["inserted"] == 1


def test_a_run_that_is_alive_keeps_its_schema_and_ends_well(warehouse):
    run = left_behind(warehouse)
    assert "is connected" in kept(warehouse)[0]
    assert warehouse.rows("SELECT status FROM etl.runs") == [("running",)]
    assert attempt(run, load).status == "published"


def test_a_run_that_lost_its_first_session_is_known_by_the_label_of_another(warehouse):
    run = left_behind(warehouse)
    execute(warehouse, "UPDATE etl.runs SET session_pid = NULL")
    dead(warehouse, run)
    other = warehouse.block.engine(label=f"sparkify-{run.id}", connections=1)
    with other.connect() as connection:
        connection.execute(text("SELECT 1"))
        assert kept(warehouse) == ["a session with its label is connected"]
    assert warehouse.rows(SCHEMAS) == [(run.schema,)]


def test_a_run_whose_tables_are_used_is_alive(warehouse):
    run = left_behind(warehouse)
    execute(warehouse, "UPDATE etl.runs SET session_pid = NULL")
    with run.engine.begin() as connection:
        connection.execute(text("INSERT INTO done VALUES ('x', '{}')"))
        assert kept(warehouse) == ["a transaction uses its tables"]
    assert warehouse.rows(SCHEMAS) == [(run.schema,)]
    run.close()


def test_a_run_that_stopped_today_waits_for_its_retry(warehouse):
    run = left_behind(warehouse)
    execute(warehouse, "UPDATE etl.runs SET started_at = DATEADD(hour, -23, GETDATE())")
    dead(warehouse, run)
    assert kept(warehouse) == ["younger than a day: a retry may take it up"]
    assert warehouse.pin().id == run.id


def test_schemas_of_runs_that_are_over_or_forgotten_are_dropped_and_others_are_not(warehouse):
    over, forgotten = "run_hourly_2018110100_0123456789ab", "run_backfill_2018110100_0123456789ab"
    others = ["run_my_experiments", "runs"]
    execute(warehouse, *(f"CREATE SCHEMA {name}" for name in (over, forgotten, *others)))
    execute(
        warehouse,
        "INSERT INTO etl.runs (run_id, flow, status, started_at) "
        f"VALUES ('{over[4:]}', 'sparkify-hourly', 'published', GETDATE())",
    )
    assert kept(warehouse) == ["", ""]
    assert warehouse.rows(SCHEMAS) == [(name,) for name in others]


def test_a_sound_warehouse_passes_all_checks(warehouse):
    warehouse.load(TWO_DAYS)
    assert len(play_days(warehouse.engine)) == 2
    assert verdicts(warehouse) == {}


def test_an_empty_warehouse_is_sound(warehouse):
    assert verdicts(warehouse) == {}


@pytest.mark.parametrize(
    ("damage", "rules"),
    [
        (
            "INSERT INTO sparkify.songplays SELECT * FROM sparkify.songplays WHERE user_id = '9'",
            {"songplays_are_unique"},
        ),
        ("INSERT INTO sparkify.users SELECT * FROM sparkify.users", {"users_are_unique"}),
        ("DELETE FROM sparkify.users WHERE user_id = '9'", {"songplays_have_their_user"}),
        (
            "DELETE FROM sparkify.time WHERE start_time >= '2018-11-02'",
            {"songplays_have_their_time"},
        ),
        (
            "UPDATE sparkify.songplays SET song_id = 'SO0'",
            {"matched_songs_exist", "plays_have_the_song_they_name"},
        ),
        (
            "UPDATE sparkify.songplays SET level = 'gold'",
            {"levels_are_known", "users_are_as_of_their_latest_play"},
        ),
    ],
)
def test_damage_to_what_is_published_is_found(warehouse, damage, rules):
    warehouse.load(TWO_DAYS)
    execute(warehouse, damage)
    found = verdicts(warehouse)
    assert set(found) == rules
    assert {verdict.verdict for verdict in found.values()} == {"fail"}
    assert all(v.rows_broken == len(v.sample) > 0 for v in found.values())
    with pytest.raises(BrokenWarehouse, match=min(rules)):
        require_sound(Maintained("maintain", checks=list(found.values())))


def test_a_check_that_cannot_be_made_is_an_error(warehouse):
    execute(warehouse, "DROP TABLE sparkify.artists CASCADE")
    found = verdicts(warehouse)
    assert found["artists_are_unique"].verdict == "error"
    assert "artists" in found["artists_are_unique"].sample[0]["error"]


def test_old_history_is_trimmed_but_for_what_is_still_needed(warehouse):
    warehouse.load(TWO_DAYS)
    execute(
        warehouse,
        "UPDATE etl.runs SET started_at = '2020-01-01'",
        "UPDATE etl.check_results SET checked_at = '2020-01-01'",
        "INSERT INTO etl.runs (run_id, flow, status, window_end, started_at) VALUES "
        "('quiet', 'sparkify-hourly', 'nothing new', '2019-12-31', '2020-01-01'), "
        "('quieter', 'sparkify-hourly', 'nothing new', '2020-01-01', '2020-01-01'), "
        "('broken', 'sparkify-backfill', 'failed', '2019-12-31', '2020-01-01'), "
        "('works', 'sparkify-backfill', 'running', '2019-12-31', '2020-01-01'), "
        "('new', 'sparkify-backfill', 'failed', '2019-12-31', '2026-11-19')",
        "INSERT INTO etl.check_results "
        "VALUES ('broken', 'x', 'run', 'block', 'fail', 1, NULL, 0, '2020-01-01'), "
        "('new', 'x', 'run', 'block', 'fail', 1, NULL, 0, '2026-11-19')",
    )
    done = trim.fn(warehouse.engine, warehouse.block.lake, timedelta(days=90), NOW)
    assert (done.check_results, done.runs) == (1, 2)
    left = "SELECT run_id FROM etl.runs WHERE status <> 'published' ORDER BY 1"
    assert warehouse.rows(left) == [("new",), ("quieter",), ("works",)]
    assert warehouse.value("SELECT COUNT(*) FROM etl.runs WHERE status = 'published'") == 1
    assert warehouse.value("SELECT COUNT(*) FROM etl.check_results WHERE run_id = 'new'") == 1
    again = trim.fn(warehouse.engine, warehouse.block.lake, timedelta(days=90), NOW)
    assert (again.check_results, again.runs) == (0, 0)


def test_our_own_objects_are_deleted_when_their_run_is_over(warehouse):
    lake = warehouse.block.lake
    warehouse.load("ts\n2018-11-01 10:00")
    published = lake.work_folders("runs")
    warehouse.put_events("ts\n2018-11-01 11:00")
    waiting = warehouse.pin()
    stage.fn(waiting, waiting.parts[0].table)
    lake.put_work("runs/hourly_2018110100_0123456789ab/batch.json", b"{}")  # about to begin
    done = trim.fn(warehouse.engine, lake, timedelta(days=90), datetime.now())
    assert done.work_objects == 1
    assert len(published) == 1
    assert waiting.id in lake.work_folders("runs")
    assert len(lake.work_folders("runs")) == 2
    assert attempt(waiting, load).status == "published"
    tomorrow = datetime.now() + timedelta(days=2)
    trim.fn(warehouse.engine, lake, timedelta(days=90), tomorrow)
    assert lake.work_folders("runs") == []


def test_only_our_own_objects_can_be_deleted(warehouse):
    with pytest.raises(ValueError, match="log_data"):
        warehouse.block.lake.delete_work(["log_data/2018/11/2018-11-01-events.json"])


def test_tables_are_vacuumed_and_analyzed_where_it_helps(warehouse):
    warehouse.load(TWO_DAYS)
    statements = {done.statement for done in tidy.fn(warehouse.engine)}
    assert {"VACUUM sparkify.songplays", "ANALYZE sparkify.songplays"} <= statements
    after = {info.table: info for info in table_infos(warehouse.engine)}
    assert after["sparkify.songplays"].rows == 2
    assert after["sparkify.songplays"].megabytes > 0
    assert after["sparkify.songplays"].unsorted == after["sparkify.songplays"].stats_off == 0
    assert tidy.fn(warehouse.engine) == []


def test_every_check_of_the_warehouse_is_bounded_by_days_or_reads_no_play():
    for check in checks("warehouse"):
        bounded = ":lo" in check.text and ":hi" in check.text
        reads_plays = re.search(r"(FROM|JOIN) (sparkify\.)?songplays", check.text)
        assert bounded or not reads_plays or check.name.endswith("have_their_key")


def test_the_command_does_everything_before_it_says_what_is_broken(command):
    command("embedded", "sample", "--hours", "2", "--end", "2018-11-02", "--songs", "5")
    assert command("flows.hourly", "--window-end", "2018-11-02").returncode == 0
    sound = json.loads(command("flows.maintain", "--json").stdout)
    assert {check["verdict"] for check in sound["checks"]} == {"pass"}
    assert sound["trimmed"]["work_objects"] > 0
    assert {"etl.objects", "sparkify.songplays"} <= {table["table"] for table in sound["tables"]}

    twice = "INSERT INTO sparkify.songs SELECT * FROM sparkify.songs"
    left = "CREATE SCHEMA run_hourly_2018110100_0123456789ab"
    for statement in (twice, left):
        assert command("embedded", "psql", "-c", statement).returncode == 0
    done = command("flows.maintain", "--keep-days", "30")
    assert done.returncode == 1
    assert "songs_are_unique (fail, 5 rows)" in done.stderr.splitlines()[-1]
    assert "run_hourly_2018110100_0123456789ab (unknown): dropped" in done.stdout
    made = len(checks("warehouse")) + len(checks("lake"))
    last = f"{made - 1} of {made} checks of the warehouse pass"
    assert done.stdout.splitlines()[-1].startswith(last)
    results = (
        "SELECT COUNT(*) FROM etl.check_results WHERE scope = 'warehouse' AND verdict = 'fail'"
    )
    assert "1" in command("embedded", "psql", "-c", results).stdout.split()


def test_days_to_keep_are_at_least_one(command):
    done = command("flows.maintain", "--keep-days", "0")
    assert done.returncode == 2
    assert "0 is not at least 1" in done.stderr.splitlines()[-1]
