"""Who waits for whom: what one session after the other cannot show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

Connect = Callable[[], Any]


@pytest.fixture
def connect(redshift_database: str) -> Iterator[Connect]:
    """Opens sessions in one warehouse with a table t of two rows."""
    import embedded
    from embedded import postgres

    made: list[Any] = []

    def open_one() -> Any:
        made.append(embedded.connect(**postgres.connect_arguments(redshift_database)))
        return made[-1]

    first = open_one()
    run(first, "CREATE TABLE t (n INTEGER)")
    run(first, "INSERT INTO t VALUES (1), (2)")
    first.commit()
    yield open_one
    for connection in made:
        connection.close()


def run(connection: Any, sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as made:
        yield made


def waits(database: str, future: Future[Any]) -> bool:
    """Whether a session of this warehouse comes to wait for a lock."""
    from embedded import postgres, processes

    watcher = postgres.connect(database)
    try:
        with watcher.cursor() as cursor:

            def waiting() -> bool:
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
                )
                return bool(cursor.fetchone()[0])

            return processes.wait(lambda: waiting() or future.done(), 10) and not future.done()
    finally:
        watcher.close()


@pytest.mark.parametrize(
    "write",
    ["INSERT INTO t VALUES (4)", "UPDATE t SET n = 5 WHERE n = 1", "DELETE FROM t WHERE n = 1"],
)
def test_writers_to_one_table_queue(
    connect: Connect, pool: ThreadPoolExecutor, redshift_database: str, write: str
) -> None:
    """[difference writers]"""
    first, second = connect(), connect()
    run(first, "INSERT INTO t VALUES (3)")
    future = pool.submit(run, second, write)
    assert waits(redshift_database, future)
    first.commit()
    future.result(timeout=10)
    second.commit()


def test_readers_do_not_wait_for_writers(connect: Connect) -> None:
    first, second = connect(), connect()
    run(first, "DELETE FROM t")
    assert run(second, "SELECT COUNT(*) FROM t") == [(2,)]


def test_lock_makes_readers_wait(
    connect: Connect, pool: ThreadPoolExecutor, redshift_database: str
) -> None:
    first, second = connect(), connect()
    run(first, "LOCK t")
    future = pool.submit(run, second, "SELECT COUNT(*) FROM t")
    assert waits(redshift_database, future)
    first.commit()
    assert future.result(timeout=10) == [(2,)]
