"""The local stack with its UI: `python -m deployments.local up|down|status`.

The embedded Redshift and S3, a sample lake if the lake is empty, a Prefect server with a database of
its own, the deployments, and a worker. All of it lives in SPARKIFY_HOME and survives this command.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from deployments import processes
from deployments.pool import POOL
from deployments.settings import ROOT
from embedded import home, stack
from embedded.__main__ import main as embedded
from embedded.home import MisusedError, StackError
from embedded.processes import free_port, last_line, wait

PORT = 4200  # Prefect's own, when it is free
PATIENCE = 300.0  # seconds: the first start of a server makes its database
FOREIGN = ("PREFECT_API_", "PREFECT_CLOUD_", "PREFECT_PROFILE", "PREFECT__")


def up() -> None:
    """Start what does not run yet, wait until all of it answers, and say where it is."""
    with _lock():
        stack.start()
        embedded(["sample", "--if-empty"])
        port = _start_server()
        environment = _environment(port)
        _run("the bootstrap", "-m", "deployments.bootstrap", environment=environment)
        _run(
            "prefect deploy",
            "-m",
            "prefect",
            "--no-prompt",
            "deploy",
            "--all",
            environment=environment,
        )
        _start_worker(port, environment)
    _say(port)


def down() -> int:
    """Stop the worker, what it runs, the server, and the embedded stack; how many processes."""
    if not home.folder().exists():
        return 0
    with _lock():
        return processes.stop("worker") + processes.stop("server") + stack.stop()


def status() -> dict[str, str]:
    """What runs, and where."""
    port = _port_file().read_text() if _port_file().exists() else ""
    answers = bool(processes.running("server")) and _answers(int(port), "health")
    return {
        "server": f"http://127.0.0.1:{port}" if answers else "not running",
        "worker": "running" if processes.running("worker") else "not running",
        "embedded": "running" if home.folder().exists() and stack.is_running() else "not running",
    }


def _start_server() -> int:
    """The port of the server, which answers."""
    file = _port_file()
    known = int(file.read_text()) if file.exists() else PORT
    if processes.running("server") and wait(lambda: _answers(known, "health"), PATIENCE):
        return known
    processes.stop("server")
    port = free_port(known)
    file.write_text(str(port))
    command = ["-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    processes.launch("server", [sys.executable, *command], _environment(port))
    _await("server", lambda: _answers(port, "health") and _answers(port, "ready"))
    return port


def _start_worker(port: int, environment: dict[str, str]) -> None:
    if not processes.running("worker"):
        command = ["-m", "prefect", "worker", "start", "--pool", POOL, "--name", "local"]
        processes.launch("worker", [sys.executable, *command], environment)
    _await("worker", lambda: _worker_answers(port))


def _worker_answers(port: int) -> bool:
    """Whether the worker that runs, not one before it, has told the server that it is there."""
    started = min((each.create_time() for each in processes.running("worker")), default=None)
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/work_pools/{POOL}/workers/filter",
        data=b"{}",
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as reply:
        heard = [datetime.fromisoformat(each["last_heartbeat_time"]) for each in json.load(reply)]
    return started is not None and any(time.timestamp() > started for time in heard)


def _await(role: str, answers: Callable[[], bool]) -> None:
    """Wait until it answers; what ends before it does says why in its log."""
    if not wait(lambda: answers() or not processes.running(role), PATIENCE) or not answers():
        log = home.folder() / "prefect" / f"{role}.log"
        raise StackError(f"the Prefect {role} does not start: {last_line(log)} (see {log})")


def _answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/{path}", timeout=5) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _run(what: str, *words: str, environment: dict[str, str]) -> None:
    done = _python(*words, environment=environment)
    if done.returncode:
        said = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise StackError(f"{what} failed: {said[-1] if said else done.returncode}")


def _python(*words: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _environment(port: int) -> dict[str, str]:
    """The caller's environment without the caller's Prefect: everything goes to this home's server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    own = _folder() / "server"
    own.mkdir(exist_ok=True)
    programs = Path(sys.executable).parent
    return {
        "PREFECT_WORKER_QUERY_SECONDS": "5",
        **kept,
        "PATH": f"{programs}{os.pathsep}{kept.get('PATH', '')}",
        "SPARKIFY_HOME": str(home.folder()),
        "PREFECT_HOME": str(own),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{own / 'prefect.db'}",
        # Leases in memory would be lost with the server, and its healthy runs killed for it.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": (
            "prefect.server.concurrency.lease_storage.filesystem"
        ),
        "PREFECT_SERVER_UI_API_URL": "/api",  # on another port than 4200 the UI would ask 4200
        "PREFECT_SERVER_DATABASE_TIMEOUT": "60",  # SQLite has one writer; the others wait for it
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    }


def _folder() -> Path:
    path = home.make() / "prefect"
    path.mkdir(exist_ok=True)
    return path


def _port_file() -> Path:
    return home.folder() / "prefect" / "port"


@contextmanager
def _lock() -> Iterator[None]:
    """One command at a time starts or stops this home."""
    with (_folder() / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _say(port: int) -> None:
    print(f"""
The UI is at http://127.0.0.1:{port}. The hourly run comes five past each hour; what to try meanwhile:

  Deployments > hourly > Run > Quick run      load what is new in the lake
  Deployments > backfill > Run > Custom run   fill in start and end, choose what to load
  python -m embedded sample --live            drop a new object for each simulated hour into the lake

For commands beside it: export PREFECT_API_URL=http://127.0.0.1:{port}/api
Logs are in {home.folder() / "prefect"}; to stop everything: make down""")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m deployments.local")
    parser.add_argument("command", choices=["up", "down", "status"])
    try:
        match parser.parse_args().command:
            case "up":
                up()
            case "down":
                print(f"stopped {count} processes" if (count := down()) else "nothing was running")
            case _:
                print("\n".join(f"{name:9} {value}" for name, value in status().items()))
    except StackError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2 if isinstance(error, MisusedError) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
