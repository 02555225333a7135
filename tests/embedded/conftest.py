"""Homes for tests of the stack itself: each has servers of its own, gone afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
Command = Callable[..., "subprocess.CompletedProcess[str]"]


def pytest_configure(config: pytest.Config) -> None:
    from embedded import pytest_plugin

    if not config.pluginmanager.is_registered(pytest_plugin):
        config.pluginmanager.register(pytest_plugin)


@pytest.fixture
def home_path(tmp_path: Path) -> Path:
    """Where the test's home is; parametrize it for other places."""
    return tmp_path / "home"


@pytest.fixture
def home(bare_home: Path) -> Path:
    """A SPARKIFY_HOME of tests: its server does not sync to disk."""
    bare_home.mkdir(parents=True)
    (bare_home / "throwaway").touch()
    return bare_home


@pytest.fixture
def bare_home(home_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A SPARKIFY_HOME that does not exist yet."""
    from embedded import stack

    monkeypatch.setenv("SPARKIFY_HOME", str(home_path))
    monkeypatch.delenv("SPARKIFY_LAKE", raising=False)
    yield home_path
    home_path.mkdir(parents=True, exist_ok=True)
    (home_path / "throwaway").touch()
    stack.destroy()


@pytest.fixture
def embedded_command(bare_home: Path) -> Command:
    """Runs `python -m embedded ...` in that home."""

    def run(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
        environment = os.environ | options.pop("environment", {})
        return subprocess.run(
            [sys.executable, "-m", "embedded", *words],
            cwd=ROOT,
            env=environment,
            text=True,
            capture_output=True,
            check=False,
            timeout=120,
            **options,
        )

    return run


def answer(sql: str, database: str = "dev") -> Any:
    """The one value that a PostgreSQL statement gives on the running stack."""
    from embedded import postgres

    connection = postgres.connect(database)
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()[0][0] if cursor.description else None
    finally:
        connection.close()


@pytest.fixture(name="answer")
def answer_fixture() -> Callable[..., Any]:
    """The function above."""
    return answer
