"""What the dlt peer runs in its own environment: the filesystem source, merged into PostgreSQL.

The argument is a JSON of the S3, the PostgreSQL, a folder for dlt's state, and the format of its load
files ('' for dlt's own choice). The last line of the output is the seconds of each of dlt's steps.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import dlt
from dlt.common.configuration.specs import AwsCredentials
from dlt.sources.filesystem import filesystem, read_jsonl

EVENT_KEY = ["ts", "userId", "sessionId", "itemInSession"]


def main() -> None:
    """Extract, normalise and load."""
    given = json.loads(sys.argv[1])
    began = time.perf_counter()
    pipeline = dlt.pipeline(
        "peer",
        pipelines_dir=given["folder"],
        destination=dlt.destinations.postgres(given["postgres"]),
        dataset_name="peer_raw",
    )
    resources = [
        resource(given, "events", "log_data/**/*.json", EVENT_KEY),
        resource(given, "songs", "song_data/**/*.json", ["song_id"]),
    ]
    pipeline.extract(resources, loader_file_format=given["format"] or None)
    extracted = time.perf_counter()
    pipeline.normalize()
    normalised = time.perf_counter()
    pipeline.load()
    steps = {
        "extract": extracted - began,
        "normalise": normalised - extracted,
        "load": time.perf_counter() - normalised,
    }
    print(json.dumps({name: round(seconds, 3) for name, seconds in steps.items()}))


def resource(given: dict[str, Any], name: str, glob: str, key: list[str]) -> Any:
    """The records of the objects of one kind, merged by their key."""
    credentials = AwsCredentials(
        aws_access_key_id=given["key"],
        aws_secret_access_key=given["secret"],
        endpoint_url=given["endpoint"],
        region_name=given["region"],
    )
    url = f"s3://{given['bucket']}"
    files = filesystem(bucket_url=url, credentials=credentials, file_glob=glob)
    made = (files | read_jsonl()).with_name(name)
    made.apply_hints(write_disposition="merge", primary_key=key)
    return made


if __name__ == "__main__":
    main()
