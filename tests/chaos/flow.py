"""Runs of the hourly flow on databases of the scene, each in a process of its own."""

from __future__ import annotations

import uuid
from pathlib import Path

from chaos.child import exit_status, run_flow
from chaos.points import At
from chaos.scene import Scene, warehouse_block


class Flow:
    """The hourly flow against a Prefect API. It loads databases that it has a stored block for.

    To store a block takes longer than to run the flow, so that databases are made again by their names.
    """

    def __init__(self, scene: Scene, home: Path, api: str, databases: int) -> None:
        self._scene, self._home, self._api = scene, str(home), api
        self._stored: set[str] = set()
        self.databases = [f"chaos_{uuid.uuid4().hex[:12]}" for _ in range(databases)]

    def run(
        self, database: str, at: At = None, api: str = "", record: Path | None = None
    ) -> int | None:
        """Load a database; returns how the process ended. `api` when it is to use another address."""
        name = database.replace("_", "-")
        if name not in self._stored:
            warehouse_block(database, self._scene.bucket.bucket).save(name)
            self._stored.add(name)
        block = f"embedded-redshift/{name}"
        return exit_status(run_flow, self._home, api or self._api, block, at, record)
