"""The whole embedded stack of a home: PostgreSQL with the Redshift catalog, and S3."""

from __future__ import annotations

import shutil
from typing import Any

from embedded import buckets, cluster, home, install, postgres, s3, server
from embedded.home import StackError


def start() -> None:
    """Start what does not run yet; several processes may call this at once."""
    if is_running():
        return
    with home.lock():
        s3.start()
        server.start()
        if not install.is_current():
            install.install()


def start_warehouse() -> None:
    """Start PostgreSQL with its warehouse, and nothing else."""
    if not (server.running() and install.is_current()):
        with home.lock():
            server.start()
            if not install.is_current():
                install.install()


def is_running() -> bool:
    """Whether everything runs and is up to date."""
    return bool(server.running()) and s3.is_running() and install.is_current()


def stop() -> int:
    """Stop everything of this home, also what a dead parent left; return how many servers."""
    with home.lock():
        return server.stop() + s3.stop()


def reset() -> None:
    """Empty the warehouse: drop its default database and make it again. The lake stays."""
    start()
    with home.lock():
        postgres.drop_database(postgres.DEFAULT_DATABASE)
        postgres.create_database(postgres.DEFAULT_DATABASE)


def destroy() -> None:
    """Stop everything and delete the home with all that is in it. For homes of tests only."""
    if not home.is_throwaway():
        raise StackError(f"{home.folder()} is not a home of tests")
    with home.lock():
        server.stop(at_once=True)
        s3.stop()
        cluster.remove()
    shutil.rmtree(home.folder())


def status() -> dict[str, Any]:
    """What runs and where, for people and programs; starts nothing and makes nothing."""
    running = server.running()
    serving = bool(home.token()) and s3.is_running()
    return {
        "home": str(home.folder()),
        "lake": str(home.lake()),
        "postgres": {
            "running": running is not None,
            "pid": running.pid if running else None,
            "port": running.port if running else None,
            "databases": postgres.databases() if running else [],
            "log": str(server.log()),
        },
        "s3": {
            "running": serving,
            "endpoint": s3.access().endpoint if serving else None,
            "buckets": sorted(buckets.served()) if serving else [],
            "log": str(s3.log()),
        },
    }
