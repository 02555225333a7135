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
import os
import random
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO

COLUMNS = """
    artist VARCHAR(256), auth VARCHAR(20), firstName VARCHAR(60), gender VARCHAR(1),
    itemInSession INTEGER, lastName VARCHAR(60), length DOUBLE PRECISION, level VARCHAR(10),
    location VARCHAR(200), method VARCHAR(10), page VARCHAR(30), registration DOUBLE PRECISION,
    sessionId BIGINT, song VARCHAR(256), status SMALLINT, ts BIGINT, userAgent VARCHAR(500),
    userId VARCHAR(20)
"""
AGENT = (
    '"Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko)'
    ' Chrome/35.0.1916.153 Safari/537.36"'
)


def event(number: int, randomly: random.Random) -> dict[str, Any]:
    """One event of the eighteen columns of the Sparkify log."""
    return {
        "artist": f"Artist Nümber {number % 5000}", "auth": "Logged In", "firstName": "Kaylee",
        "gender": "F", "itemInSession": number % 90, "lastName": "Summers",
        "length": round(randomly.uniform(20, 600), 5), "level": "free",
        "location": "Phoenix-Mesa-Scottsdale, AZ", "method": "PUT", "page": "NextSong",
        "registration": 1540344794796.0, "sessionId": number % 1000,
        "song": f"Song {number % 7000} of many", "status": 200, "ts": 1541106106796 + number * 1000,
        "userAgent": AGENT, "userId": str(number % 97),
    }  # fmt: skip


def write_events(path: Path, rows: int) -> None:
    """Write NDJSON, a line per event."""
    randomly = random.Random(7)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            file.write(json.dumps(event(number, randomly), ensure_ascii=False) + "\n")


def seconds(work: Callable[[], object]) -> float:
    """How long something takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


class Bench:
    """A connection to the throwaway warehouse and its bucket."""

    def __init__(self, bucket: Path) -> None:
        import embedded
        from embedded import postgres

        self.bucket = bucket
        self.connection = embedded.connect(**postgres.connect_arguments())
        self.connection.autocommit = True

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        """Run Redshift SQL."""
        with self.connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def fresh(self, columns: str) -> None:
        """An empty table `loaded`."""
        self.run("DROP TABLE IF EXISTS loaded")
        self.run(f"CREATE TABLE loaded ({columns})")

    def copy(self, prefix: str, options: str) -> float:
        """Seconds of one COPY."""
        role = f"COPY loaded FROM 's3://{self.bucket.name}/{prefix}' IAM_ROLE default"
        return seconds(lambda: self.run(f"{role} {options}"))

    def plain_copy(self, rows: BinaryIO) -> float:
        """Seconds of PostgreSQL's own COPY of the same rows."""
        from psycopg2 import extensions

        self.fresh(COLUMNS)
        with rows, self.connection.cursor(cursor_factory=extensions.cursor) as cursor:
            sql = "COPY loaded FROM STDIN (FORMAT csv)"
            return seconds(lambda: cursor.copy_expert(sql, rows))


class Cpu:
    """The CPU seconds that the processes of a COPY take."""

    def __init__(self, bench: Bench) -> None:
        import psutil

        served = f"127.0.0.1:{port_of_s3()}"
        self._of = {"here": psutil.Process(), "S3": process_with(served)}
        pid = bench.run("SELECT pg_backend_pid()")[0][0]
        self._of["PostgreSQL"] = psutil.Process(pid)
        self._before = self._now()

    def _now(self) -> dict[str, float]:
        return {name: sum(of.cpu_times()[:2]) for name, of in self._of.items()}

    def __str__(self) -> str:
        now = self._now()
        spent = {name: now[name] - before for name, before in self._before.items()}
        self._before = now
        return "CPU " + ", ".join(f"{name} {value:.2f} s" for name, value in spent.items())


def port_of_s3() -> str:
    """The port of this home's S3."""
    from embedded import s3

    return s3.access().endpoint.rpartition(":")[2]


