"""The addresses that a COPY reads objects from: as they lie in the lake, or under a name of ours.

The views that report a load show a file's name in 256 single bytes, so that a longer one, or one with
other characters, would not be known again: such an object is copied to a short name first.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from tempfile import TemporaryFile

from tasks.batch import BatchObject
from tasks.reading import open_object
from tasks.run import Run

SHOWN_AS_IT_IS = re.compile(r"s3://[A-Za-z0-9!_.*()=:,@&+$/-]{1,245}")


def addresses(run: Run, objects: Sequence[BatchObject]) -> dict[str, BatchObject]:
    """The objects by the addresses to copy from; raises `BadObjects` for one that is not there."""
    return {_address(run, entry): entry for entry in objects}


def _address(run: Run, entry: BatchObject) -> str:
    url = run.warehouse.lake.url(entry.key)
    if SHOWN_AS_IT_IS.fullmatch(url):
        return url
    lake = run.warehouse.lake
    with TemporaryFile() as body:
        body.writelines(open_object(lake, entry))
        body.seek(0)
        return lake.put_work(f"runs/{run.id}/named-{uuid.uuid4().hex}", body)
