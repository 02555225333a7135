"""The servers that the cases run on: the embedded Redshift and, when asked, a real cluster."""

from __future__ import annotations

import json
import os
from typing import Any

from spec_run import Target

SETTINGS = os.environ.get("SPARKIFY_TEST_REDSHIFT")


def embedded_target(lake: Any, arguments: dict[str, Any]) -> Target:
    """The stand-in, in a warehouse of the test session's own."""
    import embedded

    return Target(
        name="embedded",
        connect=lambda: embedded.connect(**arguments),
        put=lake.put,
        words=_words(lake.bucket, "arn:aws:iam::123456789012:role/spec", "us-east-1"),
        not_imitated=embedded.NotImitated,
    )


def real_target() -> Target:
    """The cluster of SPARKIFY_TEST_REDSHIFT: psycopg2 arguments, and bucket and iam_role for S3."""
    import psycopg2

    arguments = json.loads(SETTINGS or "{}")
    bucket = arguments.pop("bucket", None)
    role = arguments.pop("iam_role", "default")
    region = arguments.pop("region", None)
    return Target(
        name="real",
        connect=lambda: psycopg2.connect(**arguments),
        put=_real_put(bucket, region) if bucket else None,
        words=_words(f"{bucket}/spec", role, region or "us-east-1"),
    )


def _words(bucket: str, role: str, region: str) -> dict[str, str]:
    """What stands for the words with a dollar in the cases."""
    auth = "IAM_ROLE default" if role == "default" else f"IAM_ROLE '{role}'"
    return {"$BUCKET": bucket, "$AUTH": auth, "$ROLE": role, "$REGION": region}


def _real_put(bucket: str, region: str | None) -> Any:
    from obstore.store import S3Store

    store = S3Store(bucket, prefix="spec", region=region)
    return store.put
