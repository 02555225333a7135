"""Tell Prefect what the deployments need; run it as often as you like: `python -m deployments.bootstrap`.

`deployments/settings.py` lists the settings, which are environment variables.
"""

from __future__ import annotations

import os
import sys

from prefect.client.orchestration import get_client

from blocks.errors import SparkifyError
from deployments.automations import save_automations
from deployments.blocks import block_id, register_types, save_warehouse
from deployments.pool import POOL, QUEUES, save_limits, save_pool, save_queues, save_variables
from deployments.settings import Settings, read_settings


def bootstrap(settings: Settings) -> list[str]:
    """Bring the server to the state that the settings describe; a line for each thing done."""
    told = [f"block types: {', '.join(register_types(settings))}"]
    if saved := save_warehouse(settings):
        told.append(f"block: {saved}")
    save_variables(settings)
    told.append(
        f"variables: sparkify_warehouse {settings.warehouse}, sparkify_code {settings.code}"
    )
    with get_client(sync_client=True) as client:
        save_pool(client, settings)
        save_queues(client)
        save_limits(client, settings)
        told.append(f"work pool: {POOL}, {settings.pool_type}, queues {', '.join(QUEUES)}")
        if settings.results:
            client.update_server_default_result_storage(block_id(settings.results))
            told.append(f"result storage: {settings.results}")
        told.append(f"automations: {', '.join(save_automations(client, settings))}")
    return told


def main() -> int:
    """The command line."""
    try:
        lines = bootstrap(read_settings(os.environ))
    except SparkifyError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_status
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
