"""The work pool `sparkify`, its queues, and the limits."""

from __future__ import annotations

from typing import Any

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import ObjectNotFound
from prefect.variables import Variable
from prefect.workers.base import BaseWorker

from blocks.errors import UsageError
from deployments.settings import Settings
from tasks.chunk import CHUNK_TAG

POOL = "sparkify"
QUEUES = {"default": 1, "backfill": 10}  # by priority: a smaller number is served first
SUPERVISED = "prefect flow-run execute"  # a process that gives its run back when it is told to stop


def save_pool(client: SyncPrefectClient, settings: Settings) -> None:
    """Create the pool, or give it these defaults; a pool keeps its type and its pause."""
    wanted = WorkPoolCreate(
        name=POOL,
        type=settings.pool_type,
        description="Where the deployments of Sparkify run.",
        base_job_template=job_template(settings),
    )
    pool = client.create_work_pool(wanted, overwrite=True)
    if pool.type != settings.pool_type:
        raise UsageError(
            f"the work pool {POOL!r} is of type {pool.type!r}: delete it, or set SPARKIFY_POOL_TYPE"
        )


def job_template(settings: Settings) -> dict[str, Any]:
    """The worker's own template with the settings as defaults of its variables."""
    worker = BaseWorker.get_worker_class_from_type(settings.pool_type)
    if worker is None:
        raise UsageError(f"no worker of type {settings.pool_type!r} is installed")
    template = worker.get_default_base_job_template()
    variables = template["variables"]["properties"]
    for name, value in _defaults(settings).items():
        if name not in variables:
            raise UsageError(f"a {settings.pool_type} pool has no {name!r}: {', '.join(variables)}")
        variables[name]["default"] = value
    return template


def _defaults(settings: Settings) -> dict[str, Any]:
    """An ECS worker supervises by itself; a process worker must be told to."""
    supervised = {"command": SUPERVISED} if settings.pool_type == "process" else {}
    return supervised | settings.pool


def save_queues(client: SyncPrefectClient) -> None:
    """Create the queues, or give them their priorities."""
    for name, priority in QUEUES.items():
        try:
            queue = client.read_work_queue_by_name(name, work_pool_name=POOL)
        except ObjectNotFound:
            client.create_work_queue(name, work_pool_name=POOL, priority=priority)
        else:
            client.update_work_queue(queue.id, priority=priority)


def save_limits(client: SyncPrefectClient, settings: Settings) -> None:
    """How many chunks of backfills load at the same time, over all runs and workers."""
    client.upsert_global_concurrency_limit_by_name(f"tag:{CHUNK_TAG}", settings.chunks)


def save_variables(settings: Settings) -> None:
    """What prefect.yaml names: the warehouse that is loaded, and where the code is on a worker."""
    Variable.set("sparkify_warehouse", settings.warehouse, overwrite=True)
    Variable.set("sparkify_code", settings.code, overwrite=True)
