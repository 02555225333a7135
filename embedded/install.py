"""The catalog of the stand-in, put into every database.

The files of embedded/catalog run in name order, in one transaction. They can run again over
themselves: when one of them changes, every database gets the new ones at the next start. The
comment of the template tells what all of them have: it is written last, and a database made
meanwhile is a copy of the new template.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from embedded import postgres, s3
from embedded.home import StackError

if TYPE_CHECKING:
    from psycopg2.extensions import connection, cursor

CATALOG = Path(__file__).parent / "catalog"
_SETTINGS_TABLE = """
CREATE SCHEMA IF NOT EXISTS redshift_catalog;
CREATE TABLE IF NOT EXISTS redshift_catalog.settings (name text PRIMARY KEY, value text);
"""
_DATABASES = """
SELECT datname, shobj_description(oid, 'pg_database')
FROM pg_database
WHERE datname NOT IN ('postgres', 'template0', 'template1')
"""


def is_current() -> bool:
    """Whether every database has this catalog and knows this S3."""
    server = postgres.connect()
    try:
        known = _known(server)
    finally:
        server.close()
    return postgres.DEFAULT_DATABASE in known and known.get(postgres.TEMPLATE) == _mark()


def install() -> None:
    """Make the template and the default database, and bring all others up to date."""
    server = postgres.connect()
    try:
        known = _known(server)
        if known.get(postgres.TEMPLATE) != _mark():
            with server.cursor() as cursor:
                _make_template(cursor)
                for name in known.keys() - {postgres.TEMPLATE}:
                    _install_into(name)
                cursor.execute(f"COMMENT ON DATABASE {postgres.TEMPLATE} IS %s", [_mark()])
    finally:
        server.close()
    if postgres.DEFAULT_DATABASE not in known:
        postgres.create_database(postgres.DEFAULT_DATABASE)


def _make_template(cursor: cursor) -> None:
    name = postgres.TEMPLATE
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    if cursor.fetchone():
        cursor.execute(f"ALTER DATABASE {name} IS_TEMPLATE false")
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    _install_into(name)
    # a session in it would keep others from copying it
    cursor.execute(f"ALTER DATABASE {name} IS_TEMPLATE true ALLOW_CONNECTIONS false")


def _install_into(name: str) -> None:
    database = postgres.connect(name)
    database.autocommit = False
    try:
        with database.cursor() as cursor:
            cursor.execute("SET LOCAL client_min_messages = warning")
            cursor.execute(_SETTINGS_TABLE)
            for path in _files():
                _run_file(cursor, path)
            for setting, value in _s3_settings().items():
                cursor.execute(
                    "INSERT INTO redshift_catalog.settings VALUES (%s, %s)"
                    " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                    [setting, value],
                )
        database.commit()
    finally:
        database.close()


def _run_file(cursor: cursor, path: Path) -> None:
    import psycopg2

    try:
        cursor.execute(path.read_text(encoding="utf-8"))
    except psycopg2.Error as error:
        raise StackError(f"embedded/catalog/{path.name}: {str(error).strip()}") from error


def _known(server: connection) -> dict[str, str | None]:
    with server.cursor() as cursor:
        cursor.execute(_DATABASES)
        return dict(cursor.fetchall())


def _files() -> list[Path]:
    return sorted(CATALOG.glob("*.sql"))


def _s3_settings() -> dict[str, str]:
    to = s3.access()
    return {
        "s3_endpoint": to.endpoint,
        "s3_access_key_id": to.access_key_id,
        "s3_secret_access_key": to.secret_access_key,
        "s3_region": to.region,
    }


def _mark() -> str:
    """A digest of all that is installed."""
    parts = [path.read_bytes() for path in _files()] + [json.dumps(_s3_settings()).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
