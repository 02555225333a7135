"""Load a pinned run from staging to publish without Prefect: for a chunk of a backfill, and for tests."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from sqlalchemy.exc import DBAPIError

from sql import DIMENSIONS, TABLES
from tasks.closing import drop_schema
from tasks.load_dimension import load_dimension
from tasks.load_fact import load_fact
from tasks.outcome import Outcome, by_source
from tasks.publish import publish
from tasks.quality import checks, quality, subjects
from tasks.run import Numbers, Run
from tasks.stage import stage
from tasks.verdicts import Verdict, require_pass
from tasks.windows import DAY, floor_day

WORKERS = 4


def load(run: Run, workers: int = WORKERS) -> Outcome:
    """Stage, build, check and publish a run, `workers` steps at once; raises what the steps raise."""
    with ThreadPoolExecutor(workers) as pool:
        staged = list(pool.map(lambda part: stage.fn(run, part.table), run.parts))
        fact = load_fact.fn(run)
        dimensions = list(pool.map(lambda table: load_dimension.fn(run, table), DIMENSIONS))
        values = check_values(fact)
        judged = pool.map(lambda about: quality.fn(run, about, values), subjects(checks("run")))
        verdicts = [verdict for made in judged for verdict in made]
    return conclude(run, staged, fact, dimensions, verdicts, publish.fn)


def check_values(fact: Numbers) -> dict[str, Any]:
    """The days of the run's plays, which bound what its checks read."""
    if not fact["first"]:
        return {"lo": datetime.min, "hi": datetime.min}
    first, last = (datetime.fromisoformat(fact[name]) for name in ("first", "last"))
    return {"lo": floor_day(first), "hi": floor_day(last) + DAY}


def conclude(
    run: Run,
    staged: Sequence[Numbers],
    fact: Numbers,
    dimensions: Sequence[Numbers],
    verdicts: Sequence[Verdict],
    publishing: Any,
) -> Outcome:
    """Publish a run that passes its checks, and drop its schema; say what it did."""
    run.verdicts = list(verdicts)
    require_pass(verdicts)
    published = publishing(run, verdicts)
    _clear_away(run)
    return Outcome(
        flow=run.plan.flow,
        run_id=run.id,
        window=str(run.plan.window),
        status="published",
        sources=by_source(run, staged),
        tables={table.name: published[table.name] for table in TABLES if table.name in published},
        checks=[*verdicts, *(Verdict(**merged) for merged in published.get("checks", []))],
        seconds=_seconds(run, staged, fact, dimensions, verdicts, published),
        notes=list(run.plan.notes),
    )


def _clear_away(run: Run) -> None:
    """Drop the schema; what is published stays published when that fails, and maintenance sweeps."""
    try:
        drop_schema(run)
    except DBAPIError as error:
        reason = " ".join(str(error.orig).split())
        run.notes.append(
            f"{run.schema} could not be dropped, python -m flows.maintain will: {reason}"
        )


def _seconds(
    run: Run,
    staged: Sequence[Numbers],
    fact: Numbers,
    dimensions: Sequence[Numbers],
    verdicts: Sequence[Verdict],
    published: Numbers,
) -> dict[str, float]:
    steps = {f"stage {p.table}": n["seconds"] for p, n in zip(run.parts, staged, strict=True)}
    steps["load songplays"] = fact["seconds"]
    built = zip(DIMENSIONS, dimensions, strict=True)
    steps |= {f"load {table.name}": numbers["seconds"] for table, numbers in built}
    steps["checks"] = round(sum(verdict.seconds for verdict in verdicts), 3)
    steps["publish"] = published.get("seconds", 0.0)
    return steps
