"""Which objects a COPY reads: those under a key prefix, or those that a manifest lists."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from embedded.copy.records import LoadDies
from embedded.copy.storage import Storage, s3_errors, split_url

_BAD_MANIFEST = "Manifest file is not in correct json format"


@dataclass(frozen=True)
class Source:
    """One object to be read; `mandatory` says that COPY fails without it."""

    url: str
    bucket: str
    key: str
    mandatory: bool = True


def select(storage: Storage, url: str, manifest: bool, columnar: bool = False) -> list[Source]:
    """The objects in the order in which they are read."""
    bucket, key = split_url(url)
    if manifest:
        return _read_manifest(storage, bucket, key, columnar)
    return _list(storage, bucket, key)


def _list(storage: Storage, bucket: str, prefix: str) -> list[Source]:
    """All keys that begin with the prefix, in the middle of a name too."""
    folder = prefix.rpartition("/")[0]
    with s3_errors():
        pages = storage.store(bucket).list(folder or None, chunk_size=1000)
        keys = [meta["path"] for page in pages for meta in page]
    found = sorted(key for key in keys if key.startswith(prefix))
    if not found:
        raise LoadDies(f"The specified S3 prefix '{prefix}' does not exist")
    return [Source(f"s3://{bucket}/{key}", bucket, key) for key in found]


def _read_manifest(storage: Storage, bucket: str, key: str, columnar: bool) -> list[Source]:
    with s3_errors("Problem reading manifest file - "):
        content = bytes(storage.store(bucket).get(key).bytes())
    try:
        document = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        raise LoadDies(_BAD_MANIFEST) from None
    entries = document.get("entries") if isinstance(document, dict) else None
    if not isinstance(entries, list):
        raise LoadDies(_BAD_MANIFEST)
    if not entries:
        raise LoadDies("Manifest file does not list any file")
    return [_entry(entry, columnar) for entry in entries]


def _entry(entry: Any, columnar: bool) -> Source:
    url = entry.get("url") if isinstance(entry, dict) else None
    mandatory = entry.get("mandatory", False) if isinstance(entry, dict) else None
    if not isinstance(url, str) or not isinstance(mandatory, bool):
        raise LoadDies(_BAD_MANIFEST)
    if columnar:
        _check_length(entry)
    bucket, key = split_url(url)
    if not key or key.endswith("/"):
        raise LoadDies(f"The manifest entry '{url}' is not the full path of a file")
    return Source(url, bucket, key, mandatory)


def _check_length(entry: dict[str, Any]) -> None:
    meta = entry.get("meta")
    if not isinstance(meta, dict):
        raise LoadDies("File entry does not have 'meta' key.", 15003)
    if not isinstance(meta.get("content_length"), int):
        raise LoadDies("File entry does not have 'content_length' key in 'meta'.", 15003)
