"""Fetch the words of rejected records from the lake."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from blocks.lake import Lake
from tasks.batch import BatchObject
from tasks.judge import Reject
from tasks.keys import parse_events_key
from tasks.reading import read_lines
from tasks.records import clip, csv_records, json_records

LONGEST = 65000  # bytes that etl.rejected_records.raw_text takes


def with_raw_text(lake: Lake, rejects: Sequence[Reject]) -> list[Reject]:
    """The rejects with their records, each object read once, or twice where records span lines."""
    wanted: dict[BatchObject, set[int]] = defaultdict(set)
    for reject in rejects:
        wanted[reject.entry].add(reject.line)
    words = {
        (entry, number): _printable(raw)
        for entry, numbers in wanted.items()
        for number, raw in _raw(lake, entry, numbers)
    }
    return [replace(reject, raw=words.get((reject.entry, reject.line), "")) for reject in rejects]


def _raw(lake: Lake, entry: BatchObject, numbers: set[int]) -> Iterator[tuple[int, bytes]]:
    lines = dict(read_lines(lake, entry, numbers))
    yield from lines.items()
    if any(_is_part(line) for line in lines.values()):
        parsed = parse_events_key(entry.key)
        cut = csv_records if parsed and parsed.format == "csv" else json_records
        records = list(cut(read_lines(lake, entry)))
        if entry.source == "songs" and len(records) == 1:
            yield 1, records[0].raw
        yield from ((record.line, record.raw) for record in records if record.line in numbers)


def _is_part(line: bytes) -> bool:
    """Whether a line may be the end of a record that began on an earlier one."""
    return not line.startswith(b"{") or not line.rstrip().endswith(b"}")


def _printable(raw: bytes) -> str:
    """Text that a VARCHAR takes: no NUL, whole characters, not too long."""
    text = raw.decode("utf-8", errors="backslashreplace").replace("\x00", "\\x00")
    return clip(text, LONGEST).rstrip("\r")


def reject_rows(rejects: Sequence[Reject]) -> list[dict[str, object]]:
    """The rows of the run's `rejected` table."""
    return [
        {
            "source": reject.entry.source,
            "key": reject.entry.key,
            "etag": reject.entry.etag,
            "line_number": reject.line,
            "column_name": reject.column or None,
            "reason": clip(reject.reason, 1000),
            "raw_text": reject.raw or None,
        }
        for reject in rejects
    ]
