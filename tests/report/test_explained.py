"""Tables, views and columns say what they are, in the database as in their files."""

import subprocess
import sys

import pytest

from sql import columns, read_all
from sql.comments import explanations, grain
from sql.files import ROOT as SQL

ROOT = SQL.parent

TABLES = [
    f"{schema}/{file.name}"
    for schema in ("sparkify", "etl")
    for file in read_all(f"schema/{schema}")
]
VIEWS = [file.name for file in read_all("views")]
REMARKS = (
    "SELECT column_name, remarks FROM svv_columns WHERE table_schema = '{}' AND table_name = '{}'"
)
REMARK = "SELECT remarks FROM svv_tables WHERE table_schema = '{}' AND table_name = '{}'"


@pytest.mark.parametrize("table", TABLES)
def test_a_table_explains_each_of_its_columns(table):
    assert tuple(explanations(f"schema/{table}")) == columns(f"schema/{table}")
    assert all(words.endswith(".") for words in explanations(f"schema/{table}").values())


def test_the_database_says_what_the_files_say(warehouse):
    places = {table: f"schema/{table}" for table in TABLES}
    places |= {f"sparkify/{view}": f"views/{view}" for view in VIEWS}
    for place, file in places.items():
        names = place.split("/")
        assert warehouse.value(REMARK.format(*names)) == grain(file)
        assert dict(warehouse.rows(REMARKS.format(*names))) == explanations(file)


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_explains_each_of_its_columns(warehouse, view):
    with warehouse.engine.begin() as connection:
        found = connection.exec_driver_sql(f"SELECT * FROM sparkify.{view}")
        assert list(explanations(f"views/{view}")) == list(found.keys())


def test_a_view_of_plays_holds_each_play_once_with_what_is_known_of_it(warehouse):
    warehouse.put_songs("""
        song_id | title         | artist_name | year
        SO1     | You Gotta Be  | Des'ree     | 1994
    """)
    warehouse.load("""
        ts               | userId | firstName | level | song         | sessionId
        2018-11-02 10:00 | 8      | Kaylee    | free  | You Gotta Be | 1
        2018-11-02 10:05 | 8      | Kaylee    | paid  | Nobody Knows | 1
        2018-11-03 23:59 | 8      | Kay       | paid  | You Gotta Be | 2
    """)
    plays = "SELECT day, hour, weekday, first_name, level, level_now, song_year FROM sparkify.plays"
    assert [
        str(row[0]) + repr(row[1:]) for row in warehouse.rows(f"{plays} ORDER BY start_time")
    ] == [
        "2018-11-02(10, 5, 'Kay', 'free', 'paid', 1994)",
        "2018-11-02(10, 5, 'Kay', 'paid', 'paid', None)",
        "2018-11-03(23, 6, 'Kay', 'paid', 'paid', 1994)",
    ]
    sessions = "SELECT session_id, plays, seconds, level FROM sparkify.sessions ORDER BY session_id"
    assert [tuple(map(str, row)) for row in warehouse.rows(sessions)] == [
        ("1", "2", "492.61624", "paid"),
        ("2", "1", "246.30812", "paid"),
    ]


def test_a_warehouse_from_before_the_views_gets_them(warehouse):
    from tasks.schema import ensure_schema, missing_tables

    with warehouse.engine.begin() as connection:
        connection.exec_driver_sql("DROP VIEW sparkify.plays")
    assert missing_tables(warehouse.engine) == {"sparkify.plays"}
    ensure_schema(warehouse.engine)
    assert missing_tables(warehouse.engine) == set()
    assert warehouse.rows("SELECT * FROM sparkify.plays") == []


def test_the_prompt_finds_the_star_schema_without_its_name(warehouse):
    def ask(statement):
        words = [sys.executable, "-m", "embedded", "psql", "-d", warehouse.block.database]
        return subprocess.run(words, input=statement, cwd=ROOT, text=True, capture_output=True)

    done = ask("SELECT COUNT(*) AS plays FROM songplays; SELECT COUNT(*) AS runs FROM runs;")
    assert (done.returncode, done.stdout.split()[::5]) == (0, ["plays", "runs"])
    assert "Who listened; joins users." in ask("\\d songplays\n").stdout
    ask("CREATE TABLE scratch (n INTEGER);")
    where = "SELECT table_schema FROM svv_tables WHERE table_name = 'scratch'"
    assert warehouse.rows(where) == [("public",)]
