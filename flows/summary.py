"""Print what a run did: one table for sources, tables, checks and steps."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from sql import read
from tasks.outcome import Outcome
from tasks.preview import Preview
from tasks.verdicts import Verdict

WIDTH = 100
SHOWN = 10


def print_outcome(outcome: Outcome) -> None:
    """The tables of an outcome, then what is quarantined, then one line that says how it ended."""
    console = Console(width=WIDTH, highlight=False)
    if outcome.sources or outcome.tables:
        console.print(_counts("source", outcome.sources))
        console.print(_counts("table", outcome.tables))
        console.print(_checks(outcome))
        console.print(_seconds(outcome))
    for line in closing_lines(outcome):
        console.print(line, soft_wrap=True, markup=False)


def print_previews(previews: Sequence[Preview]) -> None:
    """A dry run, chunk by chunk, and the songs."""
    table = Table("chunk", "objects", "bytes", "published", "would load", box=SIMPLE_HEAD)
    for column in table.columns[1:]:
        column.justify = "right"
    for row in previews:
        counts = (row.objects, row.bytes, row.published, row.to_load)
        table.add_row(row.window, *(f"{count:,}" for count in counts))
    Console(width=WIDTH, highlight=False).print(table)
    loads = sum(row.to_load for row in previews)
    print(f"dry run: {len(previews) - 1} chunks, {loads} objects would be loaded; nothing was done")


def closing_lines(outcome: Outcome) -> list[str]:
    """What is quarantined, how it ended, and then what is left to do."""
    lines = [
        f"quarantined: {entry['key']}: {entry['reason']}" for entry in outcome.quarantined[:SHOWN]
    ]
    if len(outcome.quarantined) > SHOWN:
        lines.append(f"quarantined: {len(outcome.quarantined) - SHOWN} more, see etl.objects")
    lines += advice(outcome.checks)
    lines.append(f"{outcome.flow} {outcome.window}: {outcome.status}")
    return lines + list(outcome.notes)


def advice(checks: Sequence[Verdict]) -> list[str]:
    """A line for each check that does not pass: what it claims, and what to do."""
    return [
        f"{check.name} ({check.verdict}, {check.rows_broken:,} rows): {claim.title} "
        f"If not: {claim.fields['If it fails']}"
        for check in checks
        if check.verdict != "pass"
        for claim in [read(f"checks/{check.name}")]
    ]


def _counts(title: str, rows: dict[str, dict[str, int]]) -> Table:
    names = list(next(iter(rows.values()), {}))
    table = Table(title, *names, box=SIMPLE_HEAD)
    for column in table.columns[1:]:
        column.justify = "right"
    for name, numbers in rows.items():
        table.add_row(name, *(f"{number:,}" for number in numbers.values()))
    return table


def _checks(outcome: Outcome) -> Table:
    table = Table("check", "verdict", "rows", box=SIMPLE_HEAD)
    table.columns[2].justify = "right"
    for check in outcome.checks:
        table.add_row(check.name, check.verdict, f"{check.rows_broken:,}")
    return table


def _seconds(outcome: Outcome) -> Table:
    table = Table("step", "seconds", box=SIMPLE_HEAD)
    table.columns[1].justify = "right"
    for step, seconds in outcome.seconds.items():
        table.add_row(step, f"{seconds:.2f}")
    return table
