"""Who runs the server, and what stays as it was."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import psycopg2
import pytest

from embedded import account, processes, s3, server, stack

Answer = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]


def running() -> server.Server:
    found = server.running()
    assert found is not None
    return found


def test_a_folder_of_somebody_else_keeps_its_mode(home: Path) -> None:
    closed = home.parent
    closed.chmod(0o700)
    stack.start()
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert running()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has another user to drop to")
def test_root_does_not_run_the_server(embedded_home: Path) -> None:
    assert psutil.Process(running().pid).uids().real != 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has another user to drop to")
def test_programs_that_the_server_cannot_reach_are_copied(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: Answer
) -> None:
    from embedded import binaries

    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    installed = binaries.postgres_install()
    hidden = closed / installed.parent.name
    hidden.symlink_to(installed.parent)
    monkeypatch.setattr(binaries, "postgres_install", lambda: hidden / installed.name)
    stack.start()
    program = psutil.Process(running().pid).exe()
    assert program.startswith(str(account.shelter_path()))
    assert answer("SELECT 1") == 1


PYTHONS = (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3")
MODULES = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if "site-packages" in path)}


def _runs_the_project(python: str, user: account.Account) -> bool:
    """Whether this Python starts, and reads the project and what it needs, as that user."""
    try:
        tried = subprocess.run(
            [python, "-c", "import psycopg2, embedded.stack"],
            cwd=ROOT, env=MODULES, capture_output=True, check=False, **user.arguments(),
        )  # fmt: skip
    except OSError:
        return False
    return tried.returncode == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_an_ordinary_user_runs_it_as_himself(tmp_path_factory: pytest.TempPathFactory) -> None:
    nobody = account.unprivileged()
    python = next((path for path in PYTHONS if _runs_the_project(path, nobody)), None)
    if python is None:
        pytest.skip("no Python that an ordinary user can run the project with")
    folder = Path(f"/tmp/sparkify-test-{os.getpid()}")
    folder.mkdir()
    nobody.own(folder)
    environment = MODULES | {"SPARKIFY_HOME": str(folder / "home")}

    def command(*words: str) -> str:
        return subprocess.run(
            [python, "-m", "embedded", *words],
            cwd=ROOT, env=environment, text=True, capture_output=True, check=True,
            **nobody.arguments(),
        ).stdout  # fmt: skip

    try:
        psycopg2.connect(command("url").strip()).close()
        assert "stopped 1 server" in command("stop")
    finally:
        shutil.rmtree(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root keeps data outside of the home")
def test_what_a_deleted_test_home_left_outside_is_swept_by_the_next_start_of_any(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o700)
    other = tmp_path / "other"
    other.mkdir()
    (other / "throwaway").touch()
    monkeypatch.setenv("SPARKIFY_HOME", str(other))
    stack.start()
    left, pid = account.shelter_path(), running().pid
    s3.stop()
    shutil.rmtree(other)
    monkeypatch.setenv("SPARKIFY_HOME", str(home))
    stack.start()
    assert not left.exists()
    assert not processes.is_alive(pid)
