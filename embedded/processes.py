"""Detached servers: start one, find it again from any process, stop it.

A server outlives the process that started it, so it is found by its command line, never by a
parent's memory. A pid alone proves nothing: it may belong to somebody else by now.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from embedded.account import Account
from embedded.home import MISSING, StackError

if TYPE_CHECKING:
    import psutil

_LONG_LOG = 10_000_000  # bytes; the log before it is kept


def spawn(
    command: Sequence[str], log: Path, account: Account, environment: Mapping[str, str]
) -> int:
    """Start a server in a session of its own, its output in `log`; return its pid.

    The shell in between makes init its parent: no zombie and no open pipe is left with us.
    """
    if log.exists() and log.stat().st_size > _LONG_LOG:
        log.replace(log.with_name(f"{log.name}.old"))
    with log.open("ab") as output:
        shell = subprocess.run(
            ["/bin/sh", "-c", '"$@" >&2 & echo $!', "sh", *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=output,
            env=dict(environment),
            cwd="/",
            start_new_session=True,
            check=True,
            **account.arguments(),
        )
    return int(shell.stdout)


def find(matches: Callable[[list[str]], bool]) -> list[psutil.Process]:
    """Live processes whose command line matches."""
    psutil = _psutil()
    found = []
    for process in psutil.process_iter():
        try:
            if matches(process.cmdline()) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def is_running(pid: int, matches: Callable[[list[str]], bool]) -> bool:
    """Whether this pid is alive and still the server that we mean."""
    psutil = _psutil()
    try:
        process = psutil.Process(pid)
        return matches(process.cmdline()) and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def is_alive(pid: int) -> bool:
    """Whether this pid is alive, whatever it runs."""
    return is_running(pid, lambda command: True)


def exists(pid: int) -> bool:
    """Whether there is such a process, be it a dead one that nobody has taken note of."""
    return bool(_psutil().pid_exists(pid))


def stop(process: psutil.Process, *signals: tuple[signal.Signals, float]) -> None:
    """Send each signal in turn, with the seconds that it may take, then SIGKILL."""
    psutil = _psutil()
    for number, seconds in (*signals, (signal.SIGKILL, 10.0)):
        try:
            process.send_signal(number)
        except psutil.NoSuchProcess:
            return
        except psutil.AccessDenied:
            raise StackError(f"process {process.pid} belongs to another user") from None
        if wait(lambda: not is_alive(process.pid), seconds):
            return
    raise StackError(f"process {process.pid} does not stop")


def wait(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether the condition came true in time."""
    deadline = time.monotonic() + seconds
    pause = 0.002
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)
    return True


def free_port(wanted: int | None = None) -> int:
    """A free loopback port: the wanted one when it is free, so that addresses stay the same."""
    for port in [wanted, 0] if wanted else [0]:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port or 0))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise StackError("no free port on 127.0.0.1")


def last_line(log: Path) -> str:
    """The last thing a server said that is not empty."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return next((line.strip() for line in reversed(lines) if line.strip()), "no output")


def _psutil() -> ModuleType:
    try:
        import psutil
    except ImportError:
        raise StackError(MISSING.format(name="psutil")) from None
    return psutil
