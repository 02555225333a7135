"""Whether the role of COPY can read the lake: a COPY that loads nothing (NOLOAD) of a small object."""

from __future__ import annotations

import json
import re
import uuid
from typing import TYPE_CHECKING

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from blocks.errors import SparkifyError
from blocks.lake import Lake
from blocks.lake_check import first_object

if TYPE_CHECKING:
    from blocks.redshift import Redshift

# Any object will do: what it holds does not matter, and a line that does not parse was still read.
OPTIONS = "JSON 'auto' MANIFEST NOLOAD MAXERROR 100000 COMPUPDATE OFF STATUPDATE OFF"
UNPARSED = re.compile(r"Load into table '.*' failed")
REFUSALS = (
    (
        r"[Nn]ot authorized to (assume|get credentials)|not associated|[Dd]efault (IAM )?role",
        "may not be taken on by the warehouse: associate it, and let it trust redshift.amazonaws.com",
    ),
    (r"Access ?Denied|403", "may not read {0}: give it s3:GetObject there, and s3:ListBucket"),
    (r"NoSuchBucket|bucket does not exist", "finds no bucket for {0}"),
    (
        r"specified endpoint|PermanentRedirect|301",
        "finds {0} in another region: check the lake's region",
    ),
)


def copying(block: Redshift, engine: Engine) -> str:
    """Read an object of our own, and one of each prefix of the lake, as the role."""
    lake = block.lake
    own = lake.put_work(f"checks/{uuid.uuid4().hex}.json", b"{}")
    try:
        urls = [own, *_of_the_lake(lake)]
        for url in urls:
            _copy(block, engine, url)
    finally:
        lake.delete_work([own.removeprefix(f"s3://{lake.work_bucket}/")])
    return f"{block.copy_role} reads {', '.join(urls)}"


def _of_the_lake(lake: Lake) -> list[str]:
    found = (first_object(lake, prefix) for prefix in (lake.events_prefix, lake.songs_prefix))
    return [lake.url(entry.key) for entry in found if entry]


def _copy(block: Redshift, engine: Engine, url: str) -> None:
    lake = block.lake
    entries = {"entries": [{"url": url, "mandatory": True}]}
    manifest = lake.put_work(f"checks/{uuid.uuid4().hex}.manifest", json.dumps(entries).encode())
    role = block.copy_authority()
    authority = "IAM_ROLE default" if role == "default" else "IAM_ROLE :role"
    statement = f"COPY connection_check FROM :manifest {authority} REGION :region {OPTIONS}"
    bound = {"manifest": manifest, "region": lake.region}
    bound |= {} if role == "default" else {"role": role}
    try:
        with engine.connect() as connection:  # never committed: the table goes with the session
            connection.execute(text("CREATE TEMP TABLE connection_check (nothing VARCHAR(1))"))
            connection.execute(text(statement), bound)
    except DBAPIError as error:
        said = " ".join(str(error.orig).split())
        if not UNPARSED.search(said):
            raise SparkifyError(refusal(role, said, url)) from None
    finally:
        lake.delete_work([manifest.removeprefix(f"s3://{lake.work_bucket}/")])


def refusal(role: str, said: str, url: str) -> str:
    """What Redshift says against a COPY of a URL, in plain words before its own."""
    for pattern, words in REFUSALS:
        if re.search(pattern, said):
            return f"{role} {words.format(url)} ({said})"
    return f"{role} cannot COPY {url}: {said}"
