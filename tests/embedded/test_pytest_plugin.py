"""The fixtures, as somebody else's tests use them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest

from embedded import processes

ROOT = Path(__file__).resolve().parents[2]
# pytest finds it by itself where the project is installed
_FOUND = any(entry.value == "embedded.pytest_plugin" for entry in entry_points(group="pytest11"))
PLUGIN = [] if _FOUND else ["-p", "embedded.pytest_plugin"]

USERS_TESTS = """
import os
import pytest

@pytest.mark.parametrize("number", range(4))
def test_copy(redshift, lake, number):
    lake.put("events/a.json", '{"n": %d}' % number)
    with redshift.cursor() as cursor:
        cursor.execute("CREATE TABLE t (n INTEGER)")
        cursor.execute(f"COPY t FROM '{lake.url('events/')}' IAM_ROLE default JSON 'auto'")
        cursor.execute("SELECT n FROM t")
        assert cursor.fetchall() == [(number,)]

def test_the_lake_is_empty(lake):
    assert lake.keys() == []
    assert lake.bucket
"""
KILLED = """
import os, signal

def test_dies(redshift):
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def run_pytest(tmp_path: Path) -> Callable[..., Any]:
    """Runs pytest in a project of its own."""

    def run(text: str, *words: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "test_theirs.py").write_text(text)
        (tmp_path / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n")
        environment = {
            key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")
        } | {"PYTHONPATH": str(ROOT), "PYTEST_DEBUG_TEMPROOT": str(tmp_path)}
        environment.pop("SPARKIFY_HOME", None)
        return subprocess.run(
            [sys.executable, "-m", "pytest", *PLUGIN, "-q", *words],
            cwd=tmp_path, env=environment, text=True, capture_output=True, check=False, timeout=120,
        )  # fmt: skip

    return run


def servers_below(folder: Path) -> int:
    return len(processes.find(lambda command: f"{folder}/" in " ".join(command)))


@pytest.mark.parametrize("words", [(), ("-n", "2")], ids=["alone", "xdist"])
def test_each_test_has_a_warehouse_and_a_bucket_and_nothing_is_left(
    run_pytest: Callable[..., Any], tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = run_pytest(USERS_TESTS, *words)
    assert "5 passed" in done.stdout, done.stdout + done.stderr
    assert servers_below(tmp_path) == 0


def test_a_killed_session_is_cleaned_up_by_the_next(
    run_pytest: Callable[..., Any], tmp_path: Path
) -> None:
    run_pytest(KILLED)
    assert servers_below(tmp_path) > 0
    assert "5 passed" in run_pytest(USERS_TESTS).stdout
    assert servers_below(tmp_path) == 0


def test_a_session_that_uses_no_fixture_starts_nothing(
    run_pytest: Callable[..., Any], tmp_path: Path
) -> None:
    done = run_pytest("def test_nothing(): pass\n")
    assert "1 passed" in done.stdout
    assert not list(tmp_path.rglob("embedded-home"))
