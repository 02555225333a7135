"""What another try can mend is tried again, as a whole transaction, by real conflicts of a real server."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from obstore.exceptions import GenericError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from blocks.transient import in_transaction, is_conflict, is_lost_connection, is_transient, pauses
from embedded import postgres
from tasks.attempt import attempt
from tasks.load import load


@pytest.fixture
def table(warehouse):
    """A warehouse with a scratch table of one row."""
    with warehouse.engine.begin() as connection:
        connection.execute(text("CREATE TABLE counted (n INTEGER)"))
        connection.execute(text("INSERT INTO counted VALUES (0)"))
    return warehouse


def count(table):
    return table.value("SELECT n FROM counted")


def end_session_of(table, connection):
    """End a session from outside, as an administrator or a failover does."""
    pid = connection.connection.dbapi_connection.info.backend_pid
    server = postgres.connect(table.block.database)
    with server.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    server.close()


@pytest.mark.parametrize("statement", ["INSERT INTO counted", "UPDATE counted SET"])
def test_a_conflict_runs_the_whole_transaction_again(table, statement):
    postgres.set_option(table.block.database, "inject_1023", statement)
    tries = []

    def work(connection):
        tries.append(connection)
        connection.execute(text("INSERT INTO counted VALUES (10)"))
        connection.execute(text("UPDATE counted SET n = n + 1"))

    engine = table.block.engine(connections=1)  # its session reads what is injected
    in_transaction(engine, work)
    engine.dispose()
    assert len(tries) == 2
    assert table.rows("SELECT n FROM counted ORDER BY n") == [(1,), (11,)]


def test_two_that_write_what_both_have_read_both_succeed(table):
    """Each has read before the other has committed: the second meets a conflict, and begins again."""
    both_have_read = threading.Barrier(2)
    tries = []

    def work(connection):
        first = len(tries) < 2
        tries.append(connection)
        n = connection.execute(text("SELECT n FROM counted")).scalar_one()
        if first:
            both_have_read.wait(30)
        connection.execute(text("UPDATE counted SET n = :n"), {"n": n + 1})

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: in_transaction(table.engine, work), range(2)))
    assert count(table) == 2
    assert len(tries) == 3


def test_a_deadlock_is_tried_again(table):
    """Two transactions write two tables in opposite orders; the server ends one of them."""
    with table.engine.begin() as connection:
        connection.execute(text("CREATE TABLE other (n INTEGER)"))
        connection.execute(text("INSERT INTO other VALUES (0)"))
    both_have_written = threading.Barrier(2)
    tries = []

    def work_on(*order):
        def work(connection):
            first = len(tries) < 2
            tries.append(order)
            connection.execute(text(f"UPDATE {order[0]} SET n = n + 1"))
            if first:
                both_have_written.wait(30)
            connection.execute(text(f"UPDATE {order[1]} SET n = n + 1"))

        return lambda: in_transaction(table.engine, work)

    with ThreadPoolExecutor(2) as pool:
        for future in [
            pool.submit(work_on("counted", "other")),
            pool.submit(work_on("other", "counted")),
        ]:
            future.result(timeout=60)
    assert (count(table), table.value("SELECT n FROM other")) == (2, 2)
    assert len(tries) == 3


def test_a_lost_session_runs_the_whole_transaction_again(table):
    tries = []

    def work(connection):
        tries.append(connection)
        connection.execute(text("UPDATE counted SET n = n + 1"))
        if len(tries) == 1:
            end_session_of(table, connection)
        connection.execute(text("UPDATE counted SET n = n + 1"))

    in_transaction(table.engine, work)
    assert len(tries) == 2
    assert count(table) == 2


def test_what_does_not_pass_is_not_tried_again(table):
    tries = []

    def work(connection):
        tries.append(connection)
        connection.execute(text("SELECT n FROM nowhere"))

    with pytest.raises(DBAPIError, match="nowhere") as refused:
        in_transaction(table.engine, work)
    assert len(tries) == 1
    assert not is_transient(refused.value)


def test_a_conflict_that_does_not_end_is_raised_after_the_last_try(table):
    tries = []

    def work(connection):
        tries.append(connection)
        end_session_of(table, connection)
        connection.execute(text("SELECT n FROM counted"))

    with pytest.raises(DBAPIError) as lost:
        in_transaction(table.engine, work, attempts=2)
    assert len(tries) == 2
    assert is_lost_connection(lost.value)


def test_a_table_that_came_after_the_snapshot_is_a_conflict_that_passes(table):
    """Redshift's 1018, as its documentation prints it."""
    error = DBAPIError.instance("", None, _raised(table, "1018", "XX000"), Exception)
    assert is_conflict(error)
    assert not is_conflict(
        DBAPIError.instance("", None, _raised(table, "Value too long", "22001"), Exception)
    )


def _raised(table, message, code):
    """An error with this text and code, raised by the server."""
    import psycopg2

    server = postgres.connect(table.block.database)
    try:
        with server.cursor() as cursor:
            cursor.execute(
                f"DO $$ BEGIN RAISE EXCEPTION USING MESSAGE = '{message}', ERRCODE = '{code}'; END $$"
            )
    except psycopg2.Error as error:
        return error
    finally:
        server.close()
    raise AssertionError("nothing was raised")


@pytest.mark.parametrize(
    ("told", "passes"),
    [
        ("S3ServiceException:Please reduce your request rate.,Status 503,Error SlowDown", True),
        ("S3CurlException: Connection reset by peer, CurlError 56, CanRetry 1, UserError 0", True),
        ("S3ServiceException:The specified key does not exist.,Status 404,Error NoSuchKey", False),
        ("S3ServiceException:Access Denied,Status 403,Error AccessDenied", False),
        (
            "S3ServiceException:The bucket you are attempting to access must be addressed using the "
            "specified endpoint.",
            False,
        ),
    ],
)
def test_a_storage_that_does_not_answer_the_copy_is_not_the_objects_fault(table, told, passes):
    error = DBAPIError.instance("", None, _raised(table, told, "XX000"), Exception)
    assert is_transient(error) is passes


def test_a_storage_that_refuses_us_is_not_tried_again():
    assert is_transient(GenericError("connection refused"))
    assert not is_transient(GenericError("... status code: 403 ..."))


def test_pauses_grow_and_are_never_the_same():
    drawn = [list(pauses(7)) for _ in range(50)]
    assert len({tuple(one) for one in drawn}) == 50
    assert all(0 < pause <= 20.05 for one in drawn for pause in one)
    assert max(one[6] for one in drawn) > 5 * max(one[0] for one in drawn)


def test_a_publish_that_meets_a_conflict_publishes_once(warehouse):
    warehouse.put_events("ts | userId\n2018-11-01 10:00 | 8")
    run = warehouse.pin()
    postgres.set_option(warehouse.block.database, "inject_1023", "INSERT INTO sparkify.users")
    run.engine.dispose()  # new sessions read what is injected
    assert attempt(run, load).status == "published"
    left = "SELECT count(*) FROM redshift_catalog.settings WHERE name = 'inject_1023'"
    server = postgres.connect(warehouse.block.database)
    with server.cursor() as cursor:
        cursor.execute(left)
        assert cursor.fetchone() == (0,)
    server.close()
    assert warehouse.rows("SELECT user_id FROM sparkify.songplays") == [("8",)]
    assert warehouse.rows("SELECT user_id FROM sparkify.users") == [("8",)]
