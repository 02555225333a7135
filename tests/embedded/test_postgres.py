"""The PostgreSQL of a home: settings, passwords, databases, catalog."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from embedded import install, postgres, server, stack

Answer = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]


def running() -> server.Server:
    found = server.running()
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("timezone", "UTC"),
        ("default_transaction_isolation", "repeatable read"),
        ("server_encoding", "UTF8"),
        ("fsync", "off"),  # this is the throwaway server of tests; see the next test
        ("synchronous_commit", "on"),
        ("listen_addresses", "127.0.0.1"),
        ("password_encryption", "scram-sha-256"),
    ],
)
def test_the_server_is_set_up_for_a_warehouse(
    embedded_home: Path, answer: Answer, name: str, value: str
) -> None:
    assert answer(f"SHOW {name}") == value


def test_a_home_that_is_not_of_tests_syncs_to_disk(bare_home: Path, answer: Answer) -> None:
    stack.start()
    assert (answer("SHOW fsync"), answer("SHOW synchronous_commit")) == ("on", "on")


def test_text_sorts_by_its_bytes(embedded_home: Path, answer: Answer) -> None:
    assert answer("SELECT string_agg(x, '' ORDER BY x) FROM unnest('{a,Z,é,b}'::text[]) AS x") == (
        "Zabé"
    )


def test_a_wrong_password_is_refused(embedded_home: Path) -> None:
    wrong = postgres.connect_arguments() | {"password": "guess"}
    with pytest.raises(psycopg2.OperationalError, match="authentication failed"):
        psycopg2.connect(**wrong)


def test_the_socket_asks_for_the_password_too(embedded_home: Path) -> None:
    wrong = postgres.connect_arguments() | {"password": "guess", "host": running().socket_folder}
    with pytest.raises(psycopg2.OperationalError, match="authentication failed"):
        psycopg2.connect(**wrong)


def test_the_socket_works(embedded_home: Path) -> None:
    psycopg2.connect(**postgres.connect_arguments() | {"host": running().socket_folder}).close()


def test_passwords_are_for_the_owner_only(home: Path) -> None:
    stack.start()
    assert stat.S_IMODE((home / "settings.json").stat().st_mode) == 0o600


def test_a_changed_catalog_reaches_every_database_and_keeps_the_data(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: Answer
) -> None:
    catalog = tmp_path / "catalog"
    catalog.mkdir()
    monkeypatch.setattr(install, "CATALOG", catalog)
    file = catalog / "10_answer.sql"
    body = "CREATE OR REPLACE FUNCTION redshift_catalog.answer() RETURNS int RETURN {};"
    file.write_text(body.format(41))
    stack.start()
    answer("CREATE TABLE kept AS SELECT redshift_catalog.answer() AS n")
    file.write_text(body.format(42))
    stack.start()
    postgres.create_database("later")
    assert answer("SELECT n FROM kept") == 41
    assert answer("SELECT redshift_catalog.answer()") == 42
    assert answer("SELECT redshift_catalog.answer()", "later") == 42


def test_a_database_that_a_statement_makes_leaves_the_stack_current(redshift: Any) -> None:
    redshift.autocommit = True
    with redshift.cursor() as cursor:
        cursor.execute("CREATE DATABASE made_by_a_statement")
        assert install.is_current()
        cursor.execute("DROP DATABASE made_by_a_statement")


def test_a_broken_catalog_names_its_file(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = tmp_path / "catalog"
    catalog.mkdir()
    monkeypatch.setattr(install, "CATALOG", catalog)
    (catalog / "10_broken.sql").write_text("CREATE NONSENSE;")
    with pytest.raises(stack.StackError, match=r"catalog/10_broken.sql: syntax error"):
        stack.start()


def test_databases_are_made_while_others_are_made(embedded_home: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    names = [f"many_{number}" for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(postgres.create_database, names))
        assert set(names) <= set(postgres.databases())
        list(pool.map(postgres.drop_database, names))
    assert not set(names) & set(postgres.databases())
