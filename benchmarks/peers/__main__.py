"""The pipeline against its peers on the same work: `python -m benchmarks.peers [--events N] ...`.

The same events and songs, from the same local S3 into the same PostgreSQL, to the same star schema:
the pipeline; dlt's filesystem source with merge, and then the same SQL; Airflow 3 with the course's
operators as tasks; the course's script. Each peer's fact must hold the plays that the pipeline's holds.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.flow_run import run_flow
from benchmarks.lake import write_hours, write_songs
from benchmarks.peers.access import access, fact_of
from benchmarks.peers.environments import AIRFLOW, COURSE, DLT, python_of, versions
from benchmarks.peers.standing_still import prefect_server, standing_still
from benchmarks.peers.with_airflow import Airflow, airflow
from benchmarks.peers.with_dlt import run_dlt
from benchmarks.results import keep, median
from benchmarks.scene import fresh_warehouse, scene

COURSE_SCRIPT = Path(__file__).with_name("course_script.py")
Figures = dict[str, Any]


def main() -> None:
    """Measure each peer beside the pipeline, each pair in a lake of its own."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers")
    parser.add_argument("--events", type=int, default=1_000_000, help="against dlt")
    parser.add_argument("--small", type=int, default=10_000, help="events of the hour, for Airflow")
    parser.add_argument("--course", type=int, default=100_000, help="against the course's script")
    parser.add_argument("--songs", type=int, default=14_896)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["dlt", "airflow", "course"])
    options = parser.parse_args()
    environments = _environments()
    for peer in (DLT, AIRFLOW, COURSE):
        python_of(peer, environments)
    pairs: dict[str, Callable[[], Figures]] = {
        "dlt": lambda: against_dlt(options, environments),
        "airflow": lambda: against_airflow(options, environments),
        "course": lambda: against_course(options, environments),
    }
    told = {peer.name: versions(peer, environments) for peer in (DLT, AIRFLOW, COURSE)}
    print(json.dumps(told))
    for name in [options.only] if options.only else pairs:
        keep(f"peers-{name}", vars(options) | {"versions": told[name]}, pairs[name]())


def _environments() -> Path:
    home = os.environ.get("SPARKIFY_HOME", ".sparkify")
    return Path(home).expanduser().resolve() / "peers"


def against_dlt(options: argparse.Namespace, environments: Path) -> Figures:
    """A day of many events; dlt with the load files of its choice, and with CSV, which it COPYs."""
    with scene() as bucket:
        end = write_hours(bucket, options.events, 24, songs=options.songs)
        write_songs(bucket, options.songs)
        rounds = []
        for _ in range(options.rounds):
            one = {"ours": ours(end, 25)}
            for name, files in (("dlt", ""), ("dlt with CSV", "csv")):
                one[name] = _same_as_ours("peer_dlt", lambda f=files: run_dlt(environments, f))  # type: ignore[misc]
                _forget("peer_dlt", "peer_raw", "peer_raw_staging")
            rounds.append(one)
    names = ("dlt", "dlt with CSV")
    return {
        **{f"{name} : ours, whole": _ratio(rounds, name, "whole") for name in names},
        **{f"{name} : ours, staging": _ratio(rounds, name, "staging") for name in names},
        "rounds": rounds,
    }


def against_airflow(options: argparse.Namespace, environments: Path) -> Figures:
    """An hour of few events, whose songs are few too: what it takes is the orchestration's."""
    with scene() as bucket:
        end = write_hours(bucket, options.small, songs=500)
        write_songs(bucket, 500)
        with airflow(environments) as peer:
            ours(end, 2)
            peer.run()  # both once before it counts
            rounds = [_airflow_round(end, peer) for _ in range(options.rounds)]
    return {"airflow : ours, whole": _ratio(rounds, "airflow", "whole"), "rounds": rounds}


def _airflow_round(end: Any, peer: Airflow) -> Figures:
    """Each in turn, while the other's services stand still."""
    with standing_still(peer.services):
        own = ours(end, 2)
    with standing_still([prefect_server()]):
        return {
            "ours": own,
            "airflow": _same_as_ours("peer_airflow", lambda: {"whole": peer.run()}),
        }


def against_course(options: argparse.Namespace, environments: Path) -> Figures:
    """The course's script on a tenth of the events."""
    with scene() as bucket:
        end = write_hours(bucket, options.course, 24, songs=options.songs)
        write_songs(bucket, options.songs)
        rounds = []
        for _ in range(options.rounds):
            one = {"ours": ours(end, 25)}
            one["course"] = _same_as_ours("peer_course", lambda: _course(environments))
            _forget("peer_course")
            rounds.append(one)
    return {"course : ours, whole": _ratio(rounds, "course", "whole"), "rounds": rounds}


def ours(end: Any, lookback: int) -> Figures:
    """The hourly flow into an empty warehouse."""
    fresh_warehouse()
    flow = run_flow("hourly", window_end=end, lookback=lookback)
    assert flow.status == "published", flow
    return {"whole": flow.flow, "staging": flow.staged, "fact": fact_of("sparkify")}


def _course(environments: Path) -> Figures:
    python = python_of(COURSE, environments)
    command = [str(python), str(COURSE_SCRIPT), json.dumps(access())]
    began = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    whole = round(time.perf_counter() - began, 3)
    return {"whole": whole, "steps": json.loads(done.stdout.splitlines()[-1])}


def _same_as_ours(schema: str, work: Callable[[], Figures]) -> Figures:
    """A peer's figures, when its fact is the pipeline's; `AssertionError` when it has done other work."""
    figures = work()
    theirs, own = fact_of(schema), fact_of("sparkify")
    assert theirs == own, f"{schema} has {theirs}, the pipeline {own}"
    return figures | {"fact": theirs}


def _forget(*schemas: str) -> None:
    from embedded import postgres

    connection = postgres.connect(postgres.DEFAULT_DATABASE)
    with connection.cursor() as cursor:
        for schema in schemas:
            cursor.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
    connection.close()


def _ratio(rounds: list[Figures], peer: str, what: str) -> float:
    return round(median([one[peer][what] / one["ours"][what] for one in rounds]), 2)


if __name__ == "__main__":
    main()
