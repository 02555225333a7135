"""A local stack as `make up` starts it, in a home of its own, and what a test does to it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import psycopg2
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import DeploymentFilter, FlowRunFilter
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_URL, temporary_settings
from tables import events, ndjson

ROOT = Path(__file__).parents[1]
MARK = "SPARKIFY_STACK"
PATIENCE = 300.0
HOUR = timedelta(hours=1)


def wait(condition: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """What the condition becomes when it comes true; an error that names it when it does not."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"still not: {what}"
        time.sleep(0.2)
    return found


class Stack:
    """The home, its processes, its Prefect server, its warehouse and its lake."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "SPARKIFY_LAKE"},
            "SPARKIFY_HOME": str(home),
            "PREFECT_WORKER_QUERY_SECONDS": "1",
            "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "5",
        }
        self.hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - 20 * HOUR
        self.lake = home / "lake" / "sparkify"

    def run(self, *words: str) -> str:
        """What a command says that must succeed."""
        done = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=400,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def up(self) -> str:
        """make up."""
        return self.run("deployments.local", "up")

    def down(self) -> str:
        """make down."""
        return self.run("deployments.local", "down")

    def processes(self, role: str = "") -> list[psutil.Process]:
        """The processes of this home's server or worker, and what they have started."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get(MARK, "").startswith(f"{self.home}|{role}"):
                    found.append(process)
            except psutil.Error:
                continue
        return sorted(found, key=lambda process: process.create_time())

    @property
    def port(self) -> int:
        """The port of the server."""
        return int((self.home / "prefect" / "port").read_text())

    @contextmanager
    def api(self) -> Iterator[Any]:
        """A client of its server."""
        url = f"http://127.0.0.1:{self.port}/api"
        with temporary_settings({PREFECT_API_URL: url}), get_client(sync_client=True) as client:
            yield client

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        """The rows of a question, through the plain PostgreSQL door."""
        with self.session() as connection, connection.cursor() as cursor:
            cursor.execute(question)
            return list(cursor.fetchall()) if cursor.description else []

    @contextmanager
    def session(self) -> Iterator[Any]:
        """A connection to the warehouse."""
        connection = psycopg2.connect(self.run("embedded", "url").strip())
        try:
            with connection:
                yield connection
        finally:
            connection.close()

    def drop_hour(self) -> str:
        """Write the next hour's object into the lake: one play of a user of its own."""
        self.hour += HOUR
        key = f"log_data/{self.hour:%Y/%m/%d/%Y-%m-%d-%H}-events.json"
        drawn = f"ts | userId\n{self.hour:%Y-%m-%d %H}:10 | {self.hour:%d%H}"
        path = self.lake / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(ndjson(events(drawn)))
        return f"{self.hour:%d%H}"

    def plays_of(self, user: str) -> int:
        """How many plays of a user are published."""
        return int(
            self.rows(f"SELECT COUNT(*) FROM sparkify.songplays WHERE user_id = '{user}'")[0][0]
        )

    def start(self, name: str = "hourly", **env: str) -> FlowRun:
        """Run a deployment now, with these variables in its environment."""
        with self.api() as client:
            deployment = client.read_deployment_by_name(f"sparkify-{name}/{name}")
            given = deployment.job_variables["env"]
            return client.create_flow_run_from_deployment(
                deployment.id, job_variables={"env": {**given, **env}}
            )

    def state(self, run: FlowRun) -> str:
        """The name of a run's state."""
        with self.api() as client:
            return str(client.read_flow_run(run.id).state.name)

    def states(self, run: FlowRun) -> list[str]:
        """The names of all states that a run was in."""
        with self.api() as client:
            reply = client.request("GET", "/flow_run_states/", params={"flow_run_id": str(run.id)})
        return [str(state["name"]) for state in reply.json()]

    def await_state(self, run: FlowRun, *names: str, seconds: float = PATIENCE) -> str:
        """Wait until a run is in one of these states."""
        return str(
            wait(
                lambda: (state := self.state(run)) in names and state,
                f"{run.name} in {names} but {self.state(run)}",
                seconds,
            )
        )

    def runs_of(self, name: str) -> list[FlowRun]:
        """All runs of a deployment."""
        with self.api() as client:
            deployment = DeploymentFilter.model_validate({"name": {"any_": [name]}})
            return list(
                client.read_flow_runs(deployment_filter=deployment, flow_run_filter=FlowRunFilter())
            )

    @contextmanager
    def blocked(self) -> Iterator[None]:
        """Meanwhile a run stops where it reads the published users: the statement waits for a lock."""
        with self.session() as connection, connection.cursor() as cursor:
            cursor.execute("LOCK TABLE sparkify.users IN ACCESS EXCLUSIVE MODE")
            yield

    def waiting(self) -> list[tuple[Any, ...]]:
        """The sessions of runs that wait for a lock."""
        return self.rows(
            "SELECT pid FROM pg_stat_activity"
            " WHERE application_name LIKE 'sparkify-%' AND wait_event_type = 'Lock'"
        )
