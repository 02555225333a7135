"""Find the lines whose values cannot be true: the warehouse counts them, the lake says where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, text

from blocks.lake import Lake
from sql import Source
from sql.rules import Rule, broken_flag
from tasks.batch import BatchObject, Part
from tasks.drift import fits
from tasks.judge import Reject
from tasks.reading import read_lines
from tasks.records import Record, csv_records, first_wins, json_records


def count_broken(connection: Connection, part: Part, latest: int) -> int:
    """How many rows of a staging table break a rule of their source."""
    question = f"SELECT SUM({broken_flag(part.source.rules)}) FROM {part.table}"
    return int(connection.execute(text(question), {"latest": latest}).scalar() or 0)


def find_event_rejects(
    lake: Lake, part: Part, objects: Sequence[BatchObject], latest: int, copied: Sequence[Reject]
) -> list[Reject]:
    """Read the objects of a part again and find the records that break a rule and were copied.

    `copied` are the records that COPY rejected itself: they are not in the table.
    """
    known = Counter((reject.entry, reject.line) for reject in copied)
    return [
        Reject(entry, record.line, rule.column, rule.reason)
        for entry in objects
        for line, records in groupby(_records(lake, part, entry), lambda record: record.line)
        for record in _taken(part.source, list(records), known[entry, line])
        for rule in [_first_broken(part.source, record.fields or {}, latest)]
        if rule
    ]


def _taken(source: Source, records: list[Record], rejected: int) -> list[Record]:
    """The records of a line but for those that COPY rejected: what fits its columns was taken first."""
    if not rejected:
        return records
    likely = sorted(records, key=lambda record: not _fits(source, record))
    return likely[: max(len(records) - rejected, 0)]


def _fits(source: Source, record: Record) -> bool:
    """Whether COPY takes a record, as far as its keys and the types of its values tell."""
    fields = first_wins([(key.lower(), value) for key, value in (record.fields or {}).items()])
    return all(
        fits(column.type, value) and not (column.required and value in (None, ""))
        for column in source.columns
        for value in [fields.get(column.name.lower())]
    )


def find_song_rejects(connection: Connection, part: Part, latest: int) -> list[Reject]:
    """The staged song rows that break a rule: they know their object and line."""
    by_key = {entry.key: entry for entry in part.objects}
    return [
        Reject(by_key[row["object_key"]], row["object_line"], rule.column, rule.reason)
        for row in connection.execute(
            text(f"SELECT * FROM {part.table} WHERE {broken_flag(part.source.rules)} = 1"),
            {"latest": latest},
        ).mappings()
        for rule in [_first_broken(part.source, dict(row), latest)]
        if rule
    ]


def _first_broken(source: Source, record: dict[str, Any], latest: int) -> Rule | None:
    fields = first_wins([(key.lower(), value) for key, value in record.items()])
    for rule in source.rules:
        value = fields.get(rule.column)
        if value is not None and rule.breaks(value, latest):
            return rule
    return None


def _records(lake: Lake, part: Part, entry: BatchObject) -> Iterator[Record]:
    cut = csv_records if part.format == "csv" else json_records
    return cut(read_lines(lake, entry))
