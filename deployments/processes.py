"""The Prefect server and the worker of a home: detached, and found again by a mark in their environment.

What they start inherits the mark, so that nothing is missed when one of them is killed, and nothing
else is ever taken for ours: a process id alone may belong to somebody else by now.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress

import psutil

from embedded import account, home, processes

MARK = "SPARKIFY_STACK"
ENGINE = "prefect.engine"  # its supervisor stops it, and gives its run back
PATIENCE = 45.0  # seconds: a worker gives its runs 30 of them


def launch(role: str, command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Start a process of this home, its output in `<home>/prefect/<role>.log`; its process id."""
    log = home.folder() / "prefect" / f"{role}.log"
    return processes.spawn(command, log, account.ours(), {**environment, MARK: _mark(role)})


def running(role: str) -> list[psutil.Process]:
    """The live processes of a role, those that the others come from first."""
    found = [each for each in processes.find(bool) if _is_ours(each, role)]
    return sorted(found, key=lambda each: (_parent(each) in {p.pid for p in found}, each.pid))


def stop(role: str) -> int:
    """Stop what runs of a role: first whoever would take care of the others; how many there were."""
    found = running(role)
    for process in found:
        with suppress(psutil.NoSuchProcess):
            if ENGINE not in process.cmdline():
                process.send_signal(signal.SIGTERM)  # all at once: a worker waits for its runs
    for process in found:
        processes.stop(process, (signal.SIGTERM, PATIENCE))
    return len(found)


def _mark(role: str) -> str:
    return f"{home.folder()}|{role}"


def _is_ours(process: psutil.Process, role: str) -> bool:
    try:
        return process.pid != os.getpid() and process.environ().get(MARK) == _mark(role)
    except (psutil.Error, OSError):
        return False


def _parent(process: psutil.Process) -> int:
    try:
        return process.ppid()
    except psutil.Error:
        return 0
