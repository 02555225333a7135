"""What the ledger knows of the lake's objects, and which of them a run takes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Engine

from blocks.lake import LakeObject
from sql import execute
from tasks.batch import BatchObject, batch_object
from tasks.reading import LOST
from tasks.run import Version

ONE_VERSION = 3  # columns of a row: ETag, status, run


@dataclass
class Known:
    """One key's versions in the ledger: the status of each ETag, and the one that is published.

    `lost` is a version that is quarantined only because it was gone, or another, when it was read.
    """

    statuses: dict[str, str] = field(default_factory=dict)
    published: str | None = None
    published_by: str = ""
    settled_by: dict[str, str] = field(default_factory=dict)

    def add(self, etag: str, status: str, run_id: str) -> None:
        """Take in one row of the ledger."""
        self.statuses[etag] = status
        if status != "published":
            self.settled_by[etag] = run_id
        if status == "published":
            self.published, self.published_by = etag, run_id


class Ledger(Mapping[str, Known]):
    """What the ledger holds of objects, by key. It may hold a million songs: their rows are kept flat."""

    def __init__(self, rows: Iterable[tuple[str, str, str, str]] = ()) -> None:
        self._rows: dict[str, tuple[str, ...]] = {}
        for key, etag, status, run_id in rows:
            row = (etag, sys.intern(status), sys.intern(run_id))
            self._rows[key] = self._rows.get(key, ()) + row

    def __getitem__(self, key: str) -> Known:
        known, rows = Known(), iter(self._rows[key])
        for etag, status, run_id in zip(rows, rows, rows, strict=True):
            known.add(etag, status, run_id)
        return known

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def pending(self) -> set[str]:
        """The keys of objects of which a version was seen and is not loaded."""
        return {key for key, row in self._rows.items() if "pending" in row}

    def rests(self, found: LakeObject) -> bool:
        """Whether the version that was found is published, and no other was ever seen."""
        row = self._rows.get(found.key, ())
        return len(row) == ONE_VERSION and row[:2] == (found.etag, "published")


def read_ledger(engine: Engine, name: str, **values: str) -> Ledger:
    """The rows of one of the `ledger/known_*` questions, by key."""
    with engine.begin() as connection:
        return Ledger(execute(connection, name, values | LOST))


def is_new(found: LakeObject, known: Known) -> bool:
    """Never seen, seen and not loaded, or changed since it was published; not what has a fault."""
    return known.statuses.get(found.etag) not in ("published", "quarantined")


def is_missing(found: LakeObject, known: Known) -> bool:
    """No version of it was ever published."""
    return known.published is None and is_new(found, known)


def has_failed(found: LakeObject, known: Known) -> bool:
    """It is quarantined, or was left behind by a run that did not end well."""
    return known.statuses.get(found.etag) in ("pending", "lost", "quarantined")


def always(found: LakeObject, known: Known) -> bool:
    """Whatever became of it before."""
    return True


CHOICES = {"missing": is_missing, "changed": is_new, "failed": has_failed, "all": always}


def choose(
    source: str, found: Iterable[LakeObject], ledger: Ledger, only: str
) -> list[BatchObject]:
    """The objects of a listing that a run takes, with the run that published what they replace."""
    chosen = CHOICES[only]
    known = ((entry, ledger.get(entry.key, Known())) for entry in found)
    return [
        batch_object(source, entry, k.published_by, k.settled_by.get(entry.etag, ""))
        for entry, k in known
        if chosen(entry, k)
    ]


def returned(source: str, found: Iterable[LakeObject], ledger: Ledger) -> tuple[Version, ...]:
    """Objects that went back to a version that is settled, while another version of them is open."""
    return tuple(
        (source, entry.key, entry.etag)
        for entry in found
        if (known := ledger.get(entry.key)) and _is_settled(known, entry.etag)
    )


def _is_settled(known: Known, etag: str) -> bool:
    others = {status for other, status in known.statuses.items() if other != etag}
    status = known.statuses.get(etag)
    if status == "published":
        return bool(others & {"pending", "lost", "quarantined"})
    return status == "quarantined" and bool(others & {"pending", "lost"})
