"""What a run did, in numbers: the return value of the flows and what they print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from tasks.run import Numbers, Run
from tasks.verdicts import Verdict


@dataclass
class Outcome:
    """`status` is published, nothing new or superseded; the rest counts what was done.

    `sources`: objects, lines, loaded, rejected by source. `tables`: inserted, updated, deleted by table.
    `seconds` by step. `quarantined`: what still waits for somebody, from this run or earlier ones.
    """

    flow: str
    run_id: str
    window: str
    status: str
    sources: dict[str, dict[str, int]] = field(default_factory=dict)
    tables: dict[str, dict[str, int]] = field(default_factory=dict)
    checks: list[Verdict] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    quarantined: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The outcome as plain values."""
        return asdict(self)


def by_source(run: Run, staged: Sequence[Numbers]) -> dict[str, dict[str, int]]:
    """Objects, lines, loaded and rejected of each source, over its parts."""
    total: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTS, 0))
    for part, numbers in zip(run.parts, staged, strict=True):
        for name in COUNTS:
            total[part.source.name][name] += numbers[name]
    return dict(total)


def total(outcomes: Sequence[Outcome], flow: str, window: str) -> Outcome:
    """Several outcomes as one: numbers and seconds added up, checks by their worst verdict, notes once."""
    statuses = {outcome.status for outcome in outcomes}
    made = Outcome(flow, "", window, "published" if "published" in statuses else "nothing new")
    for outcome in outcomes:
        _add(made.sources, outcome.sources)
        _add(made.tables, outcome.tables)
        for step, seconds in outcome.seconds.items():
            made.seconds[step] = round(made.seconds.get(step, 0.0) + seconds, 3)
    told = {_words(note): note for outcome in reversed(outcomes) for note in outcome.notes}
    made.notes = sorted(told.values())
    made.checks = _worst([check for outcome in outcomes for check in outcome.checks])
    return made


def _words(note: str) -> str:
    """A note without its example: what many chunks meet is told once."""
    return note.partition(", e.g. in ")[0]


def _add(into: dict[str, dict[str, int]], numbers: dict[str, dict[str, int]]) -> None:
    for name, counts in numbers.items():
        row = into.setdefault(name, dict.fromkeys(counts, 0))
        for count, number in counts.items():
            row[count] += number


def _worst(checks: Sequence[Verdict]) -> list[Verdict]:
    order = ("pass", "warn", "error", "fail")
    by_name: dict[str, Verdict] = {}
    for check in sorted(checks, key=lambda c: order.index(c.verdict)):
        by_name[check.name] = check
    return [by_name[name] for name in sorted(by_name)]


COUNTS = ("objects", "lines", "loaded", "rejected")
