"""The server of a home: one, found again, mended, stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from embedded import account, postgres, processes, s3, server, stack

Answer = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]


def running() -> server.Server:
    found = server.running()
    assert found is not None
    return found


def test_a_second_start_finds_the_first_server(home: Path) -> None:
    stack.start()
    first = running()
    stack.start()
    assert running() == first


def test_starts_at_the_same_time_give_one_server(home: Path) -> None:
    starts = [
        subprocess.Popen(
            [sys.executable, "-m", "embedded", "start"], cwd=ROOT, stdout=subprocess.PIPE
        )
        for _ in range(5)
    ]
    ports = {start.communicate()[0].split(b"port ")[1].split()[0] for start in starts}
    assert len(ports) == 1
    assert stack.stop() == 2


def test_what_was_committed_survives_a_killed_server(bare_home: Path, answer: Answer) -> None:
    stack.start()
    answer("CREATE TABLE kept AS SELECT 1 AS n")
    killed = running().pid
    os.kill(killed, signal.SIGKILL)
    assert processes.wait(lambda: not processes.is_alive(killed), 10)
    stack.start()
    assert answer("SELECT n FROM kept") == 1


def test_the_servers_outlive_a_killed_parent_and_its_group(home: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", "from embedded import stack; stack.start(); print(1); input()"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    assert parent.stdout
    parent.stdout.readline()
    os.killpg(parent.pid, signal.SIGKILL)
    parent.communicate()
    assert stack.is_running()


def test_another_spelling_of_the_home_is_the_same_home(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stack.start()
    first = running()
    (tmp_path / "link").symlink_to(home)
    for spelling in (tmp_path / "link", home.parent / "x" / ".." / home.name):
        monkeypatch.setenv("SPARKIFY_HOME", str(spelling))
        assert running() == first
    monkeypatch.setenv("SPARKIFY_HOME", str(home))


@pytest.mark.parametrize("home_path", [Path("/tmp") / f"sparkify-test-{os.getpid()}"])
def test_a_moved_home_takes_its_data_along_and_leaves_no_server(
    home: Path, monkeypatch: pytest.MonkeyPatch, answer: Answer
) -> None:
    stack.start()
    answer("CREATE TABLE kept AS SELECT 1 AS n")
    old = running().pid
    moved = home.rename(f"{home}-moved")
    monkeypatch.setenv("SPARKIFY_HOME", str(moved))
    stack.start()
    try:
        assert answer("SELECT n FROM kept") == 1
        assert not processes.is_alive(old)
    finally:
        stack.destroy()
        monkeypatch.setenv("SPARKIFY_HOME", str(home))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root keeps data outside of the home")
def test_a_moved_home_whose_data_stayed_behind_says_so(
    bare_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o700)
    stack.start()
    moved = bare_home.rename(tmp_path / "moved")
    monkeypatch.setenv("SPARKIFY_HOME", str(moved))
    with pytest.raises(stack.StackError, match="was moved, but its data is in /"):
        stack.start()
    s3.stop()
    moved.rename(bare_home)
    monkeypatch.setenv("SPARKIFY_HOME", str(bare_home))


def test_a_pid_file_with_the_pid_of_somebody_else_is_no_server(home: Path) -> None:
    stack.start()
    pid_file = home / "postgres" / "data" / "postmaster.pid"
    if not pid_file.exists():
        pid_file = account.shelter() / "data" / "postmaster.pid"
    text = pid_file.read_text()
    stack.stop()
    pid_file.write_text("\n".join([str(os.getpid()), *text.splitlines()[1:]]) + "\n")
    assert server.running() is None
    stack.start()
    assert running().pid != os.getpid()


def test_a_deleted_home_starts_from_scratch_and_leaves_no_server(
    home: Path, answer: Answer
) -> None:
    stack.start()
    answer("CREATE TABLE gone (n int)")
    old = running().pid
    while home.exists():  # the server goes on writing into it
        shutil.rmtree(home, ignore_errors=True)
    stack.start()
    assert answer("SELECT to_regclass('public.gone')") is None
    assert not processes.is_alive(old)
    assert len(processes.find(lambda command: str(home) in " ".join(command))) >= 1


@pytest.mark.parametrize("home_path", [Path("/tmp") / ("long" * 40) / f"home {os.getpid()} ü"])
def test_a_long_home_with_blanks_works(home: Path, answer: Answer) -> None:
    stack.start()
    assert answer("SELECT 1") == 1
    psycopg2.connect(**postgres.connect_arguments() | {"host": running().socket_folder}).close()
    stack.stop()
    shutil.rmtree(home.parent)
