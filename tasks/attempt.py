"""One attempt at a pinned run: what becomes of the run when the attempt ends, however it ends."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.exc import DBAPIError

from blocks.errors import ChecksFailed, Superseded
from tasks.closing import abandon_run, fail_run, quarantined
from tasks.outcome import Outcome
from tasks.pin import find_run
from tasks.run import Run


def attempt(run: Run, work: Callable[[Run], Outcome]) -> Outcome | None:
    """Do the work of a run; None when others have published its objects, so that it is planned again.

    A failure is written down and raised, except where another attempt has ended the same run and so
    took its schema away.
    """
    try:
        outcome = work(run)
        outcome.quarantined = quarantined(run.engine)
        outcome.notes += run.notes
        return outcome
    except Superseded as error:
        abandon_run(run, str(error))
        return None
    except Exception as error:
        if _is_over(run):
            return None
        _write_down(run, error)
        for note in run.notes:
            error.add_note(note)
        raise
    finally:
        run.close()


def _is_over(run: Run) -> bool:
    try:
        found = find_run(run.engine, run.id)
    except DBAPIError:
        return False
    return bool(found and found["status"] in ("published", "superseded"))


def _write_down(run: Run, error: Exception) -> None:
    verdicts = error.verdicts if isinstance(error, ChecksFailed) else run.verdicts
    try:
        fail_run(run, f"{type(error).__name__}: {error}", verdicts)
    except DBAPIError as lost:
        error.add_note(f"the failure could not be written to etl.runs: {lost.orig}")
