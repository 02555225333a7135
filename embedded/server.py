"""The PostgreSQL server process of a home: found again from anywhere, started, stopped."""

from __future__ import annotations

import shutil
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from embedded import account, cluster, home, processes
from embedded.home import StackError
from embedded.server_settings import options

if TYPE_CHECKING:
    import psutil

_START_SECONDS = 300.0  # recovery after a crash takes its time


@dataclass(frozen=True)
class Server:
    """A running server, as its postmaster.pid tells it."""

    pid: int
    port: int
    socket_folder: str


def running() -> Server | None:
    """The server of this home that takes connections, None when there is none."""
    data = cluster.data_folder()
    server = _read_pid_file(data)
    if server and processes.is_running(server.pid, lambda command: _serves(command, data)):
        return server
    return None


def start() -> Server:
    """Start the server, after stopping what an earlier life of this home left; caller locks."""
    if found := running():
        return found
    stop()
    if not account.has_shelter():
        account.remove_shelter()  # of an earlier home at this path
    _sweep_abandoned()
    user = account.unprivileged()
    place = cluster.make_place(user)
    program = cluster.programs(user)
    if not (place / "data").exists():
        cluster.make(program / "bin" / "initdb", place, user)
    cluster.forget_foreign_pid(place / "data" / "postmaster.pid")
    return _launch(program / "bin" / "postgres", place, user)


def stop(*, at_once: bool = False) -> int:
    """Stop every server of this home, also of a deleted or moved one; return how many.

    At once means without writing what is in memory: for data that nobody wants any more.
    """
    folders = [path / "data" for path in cluster.places()]
    left = processes.find(_is_postmaster)
    ours = [process for process in left if any(_belongs(process, data) for data in folders)]
    for process in ours:
        wanted = not at_once and any((data / "PG_VERSION").exists() for data in folders)
        gentle = [(signal.SIGINT, 60.0)] if wanted else []
        processes.stop(process, *gentle, (signal.SIGQUIT, 10.0))
    # what a killed postmaster left behind notices that, and holds the data until then
    processes.wait(lambda: not any(_workers(data) for data in folders), 30.0)
    return len(ours)


def _sweep_abandoned() -> None:
    """Remove what test homes that were deleted left outside of themselves, with its server."""
    for shelter in account.abandoned_shelters():
        for process in processes.find(_is_postmaster):
            if _belongs(process, shelter / "data"):
                processes.stop(process, (signal.SIGQUIT, 10.0))
        shutil.rmtree(shelter, ignore_errors=True)


def log() -> Path:
    """The file that the server writes to."""
    return home.folder() / "postgres" / "log"


def _launch(program: Path, place: Path, user: account.Account) -> Server:
    sockets = cluster.socket_folder(place, user)
    port = home.settings().get("postgres_port")
    for _ in range(5):
        port = processes.free_port(port)
        command = [str(program), "-D", str(place / "data"), *options(port, sockets)]
        pid = processes.spawn(command, log(), user, cluster.environment())
        processes.wait(lambda: bool(running()) or not processes.is_alive(pid), _START_SECONDS)  # noqa: B023
        if server := running():
            home.remember(postgres_port=server.port)
            return server
        port = None  # somebody took it in between, or the log tells what else
    raise StackError(f"PostgreSQL does not start: {processes.last_line(log())} (see {log()})")


def _read_pid_file(data: Path) -> Server | None:
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if len(lines) < 8 or lines[7].strip() != "ready":
        return None
    return Server(int(lines[0]), int(lines[3]), lines[4])


def _is_postmaster(command: list[str]) -> bool:
    return len(command) > 2 and Path(command[0]).name == "postgres" and command[1] == "-D"


def _serves(command: list[str], data: Path) -> bool:
    return _is_postmaster(command) and command[2] == str(data)


def _workers(data: Path) -> list[psutil.Process]:
    """Processes of PostgreSQL that work in this folder."""
    return [
        process
        for process in processes.find(lambda command: command[:1] != [])
        if _cwd(process) == str(data) and "postgres" in process.name()
    ]


def _cwd(process: psutil.Process) -> str:
    import psutil

    try:
        return process.cwd()
    except psutil.Error:
        return ""


def _belongs(process: psutil.Process, data: Path) -> bool:
    """Whether a postmaster serves this folder, by its arguments or, if it was moved, by its cwd."""
    import psutil

    try:
        return _serves(process.cmdline(), data) or _cwd(process) == str(data)
    except psutil.Error:
        return False
