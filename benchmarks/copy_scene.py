"""What benchmarks.copy_rate measures with: events, a warehouse with its bucket, the CPU that a COPY takes."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from benchmarks.scene import process_with

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

    def served(self, prefix: str, objects: int = 1) -> None:
        """Wait until the S3 lists the objects that were just written."""
        from embedded import processes, s3

        store = s3.store(self.bucket.name)
        if not processes.wait(lambda: sum(map(len, store.list(prefix))) == objects, 60.0):
            raise RuntimeError(f"the S3 does not list {objects} objects of {prefix}")

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

    def spent(self) -> dict[str, float]:
        """CPU seconds of each process since this was last asked."""
        now = self._now()
        spent = {name: round(now[name] - before, 2) for name, before in self._before.items()}
        self._before = now
        return spent


def port_of_s3() -> str:
    """The port of this home's S3."""
    from embedded import s3

    return s3.access().endpoint.rpartition(":")[2]
