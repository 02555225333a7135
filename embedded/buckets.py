"""The buckets of the embedded S3: a folder of links to the lake's folders and to our own.

Every folder in the lake is a bucket, read where it lies. What the pipeline writes goes to
`sparkify-work`, which lies in the home.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from embedded import home
from embedded.home import MisusedError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def root() -> Path:
    """The folder of links that the server serves: lake and work bucket side by side."""
    return home.folder() / "s3" / "buckets"


def wanted() -> dict[str, Path]:
    """The buckets that should be served, with their folders."""
    lake = home.lake()
    if not lake.is_dir():
        raise MisusedError(f"SPARKIFY_LAKE {lake} is not a folder")
    found = {
        path.name: path
        for path in sorted(lake.iterdir())
        if path.is_dir() and _NAME.fullmatch(path.name)
    }
    return found | {home.WORK_BUCKET: home.folder() / "s3" / home.WORK_BUCKET}


def served() -> dict[str, Path]:
    """The buckets that are linked now."""
    return {link.name: link.readlink() for link in root().glob("*")}


def make_folders() -> None:
    """Make our own bucket, and the default lake."""
    (home.make() / "s3" / home.WORK_BUCKET).mkdir(parents=True, exist_ok=True)
    if not home.lake_is_given():
        (home.lake() / home.BUCKET).mkdir(parents=True, exist_ok=True)


def link(targets: dict[str, Path]) -> None:
    """Link these buckets and no others."""
    shutil.rmtree(root(), ignore_errors=True)
    root().mkdir()
    for name, folder in targets.items():
        (root() / name).symlink_to(folder)
