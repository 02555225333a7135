"""sql/grants.sql is Redshift SQL; the pipeline runs with its rights, and analysts read and no more."""

import re
import uuid

import psycopg2
import pytest
from loading import Warehouse
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

import embedded
from embedded import postgres
from sql.files import ROOT

EVENTS = """
    ts               | userId | level
    2018-11-02 10:00 | 8      | paid
"""


@pytest.fixture
def granted(redshift, redshift_database, account):
    """The names that stand for the script's in a warehouse of the test's own, where it has run."""
    unique = uuid.uuid4().hex[:8]
    names = {
        "pipeline": f"sparkify_pipeline_{unique}",
        "analyst": f"sparkify_analyst_{unique}",
        "user": f"sparkify_user_{unique}",
    }
    redshift.autocommit = True
    with redshift.cursor() as cursor:
        cursor.execute(script(redshift_database, names))
        cursor.execute(f"ALTER USER {names['user']} PASSWORD 'Passw0rd'")
    names["reader"] = account("Passw0rd")
    with redshift.cursor() as cursor:
        cursor.execute(f"GRANT ROLE {names['analyst']} TO {names['reader']}")
    yield names
    with postgres.connect(redshift_database) as upkeep, upkeep.cursor() as cursor:
        for role in ("user", "pipeline", "analyst"):
            cursor.execute(f"DROP OWNED BY {names[role]} CASCADE")
            cursor.execute(f"DROP ROLE {names[role]}")
    upkeep.close()


def script(database, names):
    """The script, with other users and roles: they belong to the whole server, which tests share."""
    content = (ROOT / "grants.sql").read_text()
    content = content.replace("sparkify_pipeline", names["pipeline"])
    content = content.replace("sparkify_analyst", names["analyst"])
    content = re.sub(r"(USER|AUTHORIZATION|TO) sparkify\b", rf"\1 {names['user']}", content)
    return content.replace("DATABASE dev", f"DATABASE {database}")


def connect(database, user):
    login = {"user": user, "password": "Passw0rd"}
    return embedded.connect(**{**postgres.connect_arguments(database), **login})


@pytest.fixture
def pipeline(granted, fronted, lake):
    """The warehouse as the pipeline's own user, through the production block."""
    made = Warehouse(fronted(user=granted["user"], password="Passw0rd"), lake)
    yield made
    made.close()


@pytest.fixture
def analyst(granted, redshift_database, pipeline):
    """A connection of somebody who has the analyst's role; the tables are made and loaded."""
    assert pipeline.load(EVENTS).status == "published"
    made = connect(redshift_database, granted["reader"])
    made.autocommit = True
    yield made
    made.close()


def test_the_pipeline_runs_with_these_rights_from_an_empty_database_to_published(pipeline):
    assert pipeline.load(EVENTS).status == "published"
    assert pipeline.load(EVENTS.replace("10:00", "11:00")).status == "published"
    assert pipeline.value("SELECT COUNT(*) FROM sparkify.songplays") == 2
    assert pipeline.rows("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'run\\\\_%'") == []


def test_the_check_of_the_connection_finds_that_nothing_is_missing(pipeline):
    (found,) = [one for one in pipeline.block.check_connection() if one.what == "grants"]
    assert found.verdict == "ok", found.words


def test_maintenance_may_look_at_and_tidy_its_tables(pipeline):
    from tasks.maintain_tidy import table_infos, tidy

    pipeline.load(EVENTS)
    assert "sparkify.songplays" in [info.table for info in table_infos(pipeline.engine)]
    assert [done.problem for done in tidy.fn(pipeline.engine) if done.problem] == []


def test_the_pipeline_may_do_nothing_elsewhere(pipeline, redshift):
    with redshift.cursor() as cursor:
        cursor.execute("CREATE SCHEMA private")
        cursor.execute("CREATE TABLE private.salaries (n INTEGER)")
    for statement in (
        "SELECT n FROM private.salaries",
        "CREATE TABLE private.t (n INTEGER)",
        "CREATE USER somebody PASSWORD DISABLE",
    ):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            pipeline.engine.connect() as connection,
        ):
            connection.execute(text(statement))


@pytest.mark.parametrize("table", ["songplays", "users", "songs", "artists", "time"])
def test_an_analyst_reads_every_table(analyst, table):
    with analyst.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM sparkify.{table}")
        assert cursor.fetchone()[0] == (1 if table in ("songplays", "users", "time") else 0)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM sparkify.users",
        "UPDATE sparkify.users SET level = 'paid'",
        "INSERT INTO sparkify.artists (artist_id) VALUES ('AR1')",
        "TRUNCATE sparkify.users",
        "LOCK sparkify.users",
        "DROP TABLE sparkify.users",
        "CREATE TABLE sparkify.mine (n INTEGER)",
        "CREATE SCHEMA mine",
        "SELECT COUNT(*) FROM etl.objects",
        "SELECT COUNT(*) FROM run_1.done",
    ],
)
def test_an_analyst_neither_writes_nor_sees_how_it_got_there(analyst, pipeline, statement):
    with pipeline.engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA run_1"))
        connection.execute(text("CREATE TABLE run_1.done (step VARCHAR(9))"))
    with (
        pytest.raises(psycopg2.errors.InsufficientPrivilege, match=r"permission denied|owner"),
        analyst.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_an_analyst_reads_what_the_pipeline_makes_later(analyst, pipeline):
    with pipeline.engine.begin() as connection:
        connection.execute(text("CREATE VIEW sparkify.later AS SELECT user_id FROM sparkify.users"))
    with analyst.cursor() as cursor:
        cursor.execute("SELECT user_id FROM sparkify.later")
        assert cursor.fetchall() == [("8",)]
