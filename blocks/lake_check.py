"""Whether our own AWS credentials may read the lake, and write where manifests and bundles go."""

from __future__ import annotations

import uuid

import obstore
from obstore.exceptions import BaseError

from blocks.errors import SparkifyError
from blocks.lake import Lake, LakeObject

REFUSED = (BaseError, OSError)  # an object or a bucket that is not there is an OSError
DENIED = "may not be {0} with these credentials ({1})"


def reading(lake: Lake) -> str:
    """List both prefixes and read an object of each."""
    found = []
    for prefix in (lake.events_prefix, lake.songs_prefix):
        entry = first_object(lake, prefix)
        if entry:
            _read(lake, entry)
        found.append(f"{prefix}/ {'can be read' if entry else 'is empty'}")
    return f"{lake.bucket}: {', '.join(found)}"


def first_object(lake: Lake, prefix: str) -> LakeObject | None:
    """The smallest object that holds anything, of the first page under a prefix."""
    page = [entry for entry, _ in zip(lake.walk(prefix), range(1000), strict=False)]
    return min((entry for entry in page if entry.size), key=lambda one: one.size, default=None)


def writing(lake: Lake) -> str:
    """Write, read and delete an object of our own."""
    name = f"checks/{uuid.uuid4().hex}"
    key = f"{lake.work_prefix}/{name}"
    for verb, act in (
        ("written", lambda: lake.put_work(name, b"{}")),
        ("read", lambda: obstore.get(lake.store(lake.work_bucket), key).bytes()),
        ("deleted", lambda: lake.delete_work([key])),
    ):
        try:
            act()
        except REFUSED as error:
            raise SparkifyError(_denial(lake.work_bucket, verb, error)) from None
    return f"{lake.work_bucket}/{lake.work_prefix}/: can be written, read and deleted"


def _read(lake: Lake, entry: LakeObject) -> None:
    try:
        next(iter(obstore.get(lake.store(lake.bucket), entry.key)))
    except REFUSED as error:
        raise SparkifyError(_denial(f"{lake.bucket}/{entry.key}", "read", error)) from None


def _denial(what: str, verb: str, error: BaseException) -> str:
    said = str(error)
    for code in ("NoSuchBucket", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch"):
        if code in said:
            why = "does not exist" if code == "NoSuchBucket" else DENIED.format(verb, code)
            return f"{what} {why}"
    return f"{what} cannot be {verb}: {' '.join(said.split())[:300]}"
