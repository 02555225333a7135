"""End the temporary Prefect servers that killed commands left behind.

Without PREFECT_API_URL a flow runs against a server that Prefect starts beside it and ends with it;
a SIGKILL leaves that server running. Each command marks its own with the command's process id.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

MARK = "SPARKIFY_COMMAND_PID"
EPHEMERAL = "PREFECT__SERVER_EPHEMERAL"
PROCESSES = Path("/proc")


def end_orphans() -> list[int]:
    """End the temporary servers of commands that are dead, and mark this one's; where there is /proc."""
    ended = [pid for pid in _ephemeral_servers() if _end(pid)]
    os.environ[MARK] = str(os.getpid())
    return ended


def _ephemeral_servers() -> list[int]:
    """Process ids of temporary servers whose command no longer runs."""
    return [
        int(folder.name)
        for folder in PROCESSES.glob("[0-9]*")
        if (owner := _owner(folder)) and not (PROCESSES / owner).exists()
    ]


def _owner(folder: Path) -> str | None:
    try:
        variables = (folder / "environ").read_bytes().split(b"\0")
    except OSError:
        return None  # it has ended, or is somebody else's
    environment = dict(entry.decode(errors="replace").partition("=")[::2] for entry in variables)
    return environment.get(MARK) if EPHEMERAL in environment else None


def _end(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGTERM)
    except ProcessLookupError:
        return False
    return True
