"""How fast the embedded COPY is: python -m benchmarks.copy_rate [--rows N] [--objects N] [--gigabytes G]

Three figures, each of one run on one machine: the rate of COPY from NDJSON and CSV against the rate at
which PostgreSQL takes the same rows by COPY FROM STDIN (FORMAT csv), from a client's memory and from
its file, with the CPU that each process took; the time of COPY from many objects of one line against
the time of downloading them; the peak memory while a large object is loaded. Works in a throwaway
home of its own.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import random
import resource
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.copy_scene import COLUMNS, Bench, Cpu, event, seconds, write_events
from benchmarks.results import keep, median
from benchmarks.scene import throwaway_stack

ROUNDS = 5
FORMATS = {"NDJSON": ("rate/", "JSON 'auto ignorecase'"), "CSV": ("csv/", "CSV")}
Figures = dict[str, Any]


def main() -> None:
    """Measure, and keep what was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.copy_rate")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--objects", type=int, default=15_000)
    parser.add_argument("--gigabytes", type=float, default=1.0)
    options = parser.parse_args()
    with throwaway_stack() as bucket:
        found = memory(Bench(bucket), options.gigabytes)
        found |= rates(Bench(bucket), options.rows)
        found |= small_objects(Bench(bucket), options.objects)
    keep("copy_rate", vars(options), found)


def rates(bench: Bench, rows: int) -> Figures:
    """The rate of each format against PostgreSQL's, the median of some rounds in turn."""
    import polars as pl

    path = bench.bucket / "rate" / "events.json"
    write_events(path, rows)
    events = bench.bucket / "csv" / "events.csv"
    events.parent.mkdir()
    pl.read_ndjson(path).write_csv(events, include_header=False)
    for prefix, _ in FORMATS.values():
        bench.served(prefix)
    text, cpu = events.read_bytes(), Cpu(bench)
    rounds = {
        name: [_round(bench, cpu, how, text, events) for _ in range(ROUNDS)]
        for name, how in FORMATS.items()
    }
    return {"rounds": rounds} | {
        f"{name} : PostgreSQL from {source}": round(
            median([one[f"PostgreSQL from {source}"] / one["COPY"] for one in made]), 3
        )
        for name, made in rounds.items()
        for source in ("memory", "file")
    }


def _round(bench: Bench, cpu: Cpu, how: tuple[str, str], text: bytes, events: Path) -> Figures:
    """Seconds of PostgreSQL's COPY twice and of ours, and the CPU seconds of ours by process."""
    plain = {
        "PostgreSQL from memory": bench.plain_copy(io.BytesIO(text)),
        "PostgreSQL from file": bench.plain_copy(events.open("rb")),
    }
    bench.fresh(COLUMNS)
    cpu.spent()
    return {**plain, "COPY": bench.copy(*how), "CPU": cpu.spent()}


def small_objects(bench: Bench, objects: int) -> Figures:
    """Many objects of one line each against downloading them."""
    from embedded import s3

    for number in range(objects):
        path = bench.bucket / "small" / f"{number % 100:02}" / f"{number:06}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(event(number, random.Random(number))))
    bench.served("small/", objects)
    store = s3.store(bench.bucket.name)

    def download() -> None:
        keys = [item["path"] for page in store.list("small") for item in page]
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(lambda key: len(store.get(key).bytes()), keys))

    fetched = seconds(download)
    bench.fresh(COLUMNS)
    copied = bench.copy("small/", "JSON 'auto ignorecase'")
    return {
        "small objects, download": round(fetched, 2),
        "small objects, COPY": round(copied, 2),
        "small objects, COPY : download": round(copied / fetched, 3),
    }


def memory(bench: Bench, gigabytes: float) -> Figures:
    """The peak memory in MB of a process that loads one large object."""
    path = bench.bucket / "large" / "events.json"
    write_events(path, 20_000)
    once = path.read_bytes()
    with path.open("wb") as file:
        while file.tell() < gigabytes * 2**30:
            file.write(once)
    bench.served("large/")
    bench.fresh(COLUMNS)
    # A fork would take over the threads of the S3 client of this process, without their life.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        spent, peak = pool.submit(_copy_large, bench.bucket).result()
    path.unlink()
    return {"large object, seconds": round(spent, 1), "large object, MB at most": round(peak)}


def _copy_large(bucket: Path) -> tuple[float, float]:
    """Seconds of the COPY of the large object, and the peak memory in MB of this process."""
    spent = Bench(bucket).copy("large/", "JSON 'auto ignorecase'")
    return spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
