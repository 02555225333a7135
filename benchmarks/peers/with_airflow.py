"""The Airflow peer: its services with the LocalExecutor and a PostgreSQL of their own, and one DAG."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from benchmarks.peers.environments import AIRFLOW, python_of

ROOT = Path(__file__).parents[2]
DAG = "sparkify_course"
SCHEMA = "peer_airflow"
METADATA = "airflow"
SERVICES = ("api-server", "scheduler", "dag-processor")
PATIENCE = 600.0
RUN = "SELECT state, EXTRACT(epoch FROM end_date - start_date) FROM dag_run WHERE run_id = %s"
KNOWN = "SELECT COUNT(*) FROM serialized_dag WHERE dag_id = %s"


class Airflow:
    """An Airflow that runs."""

    def __init__(self, command: Path, environment: dict[str, str]) -> None:
        self.command = command
        self.environment = environment
        self.services: list[psutil.Process] = []

    def run(self) -> float:
        """Run the DAG once; seconds from its start to its end, as Airflow tells them."""
        _in_warehouse(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE", f"CREATE SCHEMA {SCHEMA}")
        run_id = f"run-{time.time()}"
        self.call("dags", "trigger", DAG, "--run-id", run_id)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            state, seconds = _metadata(RUN, run_id) or ("", None)
            if state == "failed":
                raise RuntimeError(f"Airflow's run failed, see {self.environment['AIRFLOW_HOME']}")
            if state == "success":
                return round(float(seconds), 3)
            time.sleep(0.5)  # between two looks, not instead of one
        raise TimeoutError(f"Airflow's run did not end within {PATIENCE:.0f} s")

    def call(self, *words: str) -> None:
        """One of Airflow's commands."""
        subprocess.run(
            [self.command, *words], env=self.environment, check=True, stdout=subprocess.DEVNULL
        )


@contextmanager
def airflow(environments: Path) -> Iterator[Airflow]:
    """Airflow with the DAG, ready to be run."""
    from embedded import postgres

    command = python_of(AIRFLOW, environments).with_name("airflow")
    with tempfile.TemporaryDirectory(prefix="sparkify-airflow-") as home:
        _new_metadata()
        made = Airflow(command, _environment(Path(home)))
        made.call("db", "migrate")
        services = [_start(made, service, Path(home)) for service in SERVICES]
        made.services = [psutil.Process(service.pid) for service in services]
        try:
            _wait_for_dag(services)
            made.call("dags", "unpause", DAG, "-y")
            yield made
        finally:
            for service in services:
                service.terminate()
            for service in services:
                service.wait(timeout=60)
            postgres.drop_database(METADATA)


def _start(airflow: Airflow, service: str, home: Path) -> subprocess.Popen[bytes]:
    with (home / f"{service}.log").open("wb") as log:
        return subprocess.Popen(
            [airflow.command, service], env=airflow.environment, stdout=log, stderr=log
        )


def _environment(home: Path) -> dict[str, str]:
    from embedded import postgres, processes

    port = processes.free_port()
    url = postgres.url(METADATA).replace("postgresql://", "postgresql+psycopg2://")
    settings = {
        "CORE__EXECUTOR": "LocalExecutor",
        "CORE__DAGS_FOLDER": str(Path(__file__).with_name("dags")),
        "CORE__LOAD_EXAMPLES": "False",
        "CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "API__PORT": str(port),
        "API__HOST": "127.0.0.1",
        "API_AUTH__JWT_SECRET": os.urandom(32).hex(),
        "DATABASE__SQL_ALCHEMY_CONN": url,
    }
    named = {f"AIRFLOW__{name}": value for name, value in settings.items()}
    return {**os.environ, **named, "AIRFLOW_HOME": str(home), "PYTHONPATH": str(ROOT)}


def _new_metadata() -> None:
    """A plain PostgreSQL database, with PostgreSQL's own isolation."""
    from embedded import postgres

    connection = postgres.connect()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {METADATA} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {METADATA} TEMPLATE template0")
        for setting in ("default_transaction_isolation = 'read committed'", "enable_nestloop = on"):
            cursor.execute(f"ALTER DATABASE {METADATA} SET {setting}")
    connection.close()


def _wait_for_dag(services: list[subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if any(service.poll() is not None for service in services):
            raise RuntimeError("a service of Airflow does not start")
        if (_metadata(KNOWN, DAG) or (0,))[0]:
            return
        time.sleep(0.5)  # between two looks, not instead of one
    raise TimeoutError(f"Airflow does not find the DAG within {PATIENCE:.0f} s")


def _metadata(question: str, value: str) -> tuple[Any, ...] | None:
    from embedded import postgres

    connection = postgres.connect(METADATA)
    try:
        with connection.cursor() as cursor:
            cursor.execute(question, [value])
            return cursor.fetchone()
    finally:
        connection.close()


def _in_warehouse(*statements: str) -> None:
    import embedded
    from embedded import postgres

    with embedded.connect(**postgres.connect_arguments()) as connection:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        connection.commit()
