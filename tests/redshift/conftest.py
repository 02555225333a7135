"""Finds the modules of the spec suite and says how many cases ran where."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))


def pytest_configure(config: pytest.Config) -> None:
    from embedded import pytest_plugin

    if not config.pluginmanager.is_registered(pytest_plugin):
        config.pluginmanager.register(pytest_plugin)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    done = [
        report.nodeid
        for outcome in ("passed", "failed", "xfailed")
        for report in terminalreporter.stats.get(outcome, [])
        if report.when == "call" and "redshift/test_spec.py" in report.nodeid
    ]
    real = sum("::test_real[" in nodeid for nodeid in done)
    if done:
        terminalreporter.write_line(
            f"redshift spec: {len(done) - real} cases ran on the embedded Redshift, "
            f"{real} on a real cluster (SPARKIFY_TEST_REDSHIFT)"
        )
