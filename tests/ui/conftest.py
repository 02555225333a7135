"""A local stack as `make up` starts it, and a real browser on its UI."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 180_000  # ms: a run begins with a Python process, beside other tests


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Path]:
    """The home of a stack with a server, the deployments and a worker, over a small sample lake."""
    environment = {
        **os.environ,
        "SPARKIFY_HOME": str(tmp_path / "home"),
        "PREFECT_WORKER_QUERY_SECONDS": "2",
    }

    def run(module: str, *arguments: str) -> None:
        subprocess.run(
            [sys.executable, "-m", module, *arguments], cwd=ROOT, env=environment, check=True
        )

    try:
        run("embedded", "sample", "--hours", "6", "--songs", "40", "--plays-per-hour", "120")
        run("deployments.local", "up")
        yield tmp_path / "home"
    finally:
        run("deployments.local", "down")


@pytest.fixture
def page(local: Path) -> Iterator[Page]:
    """A tab that shows the stack's UI."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(f"no browser on this machine: none of {', '.join(BROWSERS)}")
    port = (local / "prefect" / "port").read_text()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found)
        tab = browser.new_page(
            base_url=f"http://127.0.0.1:{port}", viewport={"width": 1400, "height": 1000}
        )
        tab.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        yield tab
        browser.close()
