"""What is wanted of each figure, and where it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.results import kept

Figures = dict[str, Any]


@dataclass(frozen=True)
class Bar:
    """A figure of a benchmark, and the least or the most that it should be."""

    figure: str
    source: str
    find: Callable[[Figures], float]
    most: float | None = None
    least: float | None = None

    def value(self) -> float | None:
        """The figure as it was measured last, or None."""
        found = kept(self.source)
        return self.find(found["figures"]) if found else None

    def holds(self, value: float) -> bool:
        """Whether a value is within the bar."""
        return value <= self.most if self.most is not None else value >= (self.least or 0.0)

    def told(self) -> str:
        """The bar for a person."""
        return f"at most {self.most:g}" if self.most is not None else f"at least {self.least:g}"


def _last(figures: Figures, name: str) -> float:
    return float(figures["points"][-1][name])


BARS = (
    Bar("flow : least that it can take", "limit", lambda f: f["median"]["flow : least"], 1.25),
    Bar(
        "staging, dlt : ours",
        "peers-dlt",
        lambda f: min(f["dlt : ours, staging"], f["dlt with CSV : ours, staging"]),
        least=10,
    ),
    Bar(
        "whole, dlt and the same SQL : ours",
        "peers-dlt",
        lambda f: min(f["dlt : ours, whole"], f["dlt with CSV : ours, whole"]),
        least=4,
    ),
    Bar("small hour, Airflow : ours", "peers-airflow", lambda f: f["airflow : ours, whole"], least=4),
    Bar("course's script : ours", "peers-course", lambda f: f["course : ours, whole"], least=10),
    Bar(
        "hourly run, seconds above the least",
        "orchestration",
        lambda f: f["by checks"]["its own"]["overhead"],
        0.5,
    ),
    Bar(
        "nothing new, seconds above listing",
        "orchestration",
        lambda f: f["by checks"]["its own"]["nothing new less listing"],
        0.5,
    ),
    Bar(
        "small hour, 60 ms a statement and 400 ms a commit, seconds",
        "round_trips",
        lambda f: f["flow seconds"],
        12,
    ),
    Bar("five waiting loads, speed-up", "concurrency", lambda f: f["median"]["faster"], least=4.8),
    Bar(
        "COPY of NDJSON : PostgreSQL's COPY",
        "copy_rate",
        lambda f: f["NDJSON : PostgreSQL from memory"],
        least=0.8,
    ),
    Bar(
        "COPY of CSV : PostgreSQL's COPY",
        "copy_rate",
        lambda f: f["CSV : PostgreSQL from memory"],
        least=0.8,
    ),
    Bar(
        "COPY of many objects of a line : downloading them",
        "copy_rate",
        lambda f: f["small objects, COPY : download"],
        3,
    ),
    Bar(
        "memory of COPY of an object of a gigabyte, MB",
        "copy_rate",
        lambda f: f["large object, MB at most"],
        300,
    ),
    Bar("hour with 100 times the history : 1", "history", lambda f: f["100 : 1"], 1.15),
    Bar("backfill, seconds a chunk", "growth-backfill", lambda f: _last(f, "seconds a chunk"), 0.5),
    Bar("memory of the largest hour, MB", "growth-events", lambda f: _last(f, "memory"), 300),
)  # fmt: skip
