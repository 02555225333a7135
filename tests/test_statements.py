"""What an hourly run sends: few commits, few statements, and ranges of days wherever it must."""

import pytest
import sqlglot
from sqlglot import exp

from benchmarks.statements import recording
from tasks.quality import checks, subjects

WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "COPY", "LOCK")


@pytest.fixture
def recorded(warehouse):
    """The statements of an hour that comes after another, with events of two formats and a song."""
    warehouse.put_songs("song_id\nSO1")
    warehouse.load("ts\n2018-11-01 10:00")
    warehouse.put_events("ts\n2018-11-01 11:00")
    warehouse.put_events("ts\n2018-11-01 11:30", "log_data/2018/11/01/2018-11-01-11-events-2.json")
    with recording() as made:
        warehouse.hourly()
    return made


def test_a_run_needs_few_commits(recorded):
    writing = [
        sent
        for sent in recorded.transactions
        if any(statement.lstrip().upper().startswith(WRITES) for statement, _ in sent)
    ]
    staged_and_built = 1 + 5
    assert len(writing) <= 6 + staged_and_built


def test_a_run_needs_few_statements(recorded):
    asked = len(subjects(checks("run"))) + len(("merged", "hourly"))
    stale = 1  # plays_are_fresh finds a row, and shows it
    assert recorded.statements <= 65 + asked + stale


def bounded(reference):
    """Whether a reference to a table has a literal range of start_time around it."""
    scope = reference.find_ancestor(exp.Select, exp.Delete, exp.Update)
    limits = {exp.GTE: False, exp.LT: False}
    for limit in limits:
        for comparison in scope.find_all(limit):
            column, value = comparison.this, comparison.expression
            named = isinstance(column, exp.Column) and column.name == "start_time"
            if named and isinstance(value, exp.Literal | exp.Cast):
                limits[limit] |= column.table in ("", reference.alias_or_name)
    return all(limits.values())


def references(statement, values):
    """The references to the published fact and time in a statement, but for what it inserts into."""
    literal = (
        statement % {name: f"'{value}'" for name, value in values.items()} if values else statement
    )
    tree = sqlglot.parse_one(literal, dialect="redshift")
    target = tree.this.find(exp.Table) if isinstance(tree, exp.Insert) else None
    return [
        table
        for table in tree.find_all(exp.Table)
        if table.db == "sparkify" and table.name in ("songplays", "time") and table is not target
    ]


def test_publish_reads_the_fact_and_time_by_literal_days(recorded):
    (publish,) = [t for t in recorded.transactions if any("taken_at" in s for s, _ in t)]
    found = [r for statement, values in publish for r in references(statement, values)]
    assert len(found) >= 8
    assert [table.sql() for table in found if not bounded(table)] == []


def test_only_new_songs_scan_the_fact_and_then_two_columns_of_it(warehouse):
    warehouse.load("ts\n2018-11-01 10:00")
    warehouse.put_songs("song_id\nSO1")
    with recording() as made:
        warehouse.hourly()
    (publish,) = [t for t in made.transactions if any("taken_at" in s for s, _ in t)]
    found = [r for statement, values in publish for r in references(statement, values)]
    (scan,) = [table for table in found if not bounded(table)]
    select = scan.find_ancestor(exp.Select)
    columns = {c.name for c in select.find_all(exp.Column) if c.table == scan.alias}
    assert columns == {"start_time", "song_title"}


def test_keys_never_become_sql(warehouse):
    key = "song_data/A/B/C/o'clock.json"
    warehouse.bucket.put(key, '{"song_id": "SO1", "title": "A", "artist_id": "AR1"}')
    with recording() as made:
        warehouse.hourly()
    assert not [s for t in made.transactions for s, _ in t if "o'clock" in s]
