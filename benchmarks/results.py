"""Keep what was measured: `benchmarks/results/<name>.json`, with the machine and the versions."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "results"
PACKAGES = ("prefect", "sqlalchemy", "psycopg2-binary", "obstore", "polars")


def keep(name: str, options: dict[str, Any], figures: Any) -> None:
    """Write a benchmark's figures, and print them."""
    document = {
        "measured": f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
        "machine": machine(),
        "options": options,
        "figures": figures,
    }
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps(document, indent=1, default=str, ensure_ascii=False)
    (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1, default=str, ensure_ascii=False))


def kept(name: str) -> dict[str, Any] | None:
    """What a benchmark found when it was last run, or None."""
    path = FOLDER / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def machine() -> dict[str, Any]:
    """Where it was measured, and with what."""
    return {
        "processors": os.cpu_count(),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": platform.system(),
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }


def median(values: Sequence[float]) -> float:
    """The middle of some values; the lower one of two."""
    return sorted(values)[(len(values) - 1) // 2]


def slope(sizes: Sequence[float], values: Sequence[float]) -> float:
    """What one more costs: the slope of the straight line that fits best."""
    middle, mean = sum(sizes) / len(sizes), sum(values) / len(values)
    spread = sum((size - middle) ** 2 for size in sizes)
    pairs = zip(sizes, values, strict=True)
    return sum((size - middle) * (value - mean) for size, value in pairs) / spread
