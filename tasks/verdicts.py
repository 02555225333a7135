"""What a check found, how it is kept, and what a broken one means for the run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from blocks.errors import ChecksFailed
from blocks.redshift import Redshift
from sql import execute
from tasks.rows import insert_rows
from tasks.run import Run
from tasks.windows import utc

SAMPLE_BYTES = 16000


@dataclass(frozen=True)
class Verdict:
    """One check on one run: `pass`, `warn`, `fail` or `error`, and some of the rows that broke it."""

    name: str
    scope: str
    severity: str
    verdict: str
    rows_broken: int
    sample: tuple[dict[str, Any], ...]
    seconds: float

    @property
    def blocks(self) -> bool:
        """Whether nothing may be published: the rule is broken, or could not be checked."""
        return self.verdict in ("fail", "error")


def plain(verdict: Verdict) -> dict[str, Any]:
    """A verdict as values that JSON takes; `Verdict(**plain(v))` has them as text."""
    return asdict(verdict) | {"sample": json.loads(sample_text(verdict.sample) or "[]")}


def require_pass(verdicts: Sequence[Verdict]) -> None:
    """Raise one `ChecksFailed` that names every broken rule."""
    broken = [verdict for verdict in verdicts if verdict.blocks]
    if broken:
        rules = ", ".join(f"{v.name} ({v.verdict}, {v.rows_broken} rows)" for v in broken)
        count = f"{len(broken)} check{'s do' if len(broken) > 1 else ' does'} not pass"
        raise ChecksFailed(f"nothing was published: {count}: {rules}", tuple(verdicts))


def keep_verdicts(
    connection: Connection, run: Run, verdicts: Sequence[Verdict], now: datetime
) -> None:
    """Add the verdicts on a run to `etl.check_results`."""
    keep_results(connection, run.warehouse, run.id, verdicts, now)


def keep_results_once(
    connection: Connection,
    warehouse: Redshift,
    run_id: str,
    verdicts: Sequence[Verdict],
    now: datetime,
) -> None:
    """Add verdicts, unless those of this moment are there: the reply to their COMMIT was lost."""
    values = {"run_id": run_id, "checked_at": _moment(now)}
    if verdicts and not execute(connection, "ledger/verdicts_of", values).scalar_one():
        keep_results(connection, warehouse, run_id, verdicts, now)


def _moment(now: datetime) -> datetime:
    return utc(now).replace(microsecond=0)


def keep_results(
    connection: Connection,
    warehouse: Redshift,
    run_id: str,
    verdicts: Sequence[Verdict],
    now: datetime,
) -> None:
    """Add verdicts to `etl.check_results` under the id of whatever made them."""
    rows = [
        {
            "run_id": run_id,
            "check_name": verdict.name,
            "scope": verdict.scope,
            "severity": verdict.severity,
            "verdict": verdict.verdict,
            "rows_broken": verdict.rows_broken,
            "sample": sample_text(verdict.sample),
            "seconds": verdict.seconds,
            "checked_at": _moment(now),
        }
        for verdict in verdicts
    ]
    insert_rows(connection, warehouse, "etl.check_results", rows, f"runs/{run_id}/verdicts")


def sample_text(sample: Sequence[dict[str, Any]]) -> str | None:
    """The sample rows as JSON, cut to what the column takes; None when there are none."""
    rows: list[str] = []
    for row in sample:
        line = json.dumps(row, default=str, ensure_ascii=False)
        if sum(len(kept.encode()) for kept in rows) + len(line.encode()) > SAMPLE_BYTES:
            break
        rows.append(line)
    return f"[{', '.join(rows)}]" if rows else None
