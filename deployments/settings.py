"""The settings of a deployment, read from the environment here and nowhere else.

SPARKIFY_REDSHIFT_<FIELD>   a field of the block `redshift/<SPARKIFY_BLOCK>`, e.g. ..._HOST
SPARKIFY_LAKE_<FIELD>       a field of its lake, e.g. ..._BUCKET
SPARKIFY_BLOCK              name of the block, default prod
SPARKIFY_AWS_CREDENTIALS    name of a saved AwsCredentials block; default boto3's own chain
SPARKIFY_WAREHOUSE          TYPE/NAME that the deployments load; default the block above, else local
SPARKIFY_CODE               folder of this code on the worker; default this folder, on ECS /opt/sparkify
SPARKIFY_POOL_TYPE          process (default) or ecs
SPARKIFY_POOL_<VARIABLE>    default of a variable of the work pool, e.g. ..._IMAGE; text or JSON
SPARKIFY_CHUNKS             chunks of backfills that load at the same time, default 4
SPARKIFY_RESULTS            TYPE/NAME of a storage block for results; nothing here needs one
SPARKIFY_NOTIFY_BLOCK       TYPE/NAME of a notification block: Slack, e-mail, ...
SPARKIFY_SLACK_WEBHOOK      or the URL of a Slack webhook
SPARKIFY_WEBHOOK            or the URL that gets a POST; else a notification is an event and a log line
SPARKIFY_ESCALATE_BLOCK     TYPE/NAME of a notification block for repeated failure; default as above
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
IMAGE_CODE = "/opt/sparkify"  # as deployments/Dockerfile says
LOCAL = "embedded-redshift/local"


@dataclass(frozen=True)
class Settings:
    """What differs from place to place."""

    redshift: dict[str, str]
    lake: dict[str, str]
    block: str
    aws_credentials: str
    warehouse: str
    code: str
    pool_type: str
    pool: dict[str, Any]
    chunks: int
    results: str
    notify_block: str
    slack_webhook: str
    webhook: str
    escalate_block: str


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in an environment; what is empty counts as not given."""
    given = {name: value for name, value in environment.items() if value}
    redshift = _with_prefix(given, "SPARKIFY_REDSHIFT_")
    block = given.get("SPARKIFY_BLOCK", "prod")
    pool = _with_prefix(given, "SPARKIFY_POOL_")
    pool_type = pool.pop("type", "process")
    return Settings(
        redshift=redshift,
        lake=_with_prefix(given, "SPARKIFY_LAKE_"),
        block=block,
        aws_credentials=given.get("SPARKIFY_AWS_CREDENTIALS", ""),
        warehouse=given.get("SPARKIFY_WAREHOUSE", f"redshift/{block}" if redshift else LOCAL),
        code=given.get("SPARKIFY_CODE", IMAGE_CODE if pool_type == "ecs" else str(ROOT)),
        pool_type=pool_type,
        pool={name: _value(text) for name, text in pool.items()},
        chunks=int(given.get("SPARKIFY_CHUNKS", "4")),
        results=given.get("SPARKIFY_RESULTS", ""),
        notify_block=given.get("SPARKIFY_NOTIFY_BLOCK", ""),
        slack_webhook=given.get("SPARKIFY_SLACK_WEBHOOK", ""),
        webhook=given.get("SPARKIFY_WEBHOOK", ""),
        escalate_block=given.get("SPARKIFY_ESCALATE_BLOCK", ""),
    )


def _with_prefix(given: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix).lower(): value
        for name, value in given.items()
        if name.startswith(prefix)
    }


def _value(text: str) -> Any:
    """JSON where it is a list or an object, else the text as it is."""
    return json.loads(text) if text[:1] in ("[", "{") else text
