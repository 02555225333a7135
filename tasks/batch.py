"""A batch: the object versions that one run loads, and the parts that are staged one by one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from blocks.lake import LakeObject
from sql import SOURCES, Source
from tasks.keys import parse_events_key


@dataclass(frozen=True, order=True)
class BatchObject:
    """One object version; `replaces` is the run that published the key's current version, or ''.

    `settled` is the run that settled this very version before, or '': loaded again, it is another
    batch.
    """

    source: str
    key: str
    etag: str
    size: int
    last_modified: datetime
    replaces: str = ""
    settled: str = ""

    @property
    def part(self) -> str:
        """The staging table that it goes to: one for each COPY."""
        parsed = parse_events_key(self.key) if self.source == "events" else None
        kind = [parsed.format, parsed.compression] if parsed else ["json"]
        return "_".join(["staging", self.source, *filter(None, kind)])


@dataclass(frozen=True)
class Part:
    """The objects of one COPY: same source, format and compression."""

    table: str
    objects: tuple[BatchObject, ...]

    @property
    def source(self) -> Source:
        """The declaration of what they hold."""
        return SOURCES[self.objects[0].source]

    @property
    def format(self) -> str:
        """`json` or `csv`."""
        return self.table.split("_")[2]

    @property
    def gzipped(self) -> bool:
        """Whether the objects are compressed."""
        return self.table.endswith("_gz")


def batch_object(source: str, found: LakeObject, replaces: str, settled: str = "") -> BatchObject:
    """A listed object as a member of a batch."""
    facts = (found.key, found.etag, found.size, found.last_modified)
    return BatchObject(source, *facts, replaces, settled)


def parts(objects: Iterable[BatchObject]) -> list[Part]:
    """The batch grouped by staging table."""
    ordered = sorted(objects, key=lambda entry: (entry.part, entry.key))
    return [Part(table, tuple(group)) for table, group in groupby(ordered, lambda o: o.part)]


def fingerprint(*facts: object, objects: Iterable[BatchObject]) -> str:
    """Twelve hex digits that tell one batch from another.

    The runs that published the current versions are part of it: the same objects loaded again later
    are another batch.
    """
    digest = hashlib.sha256(repr(facts).encode())
    for entry in sorted(objects):
        digest.update(
            repr((entry.source, entry.key, entry.etag, entry.replaces, entry.settled)).encode()
        )
    return digest.hexdigest()[:12]
