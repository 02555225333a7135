"""What happens in the warehouse when Prefect says that a flow run is over and its process may be dead."""

from __future__ import annotations

from typing import Any

from prefect import Flow, State
from prefect.client.schemas.objects import FlowRun
from prefect.logging.loggers import flow_run_logger

from blocks.warehouse import load_warehouse
from tasks.cancelling import end_sessions


def end_left_sessions(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """End the sessions that a cancelled or crashed run has left at work; a hook of the flows."""
    given = flow_run.parameters.get("warehouse")
    default = flow.parameters.properties["warehouse"]["default"]
    reason = f"{state.name} in Prefect"
    ended = end_sessions(load_warehouse(given or default), str(flow_run.id), reason)
    flow_run_logger(flow_run, flow).info("ended %d sessions of the run", len(ended))
