"""What maintenance did and found, as its flow returns it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from blocks.errors import BrokenWarehouse
from tasks.maintain_sweep import Swept
from tasks.maintain_tidy import TableInfo, Tidied
from tasks.maintain_trim import Trimmed
from tasks.verdicts import Verdict


@dataclass
class Maintained:
    """Schemas swept or kept, history trimmed, statements run, checks made, and the tables after it."""

    run_id: str
    swept: list[Swept] = field(default_factory=list)
    trimmed: Trimmed | None = None
    tidied: list[Tidied] = field(default_factory=list)
    checks: list[Verdict] = field(default_factory=list)
    tables: list[TableInfo] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return asdict(self)


def require_sound(report: Maintained) -> None:
    """Raise `BrokenWarehouse`, which names every rule that what is published breaks."""
    broken = [verdict for verdict in report.checks if verdict.blocks]
    if broken:
        raise BrokenWarehouse(_words(broken, report.run_id), tuple(report.checks), report)


def _words(broken: Sequence[Verdict], run_id: str) -> str:
    rules = ", ".join(f"{v.name} ({v.verdict}, {v.rows_broken} rows)" for v in broken)
    count = f"{len(broken)} check{'s' if len(broken) > 1 else ''}"
    return f"the warehouse does not pass {count}: {rules}; see etl.check_results of {run_id}"
