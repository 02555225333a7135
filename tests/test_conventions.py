import ast
import re
import subprocess
from pathlib import Path

import pytest

from sql import TABLES, columns, read, read_all
from sql.files import ROOT as SQL

ROOT = SQL.parent
FILES = sorted(SQL.glob("*/**/*.sql"))  # grants.sql is a script for people
LAYERS = {"flows": 3, "tasks": 2, "blocks": 1, "sql": 1}
WORDS = re.compile(r"\b(select|from|where|join|and|or|on|as|insert|update|delete|order|group)\b")
VERDICTS = read_all("checks")


def tracked(pattern: str) -> list[Path]:
    """The project's files, as git knows them."""
    listed = subprocess.run(
        ["git", "ls-files", pattern], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / line for line in listed.stdout.splitlines()]


def without_text(statement: str) -> str:
    return re.sub(r"'[^']*'", "''", statement)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SQL)))
def test_an_sql_file_has_a_header_and_one_statement_in_house_style(path):
    lines = path.read_text().splitlines()
    body = [line for line in lines if not line.startswith("--")]
    assert lines[0].startswith("-- ")
    assert max(map(len, lines)) <= 110
    assert ";" not in without_text("\n".join(body))
    assert not WORDS.search(without_text("\n".join(body)))


@pytest.mark.parametrize("check", VERDICTS, ids=lambda check: check.name)
def test_a_check_says_how_severe_it_is_where_it_is_made_and_what_to_do(check):
    assert check.severity in ("block", "warn")
    assert set(check.scopes) <= {"run", "merged", "replacement", "hourly", "warehouse", "lake"}
    assert check.fields["If it fails"]
    assert check.title.endswith(".")


@pytest.mark.parametrize("file", read_all("analytics"), ids=lambda file: file.name)
def test_an_analytics_file_asks_one_question(file):
    assert file.fields["Question"].endswith("?")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_is_declared_built_and_published_by_files_of_its_name(table):
    assert table.key in columns(f"schema/sparkify/{table.name}")
    folder = "fact" if table.name == "songplays" else "dimensions"
    assert (SQL / folder / f"{table.name}.sql").is_file()
    assert (SQL / "publish" / f"{table.name}.sql").is_file()


@pytest.mark.parametrize("path", tracked("*.py"), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_downwards(path):
    layer = path.relative_to(ROOT).parts[0]
    if layer not in LAYERS:
        return
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(path.read_text()))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert "embedded" not in imported
    assert all(LAYERS[name] <= LAYERS[layer] for name in imported & LAYERS.keys())


@pytest.mark.parametrize(
    "path",
    [path for path in tracked("*.py") if path.relative_to(ROOT).parts[0] != "tests"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_module_is_small(path):
    assert len(path.read_text().splitlines()) <= 300


def test_the_lock_names_no_host():
    for path in (ROOT / "requirements.txt", ROOT / "requirements-dev.txt"):
        content = path.read_text()
        assert "--hash=sha256:" in content
        assert "://" not in content
        assert "index-url" not in content


def test_the_schema_that_is_checked_is_the_one_that_is_declared():
    kinds = {
        "VARCHAR": "character varying",
        "TIMESTAMP": "timestamp without time zone",
        "BIGINT": "bigint",
        "INTEGER": "integer",
        "DECIMAL": "numeric",
    }
    line = re.compile(r"^    (\w+) +([A-Z]+)(?:\((\d+)(?:, (\d+))?\))?", re.MULTILINE)
    declared = {
        (table.name, column, kinds[kind], int(size or 0), int(scale or 0))
        for table in TABLES
        for column, kind, size, scale in line.findall(read(f"schema/sparkify/{table.name}").text)
    }
    row = re.compile(
        r"SELECT '(\w+)'(?: AS \w+)?, '(\w+)'(?: AS \w+)?, '([\w ]+)'(?: AS \w+)?,\s+(\d+)(?: AS \w+)?, (\d+)"
    )
    checked = row.findall(read("checks/schema_is_as_declared").text)
    assert {(t, c, k, int(size), int(scale)) for t, c, k, size, scale in checked} == declared
