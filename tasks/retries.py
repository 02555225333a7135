"""When Prefect tries a task again: only what another try can mend."""

from __future__ import annotations

from typing import Any

from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun

from blocks.transient import is_transient


def retry_if_transient(task: Any, task_run: TaskRun, state: State[Any]) -> bool:
    """Whether the failure of a task run is one that passes."""
    return isinstance(state.data, BaseException) and is_transient(state.data)


# Tasks that write: what is done of them is what the run's `done` table says, never Prefect's cache.
WRITING: dict[str, Any] = {
    "cache_policy": NO_CACHE,
    "retries": 3,
    "retry_delay_seconds": [10, 60, 300],
    "retry_jitter_factor": 0.5,
    "retry_condition_fn": retry_if_transient,
}
