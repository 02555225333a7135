"""The commands as people type them, in processes of their own."""

import json

import pytest


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["flows.backfill"], "required: START, END"),
        (["flows.backfill", "yesterday", "2018-11-02"], "'yesterday' is not an ISO date"),
        (["flows.backfill", "2018-11-02", "2018-11-01"], "the window is empty"),
        (
            ["flows.backfill", "2018-11-01", "2018-11-02", "--chunk", "week"],
            "invalid choice: 'week'",
        ),
        (["flows.backfill", "2018-11-01", "2018-11-02", "--jobs", "0"], "0 is not at least 1"),
        (["flows.hourly", "--window-end", "noon"], "'noon' is not an ISO date"),
        (["flows.hourly", "--lookback", "x"], "invalid positive value: 'x'"),
        (["flows.hourly", "--lookback", "9" * 30], "reaches from"),
        (["flows.hourly", "--lookback", "900000"], "to before 1970"),
        (["flows.hourly", "--window-end", "0001-01-01"], "is not between 1970 and 9000"),
        (["flows.backfill", "0001-01-01", "2018-11-02"], "is not between 1970 and 9000"),
        (["flows.backfill", "2018-11-01", "9999-12-31T23:59"], "is not between 1970 and 9000"),
        (["flows.backfill", "2018-11-01", "9999-12-31T23:59-14:00"], "is not an ISO date"),
        (["flows.gaps", "0001-01-01", "2018-11-02"], "is not between 1970 and 9000"),
        (["flows.hourly", "--warehouse", "nowhere"], "is not of the form TYPE/NAME"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(command, arguments, words):
    done = command(*arguments)
    assert done.returncode == 2
    assert words in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_lake_that_is_missing_or_empty_is_wrong_usage(command, tmp_path):
    for lake in (tmp_path / "missing", tmp_path / "empty"):
        done = command("flows.hourly", SPARKIFY_LAKE=str(lake))
        assert done.returncode == 2
        assert str(lake) in done.stderr.splitlines()[-1]
        (tmp_path / "empty").mkdir(exist_ok=True)


def test_from_a_sample_lake_to_answers_and_then_only_what_is_new(command, tmp_path):
    sample = ["embedded", "sample", "--hours", "3", "--end", "2018-11-02", "--songs", "20"]
    assert command(*sample).returncode == 0
    end = ["flows.hourly", "--window-end", "2018-11-02T00:30", "--json"]
    first = json.loads(command(*end).stdout)
    assert first["status"] == "published"
    assert first["sources"]["songs"]["loaded"] == 20
    assert all(check["verdict"] == "pass" for check in first["checks"])

    again = command("flows.hourly", "--window-end", "2018-11-02")
    assert again.returncode == 0
    assert again.stdout.splitlines()[0].endswith("nothing new")

    hour = tmp_path / "home/lake/sparkify/log_data/2018/11/01"
    extra = hour / "2018-11-01-20-events.json"
    extra.write_text(
        '{"ts": 1541103000000, "page": "NextSong", "userId": "8", "sessionId": 1, "itemInSession": 1}'
    )
    one = json.loads(command(*end).stdout)
    assert one["sources"] == {"events": {"objects": 1, "lines": 1, "loaded": 1, "rejected": 0}}
    assert one["tables"]["songplays"] == {"inserted": 1, "updated": 0, "deleted": 0}

    answers = json.loads(command("flows.answers", "--json").stdout)
    assert len(answers) == 3
    assert all(answers.values())


def test_a_dry_run_touches_nothing(command, tmp_path):
    command("embedded", "sample", "--hours", "3", "--end", "2018-11-02", "--songs", "5")
    days = ["flows.backfill", "2018-11-01", "2018-11-02"]
    previews = json.loads(command(*days, "--dry-run", "--chunk", "all", "--json").stdout)
    assert previews[0]["objects"] == previews[0]["to_load"] > 0
    assert previews[0]["published"] == 0
    assert not (tmp_path / "home/lake/sparkify-work").exists()
    done = json.loads(command(*days, "--json").stdout)
    assert done["sources"]["events"]["objects"] == previews[0]["objects"]
    again = json.loads(command(*days, "--dry-run", "--chunk", "all", "--json").stdout)
    assert (again[0]["published"], again[0]["to_load"]) == (previews[0]["objects"], 0)
