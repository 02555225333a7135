"""What psycopg2 and SQLAlchemy see of the door, and what takes two sessions or a database of one's own."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg2
import pytest
import sqlalchemy as sa
from psycopg2 import extras

import embedded
from embedded import postgres


@pytest.fixture
def cursor(redshift: Any) -> Iterator[Any]:
    with redshift.cursor() as made:
        made.execute("CREATE TABLE t (a INTEGER, b VARCHAR(20))")
        redshift.commit()
        yield made


@pytest.fixture
def other(redshift_database: str) -> Iterator[Any]:
    connection = embedded.connect(**postgres.connect_arguments(redshift_database))
    yield connection
    connection.close()


def rows(connection: Any, sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def setting(database: str, name: str, value: str) -> None:
    connection = postgres.connect(database)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO redshift_catalog.settings VALUES (%s, %s)", (name, value))
    connection.close()


def test_rows_are_counted(cursor: Any) -> None:
    cursor.execute("INSERT INTO t VALUES (1, 'x'), (2, 'y')")
    assert (cursor.rowcount, cursor.statusmessage) == (2, "INSERT 0 2")
    cursor.execute("UPDATE t SET b = 'z'")
    assert cursor.rowcount == 2
    cursor.executemany("INSERT INTO t VALUES (%s, %s)", [(3, "a"), (4, "b"), (5, "c")])
    assert cursor.rowcount == 3
    cursor.execute("CREATE TABLE u AS SELECT * FROM t")
    assert cursor.rowcount == -1


def test_execute_values_and_batch_insert_rows(cursor: Any) -> None:
    extras.execute_values(cursor, "INSERT INTO t VALUES %s", [(i, f"it's {i}") for i in range(250)])
    extras.execute_batch(cursor, "INSERT INTO t VALUES (%s, %s)", [(i, None) for i in range(250)])
    cursor.execute("SELECT COUNT(*), COUNT(b) FROM t")
    assert cursor.fetchone() == (500, 250)


@pytest.mark.parametrize("text", ["back\\slash", "it's", "a\nb\tc", "100%", "é\\'", "\\\\", '"'])
def test_arguments_come_back_as_they_went(cursor: Any, text: str) -> None:
    cursor.execute("INSERT INTO t VALUES (%s, %s)", (1, text))
    cursor.execute("SELECT b FROM t WHERE b = %(text)s", {"text": text})
    assert cursor.fetchall() == [(text,)]


def test_quoting_begins_no_transaction(redshift: Any, cursor: Any, other: Any) -> None:
    redshift.rollback()
    redshift.set_session(isolation_level="READ COMMITTED")
    for _ in range(2):
        cursor.execute("SELECT COUNT(*) FROM t WHERE b = %s", ("back\\slash",))
        assert cursor.fetchone() == (0,)
        rows(other, "INSERT INTO t VALUES (1, 'back\\\\slash')")
        other.commit()
    assert cursor.mogrify("%s", ("\\",)) == b"'\\\\'"


def test_a_named_cursor_fetches_in_parts(redshift: Any, cursor: Any) -> None:
    cursor.execute("INSERT INTO t SELECT 1, 'x'")
    with redshift.cursor("named") as named:
        named.itersize = 1
        named.execute("SELECT a, NVL(b, '-') FROM t")
        assert list(named) == [(1, "x")]


def test_a_client_cannot_be_copied_from_or_to(redshift: Any, cursor: Any) -> None:
    for copy in (
        lambda: cursor.copy_expert("COPY t FROM STDIN", io.StringIO("1\tx\n")),
        lambda: cursor.copy_from(io.StringIO("1\tx\n"), "t"),
        lambda: cursor.copy_to(io.StringIO(), "t"),
    ):
        with pytest.raises(psycopg2.Error):
            copy()
        redshift.rollback()


def test_errors_are_genuine(redshift: Any, cursor: Any) -> None:
    with pytest.raises(psycopg2.errors.SyntaxError) as caught:
        cursor.execute("INSERT INTO t VALUES (1, 'x') RETURNING a")
    assert caught.value.pgcode == "42601"
    assert caught.value.diag.sqlstate == "42601"
    assert "CONTEXT" not in str(caught.value)
    with pytest.raises(psycopg2.errors.InFailedSqlTransaction):
        cursor.execute("SELECT 1")


def test_what_is_not_imitated_leaves_the_transaction_alone(redshift: Any, cursor: Any) -> None:
    cursor.execute("INSERT INTO t VALUES (1, 'x')")
    with pytest.raises(embedded.NotImitated, match=r"does not imitate CREATE PROCEDURE"):
        cursor.execute("CREATE PROCEDURE p() AS $$ BEGIN END $$ LANGUAGE plpgsql")
    redshift.commit()
    assert rows(redshift, "SELECT a FROM t") == [(1,)]


def test_the_connections_isolation_level_has_no_effect(
    redshift: Any, cursor: Any, other: Any
) -> None:
    redshift.rollback()
    redshift.set_session(isolation_level="READ COMMITTED")
    assert rows(redshift, "SELECT COUNT(*) FROM t") == [(0,)]
    rows(other, "INSERT INTO t VALUES (1, 'x')")
    other.commit()
    assert rows(redshift, "SELECT COUNT(*) FROM t") == [(0,)]


def test_a_setting_does_not_keep_an_old_snapshot(redshift: Any, cursor: Any, other: Any) -> None:
    rows(redshift, "SET query_group TO 'x'")
    rows(redshift, "SELECT 1")
    rows(other, "INSERT INTO t VALUES (1, 'x')")
    other.commit()
    assert rows(redshift, "SELECT COUNT(*) FROM t") == [(1,)]
    assert rows(redshift, "SHOW query_group") == [("x",)]


def test_one_of_two_updates_of_a_row_dies_of_1023(redshift: Any, cursor: Any, other: Any) -> None:
    rows(redshift, "INSERT INTO t VALUES (1, 'x'), (2, 'y')")
    redshift.commit()
    rows(redshift, "UPDATE t SET b = 'first' WHERE a = 1")
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(rows, other, "UPDATE t SET b = 'second' WHERE a = 1")
        until_waiting(other)
        redshift.commit()
        with pytest.raises(psycopg2.InternalError) as caught:
            waiting.result(20)
    assert caught.value.pgcode == "XX000"
    assert caught.value.diag.message_primary == "1023"
    assert "Serializable isolation violation on table - " in caught.value.diag.message_detail


def test_two_updates_of_two_rows_queue_and_both_hold(
    redshift: Any, cursor: Any, other: Any
) -> None:
    rows(redshift, "INSERT INTO t VALUES (1, 'x'), (2, 'y')")
    redshift.commit()
    rows(redshift, "UPDATE t SET b = 'first' WHERE a = 1")
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(rows, other, "UPDATE t SET b = 'second' WHERE a = 2")
        until_waiting(other)
        redshift.commit()
        waiting.result(20)
    other.commit()
    assert rows(redshift, "SELECT b FROM t ORDER BY a") == [("first",), ("second",)]


def until_waiting(connection: Any) -> None:
    watcher = postgres.connect(connection.info.dbname)
    try:
        with watcher.cursor() as cursor:
            while True:
                cursor.execute(
                    "SELECT wait_event_type FROM pg_stat_activity WHERE pid = %s",
                    (connection.info.backend_pid,),
                )
                if cursor.fetchone() == ("Lock",):
                    return
    finally:
        watcher.close()


def test_a_serializable_database_refuses_a_cycle(redshift_database: str, cursor: Any) -> None:
    with postgres.connect("dev") as admin, admin.cursor() as plain:
        plain.execute(f"ALTER DATABASE {redshift_database} SET redshift.isolation = 'serializable'")
    first, second = (
        embedded.connect(**postgres.connect_arguments(redshift_database)) for _ in range(2)
    )
    rows(first, "CREATE TABLE u (a INTEGER)")
    first.commit()
    for connection, read, written in ((first, "t", "u"), (second, "u", "t")):
        rows(connection, f"SELECT COUNT(*) FROM {read}")
        rows(connection, f"INSERT INTO {written} (a) VALUES (1)")
    first.commit()
    with pytest.raises(psycopg2.InternalError, match=r"^1023"):
        second.commit()
    assert rows(
        first,
        "SELECT isolation_level FROM stv_db_isolation_level WHERE db_name = current_database()",
    ) == [("Serializable",)]
    first.close()
    second.close()


def test_databases_are_made_with_their_isolation(redshift: Any) -> None:
    redshift.autocommit = True
    name = f"{redshift.info.dbname}_made"
    rows(redshift, f"CREATE DATABASE {name} ISOLATION LEVEL SERIALIZABLE")
    try:
        found = rows(
            redshift, f"SELECT isolation_level FROM stv_db_isolation_level WHERE db_name = '{name}'"
        )
        assert found == [("Serializable",)]
        made = embedded.connect(**postgres.connect_arguments(name))
        rows(made, "CREATE TABLE t (a INTEGER)")
        made.close()
        rows(redshift, f"ALTER DATABASE {name} ISOLATION LEVEL SNAPSHOT")
    finally:
        rows(redshift, f"DROP DATABASE {name} FORCE")
    redshift.autocommit = False
    with pytest.raises(psycopg2.errors.ActiveSqlTransaction):
        rows(redshift, f"CREATE DATABASE {name}")


def test_a_conflict_can_be_asked_for_once(redshift_database: str, cursor: Any, other: Any) -> None:
    setting(redshift_database, "inject_1023", "insert into t")
    for attempt in range(2):
        connection = embedded.connect(**postgres.connect_arguments(redshift_database))
        rows(connection, "SELECT 1")
        if attempt == 0:
            with pytest.raises(psycopg2.InternalError, match=r"^1023"):
                rows(connection, "INSERT INTO t VALUES (1, 'x')")
        else:
            rows(connection, "INSERT INTO t VALUES (1, 'x')")
        connection.close()


def test_statements_can_be_slowed_down(redshift_database: str, embedded_home: Any) -> None:
    setting(redshift_database, "statement_delay_ms", "60")
    connection = embedded.connect(**postgres.connect_arguments(redshift_database))
    started = time.perf_counter()
    rows(connection, "SELECT 1")
    assert time.perf_counter() - started >= 0.06
    connection.close()


@pytest.mark.parametrize(("autocommit", "commits"), [(True, 2), (False, 1)])
def test_commits_of_what_was_written_can_be_slowed_down(
    redshift_database: str, cursor: Any, autocommit: bool, commits: int
) -> None:
    setting(redshift_database, "commit_delay_ms", "100")
    connection = embedded.connect(**postgres.connect_arguments(redshift_database))
    connection.autocommit = autocommit
    rows(connection, "SELECT 1")
    connection.commit()
    started = time.perf_counter()
    rows(connection, "INSERT INTO t VALUES (1, 'x'), (2, 'y')")
    rows(connection, "DELETE FROM t WHERE a = 1")
    connection.commit()
    assert time.perf_counter() - started >= 0.1 * commits
    plain = postgres.connect(redshift_database)
    with plain.cursor() as asking:
        asking.execute("SELECT COUNT(*) FROM redshift_catalog.slow_commits")
        assert asking.fetchall() == [(commits,)]
    plain.close()
    connection.close()


def test_a_terminated_session_is_a_lost_connection(redshift: Any, cursor: Any, other: Any) -> None:
    rows(redshift, "INSERT INTO t VALUES (1, 'x')")
    pid = rows(redshift, "SELECT pg_backend_pid()")[0][0]
    rows(other, f"SELECT pg_terminate_backend({pid})")
    with pytest.raises((psycopg2.OperationalError, psycopg2.InterfaceError)):
        rows(redshift, "SELECT 1")
    assert redshift.closed
    other.rollback()
    assert rows(other, "SELECT COUNT(*) FROM t") == [(0,)]


def test_a_statement_that_takes_too_long_is_canceled(
    redshift: Any, cursor: Any, other: Any
) -> None:
    rows(other, "LOCK t")
    rows(redshift, "SET statement_timeout TO 50")
    with pytest.raises(psycopg2.errors.QueryCanceled, match="canceled on user's request"):
        rows(redshift, "SELECT COUNT(*) FROM t")


def test_the_leading_sort_key_has_a_zone_map_and_nothing_an_index(redshift: Any) -> None:
    rows(redshift, "CREATE TABLE z (at TIMESTAMP, id INTEGER PRIMARY KEY) SORTKEY(at, id)")
    redshift.commit()
    plain = postgres.connect(redshift.info.dbname)
    with plain.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'z'")
        indexes = cursor.fetchall()
    plain.close()
    assert len(indexes) == 1
    assert "USING brin (at)" in indexes[0][0]


@pytest.fixture
def engine(redshift_database: str) -> Iterator[sa.Engine]:
    to = postgres.connect_arguments(redshift_database)
    url = sa.URL.create(
        "redshift+psycopg2", to["user"], to["password"], to["host"], to["port"], to["dbname"]
    )
    made = sa.create_engine(
        url.set(query={"sslmode": "disable"}), connect_args={"cursor_factory": embedded.Cursor}
    )
    made.dialect.insert_returning = False
    made.dialect.update_returning = False
    made.dialect.delete_returning = False
    yield made
    made.dispose()


def test_sqlalchemy_makes_finds_and_fills_tables(engine: sa.Engine) -> None:
    metadata = sa.MetaData()
    plays = sa.Table(
        "plays",
        metadata,
        sa.Column("id", sa.BigInteger, redshift_identity=(1, 1)),
        sa.Column("at", sa.DateTime),
        sa.Column("title", sa.String(30), nullable=False),
        redshift_diststyle="KEY",
        redshift_distkey="title",
        redshift_sortkey="at",
    )
    metadata.create_all(engine)
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(plays.insert(), [{"title": "a"}, {"title": "it's"}])
        titles = (
            connection.execute(sa.select(plays.c.title).order_by(plays.c.title)).scalars().all()
        )
    assert titles == ["a", "it's"]
    found = sa.inspect(engine)
    assert found.has_table("plays")
    assert not found.has_table("nothing")
    assert found.get_table_names() == ["plays"]
    assert engine.dialect.server_version_info == (8, 0, 2)


def test_sqlalchemy_has_no_savepoints(engine: sa.Engine) -> None:
    with engine.begin() as connection, pytest.raises(sa.exc.NotSupportedError, match="SAVEPOINT"):
        connection.begin_nested()


def test_a_finished_connection_leaves_its_history(redshift_database: str, other: Any) -> None:
    connection = embedded.connect(**postgres.connect_arguments(redshift_database))
    pid = connection.info.backend_pid
    rows(connection, "SELECT 1 AS a_statement_to_be_found")
    connection.close()
    del connection
    found = rows(other, f"SELECT query_text FROM sys_query_history WHERE session_id = {pid}")
    assert found == [("SELECT 1 AS a_statement_to_be_found",)]


def test_a_session_may_be_opened_with_settings(redshift_database: str) -> None:
    opened = embedded.connect(
        **postgres.connect_arguments(redshift_database),
        options="-c query_group=nightly\\ load --enable-case-sensitive-identifier=on -csearch_path=public",
    )
    assert rows(opened, "SHOW query_group") == [("nightly load",)]
    assert rows(opened, "SHOW search_path") == [("public",)]
    assert rows(opened, 'SELECT 1 AS "A"') == [(1,)]
    with opened.cursor() as cursor:
        cursor.execute('SELECT 1 AS "A"')
        assert cursor.description[0].name == "A"
    rows(opened, "SET query_group TO 'other'")
    rows(opened, "RESET query_group")
    assert rows(opened, "SHOW query_group") == [("nightly load",)]
    opened.close()


def test_a_label_is_told_while_its_session_lives(redshift: Any, redshift_database: str) -> None:
    labelled = embedded.connect(
        **postgres.connect_arguments(redshift_database), options="-c query_group=nightly"
    )
    rows(labelled, "SELECT 1")
    plain = postgres.connect(redshift_database)  # as another process, whose views write nothing
    told = rows(plain, "SELECT session_id, label FROM redshift_catalog.statements")
    plain.close()
    assert told == [(labelled.info.backend_pid, "nightly")]
    inflight = rows(labelled, "SELECT TRIM(label) FROM stv_inflight WHERE pid = pg_backend_pid()")
    assert inflight == [("nightly",)]
    labelled.close()
