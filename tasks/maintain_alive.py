"""Find the runs that show a sign of life: a session of theirs, or a transaction on their tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from blocks.settings import QUERY_GROUP_BYTES
from sql import execute


@dataclass(frozen=True)
class Signs:
    """The sessions that are connected, the labels they carried, the schemas that are being used."""

    sessions: frozenset[int]
    labels: frozenset[str]
    in_use: frozenset[str]

    def of(self, run_id: str, session_pid: int | None) -> str | None:
        """What tells that a run is alive, or None."""
        if f"run_{run_id}" in self.in_use:
            return "a transaction uses its tables"
        if session_pid in self.sessions:
            return f"session {session_pid} is connected"
        if label_of(run_id) in self.labels:
            return "a session with its label is connected"
        return None


def signs_of_life(engine: Engine) -> Signs:
    """What the warehouse tells of who is working in it; each view at its own moment."""
    sessions = frozenset(pid for (pid,) in _ask(engine, "sessions"))
    labelled = _ask(engine, "labelled_sessions")
    in_use = frozenset(schema for (schema,) in _ask(engine, "schemas_in_use"))
    labels = frozenset(label for pid, label in labelled if pid in sessions)
    return Signs(sessions, labels, in_use)


def _ask(engine: Engine, name: str) -> list[tuple[Any, ...]]:
    with engine.begin() as connection:
        return [tuple(row) for row in execute(connection, f"maintain/{name}")]


def label_of(run_id: str) -> str:
    """A run's query_group: it is cut, so that it may also be the label of a like-named run."""
    return f"sparkify-{run_id}".encode()[:QUERY_GROUP_BYTES].decode(errors="ignore")
