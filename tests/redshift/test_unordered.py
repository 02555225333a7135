"""A SELECT without ORDER BY promises no order; tests may ask to be shown that."""

from __future__ import annotations

from typing import Any

import pytest

INSERTED = [(n,) for n in range(200)]


def filled(redshift: Any) -> Any:
    cursor = redshift.cursor()
    cursor.execute("CREATE TABLE many (n INTEGER)")
    cursor.execute(f"INSERT INTO many VALUES {', '.join(f'({n})' for (n,) in INSERTED)}")
    return cursor


def rows(cursor: Any, sql: str) -> list[tuple[int]]:
    cursor.execute(sql)
    found: list[tuple[int]] = cursor.fetchall()
    return found


@pytest.mark.redshift(shuffle_unordered=True)
def test_rows_come_in_any_order_when_asked_for(redshift: Any) -> None:
    """[difference unordered]"""
    cursor = filled(redshift)
    shuffled = rows(cursor, "SELECT n FROM many")
    assert shuffled != INSERTED
    assert sorted(shuffled) == INSERTED


@pytest.mark.redshift(shuffle_unordered=True)
def test_order_by_is_kept(redshift: Any) -> None:
    assert rows(filled(redshift), "SELECT n FROM many ORDER BY n") == INSERTED


def test_rows_come_as_postgresql_gives_them_otherwise(redshift: Any) -> None:
    assert rows(filled(redshift), "SELECT n FROM many") == INSERTED
