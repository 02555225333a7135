"""What a run that failed had done until then, as an outcome: it is shown like any other."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from blocks.errors import ChecksFailed
from tasks.closing import quarantined
from tasks.outcome import COUNTS, Outcome
from tasks.run import Run

STAGED = """SELECT source, COUNT(*) AS objects, SUM(lines) AS lines, SUM(loaded) AS loaded,
    SUM(rejected) AS rejected
FROM loads
WHERE status = 'published'
GROUP BY source
ORDER BY source"""
AGAIN = (
    "nothing of this run was published; when the cause is mended, run it again: "
    "what is staged is kept for a day"
)


def failed(flow: str, run: Run | None, error: Exception) -> Outcome:
    """The outcome of a flow that failed with `error`, after it had pinned `run` if it came so far."""
    said = f"{type(error).__name__}: {' '.join(str(error).split())}"
    if run is None:
        return Outcome(flow, "", "", "failed", notes=[said])
    outcome = Outcome(flow, run.id, str(run.plan.window), "failed", notes=[said, *run.notes, AGAIN])
    outcome.checks = list(error.verdicts if isinstance(error, ChecksFailed) else run.verdicts)
    try:
        _staged(run, outcome)
    except DBAPIError as lost:
        outcome.notes.append(f"the warehouse could not be asked what was staged: {lost.orig}")
    finally:
        run.close()
    return outcome


def _staged(run: Run, outcome: Outcome) -> None:
    with run.engine.begin() as connection:
        for row in connection.execute(text(STAGED)).mappings():
            outcome.sources[row["source"]] = {name: int(row[name] or 0) for name in COUNTS}
    outcome.quarantined = quarantined(run.engine)