def process_with(argument: str) -> Any:
    """The process that was started with an argument."""
    import psutil

    return next(
        p for p in psutil.process_iter(["cmdline"]) if argument in (p.info["cmdline"] or ())
    )


def rate(bench: Bench, rows: int, repeats: int = 5) -> None:
    """The rates against PostgreSQL's, the median of some rounds in turn."""
    import polars as pl

    path = bench.bucket / "rate" / "events.json"
    write_events(path, rows)
    events = bench.bucket / "csv" / "events.csv"
    events.parent.mkdir()
    pl.read_ndjson(path).write_csv(events, include_header=False)
    text = events.read_bytes()
    cpu = Cpu(bench)
    for prefix, options in (("rate/", "JSON 'auto ignorecase'"), ("csv/", "CSV")):
        ratios = []
        for _ in range(repeats):
            plain = bench.plain_copy(io.BytesIO(text)), bench.plain_copy(events.open("rb"))
            bench.fresh(COLUMNS)
            str(cpu)
            ours = bench.copy(prefix, options)
            ratios.append([one / ours for one in plain])
            shown = " and ".join(f"{one:.2f} s" for one in plain)
            print(f"  {options}: COPY {ours:.2f} s ({cpu}); PostgreSQL {shown}")
        memory, file = (sorted(column)[repeats // 2] for column in zip(*ratios, strict=True))
        print(
            f"{options}: {memory:.2f} of PostgreSQL's rate from memory, {file:.2f} from a file,"
            f" {rows} rows, {os.cpu_count()} processors"
        )


def small_objects(bench: Bench, objects: int) -> None:
    """Many objects of one line each against downloading them."""
    from embedded import s3

    for number in range(objects):
        path = bench.bucket / "small" / f"{number % 100:02}" / f"{number:06}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(event(number, random.Random(number))))
    store = s3.store(bench.bucket.name)

    def download() -> None:
        keys = [item["path"] for page in store.list("small") for item in page]
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(lambda key: len(store.get(key).bytes()), keys))

    fetched = seconds(download)
    bench.fresh(COLUMNS)
    copied = bench.copy("small/", "JSON 'auto ignorecase'")
    ratio = copied / fetched
    print(f"{objects} objects: download {fetched:.1f} s, COPY {copied:.1f} s, ratio {ratio:.2f}")


def memory(bench: Bench, gigabytes: float) -> None:
    """The peak memory of a process that loads one large object."""
    import resource

    path = bench.bucket / "large" / "events.json"
    write_events(path, 20_000)
    once = path.read_bytes()
    with path.open("wb") as file:
        while file.tell() < gigabytes * 2**30:
            file.write(once)
    reader, writer = os.pipe()
    bench.fresh(COLUMNS)
    if (child := os.fork()) == 0:
        spent = Bench(bench.bucket).copy("large/", "JSON 'auto ignorecase'")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        os.write(writer, f"{peak:.0f} MB at most, {spent:.0f} s".encode())
        os._exit(0)
    os.waitpid(child, 0)
    print(f"an object of {gigabytes} GB: {os.read(reader, 100).decode()}")


def main() -> None:
    """Start a stack in a folder of its own, measure, stop it."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--objects", type=int, default=15_000)
    options.add_argument("--gigabytes", type=float, default=1.0)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="copy-rate-") as home:
        os.environ["SPARKIFY_HOME"] = home
        os.environ.pop("SPARKIFY_LAKE", None)
        from embedded import stack

        bucket = Path(home) / "lake" / "sparkify"
        bucket.mkdir(parents=True)
        stack.start()
        try:
            if given.gigabytes:
                memory(Bench(bucket), given.gigabytes)
            if given.rows:
                rate(Bench(bucket), given.rows)
            if given.objects:
                small_objects(Bench(bucket), given.objects)
        finally:
            stack.stop()


if __name__ == "__main__":
    main()
