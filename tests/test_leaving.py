"""A command ends with its status, whether or not Prefect can send its last events."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPT = """
import logging, sys, threading
from flows import leaving

leaving.PATIENCE = float(sys.argv[1])
threading._register_atexit(threading.Event().wait, float(sys.argv[2]))  # as Prefect's workers wait
atexit_of_prefect = logging.getLogger("asyncio").error
import atexit

atexit.register(atexit_of_prefect, "Task was cancelled")  # as its server is stopped
print("done")
leaving.leave(int(sys.argv[3]))
"""


def leave(*arguments):
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("status", [0, 1, 130])
def test_a_command_whose_events_are_sent_ends_with_its_status_and_says_no_more(status):
    done = leave(60, 0, status)
    assert (done.returncode, done.stdout, done.stderr) == (status, "done\n", "")


def test_a_command_whose_events_are_not_taken_ends_soon_with_its_status_and_one_line():
    done = leave(0.5, 600, 1)
    assert (done.returncode, done.stdout) == (1, "done\n")
    assert done.stderr.splitlines() == [
        "Prefect's API does not answer: its UI lacks the last events and logs of this run"
    ]
