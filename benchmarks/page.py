"""Write the measured part of docs/performance.md, and its chart, from what is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.bars import BARS, Bar
from benchmarks.chart import draw
from benchmarks.results import kept

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
CHART = PAGE.with_suffix(".svg")
MARKS = re.compile(r"(?<=<!-- measured -->\n).*(?=<!-- end -->)", re.DOTALL)
SWEEPS = ("events", "objects", "songs", "backfill")
NAMES = {
    "hours": "hours of backfill",
    "flow": "flow s",
    "memory": "MB above import",
    "listing": "listing s",
    "less listing": "less listing s",
    "seconds a chunk": "s a chunk",
}


def main() -> None:
    """Write both."""
    text = PAGE.read_text(encoding="utf-8")
    if not MARKS.search(text):
        raise SystemExit(f"{PAGE} has no place for what was measured")
    CHART.write_text(draw(PEERS), encoding="utf-8")
    PAGE.write_text(MARKS.sub(lambda _: "\n".join(lines()) + "\n", text), encoding="utf-8")
    print(f"{PAGE} and {CHART.name} say what {len(measured())} benchmarks found")


def lines() -> Iterator[str]:
    """The tables."""
    yield ""
    yield from _machine()
    yield from _table(("figure", "bar", "measured"), map(_bar_row, BARS))
    yield from _table(("work", "who", "seconds", "times ours"), _peer_rows())
    for name in SWEEPS:
        if found := kept(f"growth-{name}"):
            yield from _sweep(found["figures"])


def measured() -> list[str]:
    """The benchmarks whose figures are kept."""
    sources = {bar.source for bar in BARS} | {f"growth-{name}" for name in SWEEPS}
    return sorted(name for name in sources if kept(name))


def _machine() -> Iterator[str]:
    documents = [found for name in measured() if (found := kept(name))]
    if documents:
        latest = max(documents, key=lambda document: str(document["measured"]))
        facts = ", ".join(f"{name} {value}" for name, value in latest["machine"].items())
        yield f"Measured until {latest['measured']} UTC: {facts}."
        yield ""


def _bar_row(bar: Bar) -> tuple[str, ...]:
    value = bar.value()
    if value is None:
        return (bar.figure, bar.told(), "not measured")
    return (bar.figure, bar.told(), f"{value:.3g}" if bar.holds(value) else f"**{value:.3g}**")


PEERS = (
    ("peers-dlt", "events", ("ours", "dlt", "dlt with CSV")),
    ("peers-airflow", "small", ("ours", "airflow")),
    ("peers-course", "course", ("ours", "course")),
)


def _peer_rows() -> Iterator[tuple[str, ...]]:
    for source, size, names in PEERS:
        if document := kept(source):
            rounds = document["figures"]["rounds"]
            work = f"{document['options'][size]:,} events"
            versions = ", ".join(" ".join(p) for p in document["options"]["versions"].items())
            seconds = {name: _middle([one[name]["whole"] for one in rounds]) for name in names}
            for name in names:
                who = name if name == "ours" else f"{name} ({versions})"
                times = seconds[name] / seconds["ours"]
                yield (work, who, f"{seconds[name]:.1f}", f"{times:.1f}")


def _middle(values: list[float]) -> float:
    return sorted(values)[(len(values) - 1) // 2]


def _sweep(figures: dict[str, Any]) -> Iterator[str]:
    points = figures["points"]
    names = [name for name in points[0] if name != "steps"]
    rows = (tuple(_number(point[name]) for name in names) for point in points)
    yield from _table([NAMES.get(name, name) for name in names], rows)
    if "seconds for one more" in figures:
        seconds, memory = figures["seconds for one more"], figures["MB for one more"]
        grows = NAMES.get(names[0], names[0])
        yield f"1,000 more {grows}: {seconds * 1000:.3g} s, {memory * 1000:.3g} MB."
        yield ""


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.3g}"


def _table(heads: Any, rows: Any) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


if __name__ == "__main__":
    main()
