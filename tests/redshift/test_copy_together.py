"""COPYs of several sessions at once, each into a table of its own, do not come into each other's way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import embedded
from embedded import postgres

SESSIONS = 4
COPIES = 25


def copy_again_and_again(database: str, bucket: str, number: int) -> int:
    """COPY one file into a table of the session's own, each time in a transaction; returns the rows."""
    arguments = postgres.connect_arguments(database)
    with closing(embedded.connect(**arguments)) as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE t{number} (n INTEGER)")
        connection.commit()
        for _ in range(COPIES):
            cursor.execute(
                f"COPY t{number} FROM 's3://{bucket}/one' IAM_ROLE default FORMAT JSON 'auto'"
            )
            connection.commit()
        cursor.execute(f"SELECT COUNT(*) FROM t{number}")
        return int(cursor.fetchone()[0])


def test_copies_into_different_tables_do_not_conflict(redshift_database: str, lake: Any) -> None:
    lake.put("one", '{"n": 1}\n')
    with ThreadPoolExecutor(SESSIONS) as pool:
        work = [
            pool.submit(copy_again_and_again, redshift_database, lake.bucket, number)
            for number in range(SESSIONS)
        ]
    assert [one.result() for one in work] == [COPIES] * SESSIONS
