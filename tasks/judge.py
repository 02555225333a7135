"""Judge a load object by object: what was loaded, what was rejected, what is too bad to publish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from blocks.errors import Unreconciled
from sql import Source
from tasks.batch import BatchObject
from tasks.records import clip

KEPT = 100  # rejects of an object that is quarantined


@dataclass(frozen=True)
class Reject:
    """A record that is not loaded, where it stands in the lake, and why."""

    entry: BatchObject
    line: int
    column: str
    reason: str
    raw: str = ""


class BadObjects(Exception):
    """Objects that must be left out, and some of their rejects; the rest is loaded without them."""

    def __init__(self, reasons: dict[BatchObject, str], rejects: Sequence[Reject] = ()) -> None:
        super().__init__(reasons, rejects)
        self.reasons = reasons
        self.rejects = list(rejects)


class TooManyRejects(Exception):
    """One COPY would skip more lines than it may: its files must be divided among several."""


def judge(source: Source, lines: dict[BatchObject, int], rejects: Sequence[Reject]) -> None:
    """Raise `BadObjects` for the objects with more rejects than their source tolerates."""
    rejected = Counter(reject.entry for reject in rejects)
    bad = {
        entry: f"{count} of {lines[entry]} lines were rejected{_capped(count)}"
        for entry, count in rejected.items()
        if not source.allows(count, lines[entry])
    }
    if bad:
        raise BadObjects(bad, [r for entry in bad for r in first_of(rejects, entry)])


def first_of(rejects: Sequence[Reject], entry: BatchObject) -> list[Reject]:
    """The rejects that are kept of an object that is left out."""
    return list(islice((reject for reject in rejects if reject.entry == entry), KEPT))


def _capped(count: int) -> str:
    return f"; the first {KEPT} are kept in etl.rejected_records" if count > KEPT else ""


def loads(
    lines: dict[BatchObject, int], rejects: Sequence[Reject], bad: dict[BatchObject, str]
) -> list[dict[str, object]]:
    """The rows of the run's `loads` table."""
    rejected = Counter(reject.entry for reject in rejects)
    good = [
        _row(entry, "published", None, count, count - rejected[entry], rejected[entry])
        for entry, count in lines.items()
    ]
    return good + [_row(entry, "quarantined", why, None, None, None) for entry, why in bad.items()]


def _row(
    entry: BatchObject,
    status: str,
    reason: str | None,
    lines: int | None,
    loaded: int | None,
    rejected: int | None,
) -> dict[str, object]:
    return {
        "source": entry.source,
        "key": entry.key,
        "etag": entry.etag,
        "status": status,
        "reason": reason and clip(reason, 1000),
        "lines": lines,
        "loaded": loaded,
        "rejected": rejected,
    }


def reconcile(
    table: str, copied: int, lines: dict[BatchObject, int], rejects: Sequence[Reject]
) -> None:
    """Raise `Unreconciled` unless rows copied = lines - lines that COPY rejected."""
    expected = sum(lines.values()) - len(rejects)
    if copied != expected:
        raise Unreconciled(
            f"{table}: COPY loaded {copied} rows, but {sum(lines.values())} lines less "
            f"{len(rejects)} rejected ones are {expected}"
        )
