"""What a run leaves in the Prefect UI: its story, its checks, the rows that broke them, its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

import httpx
from obstore.exceptions import BaseError
from prefect import get_run_logger
from prefect.artifacts import (
    Artifact,
    MarkdownArtifact,
    TableArtifact,
    create_progress_artifact,
    update_progress_artifact,
)
from prefect.assets import Asset, AssetProperties
from prefect.context import AssetContext
from prefect.events import emit_event
from prefect.exceptions import PrefectException

from blocks.redshift import Redshift
from flows.report import STORED
from flows.story import broken_rows, check_rows, tell
from tasks.failed import failed
from tasks.outcome import Outcome
from tasks.run import Run
from tasks.verdicts import Verdict

UNREACHED = (httpx.HTTPError, PrefectException)  # the load is done, with or without its artifacts
Item = TypeVar("Item")


@contextmanager
def failure_shown(flow: str, warehouse: Redshift) -> Iterator[list[Run]]:
    """Leave the artifacts of a flow that fails, of the last of the runs that it says it began."""
    begun: list[Run] = []
    try:
        yield begun
    except Exception as error:
        show(failed(flow, begun[-1] if begun else None, error), warehouse)
        raise


def show(outcome: Outcome, warehouse: Redshift) -> None:
    """The artifacts of an outcome, and an event for each table that it published."""
    lake = warehouse.lake
    source = f"s3://{lake.bucket}"
    text = tell(outcome, source, _report(warehouse))
    story = MarkdownArtifact(key=f"{outcome.flow}-run", markdown=text, description=outcome.status)
    _keep([story, *_check_tables(outcome.flow, outcome.checks)])
    for table, numbers in outcome.tables.items():
        _tell_table(warehouse, table, outcome.run_id, numbers)


def show_story(flow: str, markdown: str, checks: Sequence[Verdict]) -> None:
    """The artifacts of a flow that loads nothing."""
    _keep([MarkdownArtifact(key=f"{flow}-run", markdown=markdown), *_check_tables(flow, checks)])


def progress_shown(items: Iterable[Item], total: int, flow: str) -> Iterator[Item]:
    """The items, while an artifact says how many of them are done; none for a single one."""
    artifact = _begin_progress(flow, total) if total > 1 else None
    for number, item in enumerate(items, 1):
        yield item
        if artifact:
            _update_progress(artifact, number, total)


def _check_tables(flow: str, checks: Sequence[Verdict]) -> list[Artifact]:
    if not checks:
        return []
    made: list[Artifact] = [TableArtifact(key=f"{flow}-checks", table=check_rows(checks))]
    rows, total = broken_rows(checks)
    if rows:
        said = f"{len(rows)} of {total} rows; etl.check_results keeps a sample of each check"
        made.append(TableArtifact(key=f"{flow}-broken-rows", table=rows, description=said))
    return made


def _keep(artifacts: Sequence[Artifact]) -> None:
    try:
        for artifact in artifacts:
            artifact.create(_sync=True)  # type: ignore[call-arg]
    except UNREACHED as error:
        _warn(error)


def _begin_progress(flow: str, total: int) -> UUID | None:
    said = f"{total} chunks"
    try:
        return create_progress_artifact(0.0, key=f"{flow}-progress", description=said)  # type: ignore[return-value]
    except UNREACHED as error:
        _warn(error)
    return None


def _update_progress(artifact: UUID, done: int, total: int) -> None:
    said = f"{done} of {total} chunks"
    try:
        update_progress_artifact(artifact, round(100 * done / total, 1), description=said)
    except UNREACHED as error:
        _warn(error)


def _warn(error: Exception) -> None:
    get_run_logger().warning("the artifacts are not complete: %s", " ".join(str(error).split()))


def _report(warehouse: Redshift) -> str | None:
    """Where the report is, when there is one."""
    lake = warehouse.lake
    try:
        stored = any(entry.key.endswith(STORED) for entry in lake.walk_work("reports"))
    except BaseError:  # there is no bucket of our own yet, or no lake to be reached
        return None
    return f"s3://{lake.work_bucket}/{lake.work_prefix}/{STORED}" if stored else None


def _tell_table(warehouse: Redshift, table: str, run_id: str, numbers: dict[str, Any]) -> None:
    asset = Asset(
        key=f"redshift://{warehouse.lake.bucket}/sparkify/{table}",
        properties=AssetProperties(name=f"sparkify.{table}"),
    )
    emit_event(
        event="prefect.asset.materialization.succeeded",
        resource=AssetContext.asset_as_resource(asset),
        payload={"run_id": run_id, **numbers},
    )
