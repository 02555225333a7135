"""The PostgreSQL under the embedded Redshift: start, stop, connect, make databases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from embedded import cluster, home, server
from embedded.home import MISSING, StackError

if TYPE_CHECKING:
    from psycopg2.extensions import connection

DEFAULT_DATABASE = "dev"
TEMPLATE = "redshift_template"


def start() -> None:
    """Start this home's PostgreSQL unless it runs; several processes may call this at once."""
    if not server.running():
        with home.lock():
            server.start()


def stop() -> int:
    """Stop this home's PostgreSQL, also one that a dead parent left; return how many stopped."""
    with home.lock():
        return server.stop()


def connect_arguments(database: str = DEFAULT_DATABASE) -> dict[str, Any]:
    """What psycopg2.connect takes to reach a database of the running server."""
    running = _running()
    return {
        "host": "127.0.0.1",
        "port": running.port,
        "user": cluster.SUPERUSER,
        "password": home.settings()["postgres_password"],
        "dbname": database,
        "sslmode": "disable",
        "gssencmode": "disable",
    }


def url(database: str = DEFAULT_DATABASE) -> str:
    """The same as a URL for libpq."""
    to = connect_arguments(database)
    login = f"{to['user']}:{quote(to['password'], safe='')}"
    return (
        f"postgresql://{login}@{to['host']}:{to['port']}/{quote(database, safe='')}?sslmode=disable"
    )


def connect(database: str = "postgres") -> connection:
    """A plain, autocommitting PostgreSQL connection, for the upkeep of the stack itself."""
    try:
        import psycopg2
    except ImportError:
        raise StackError(MISSING.format(name="psycopg2")) from None
    try:
        made: connection = psycopg2.connect(**connect_arguments(database))
    except psycopg2.OperationalError as error:
        raise StackError(str(error).strip().splitlines()[0]) from None
    made.autocommit = True
    return made


def create_database(name: str) -> None:
    """Make an empty warehouse from the template."""
    _run(f"CREATE DATABASE {quoted(name)} TEMPLATE {TEMPLATE}")


def drop_database(name: str) -> None:
    """Drop a warehouse and end its sessions."""
    _run(f"DROP DATABASE IF EXISTS {quoted(name)} WITH (FORCE)")


def set_option(database: str, name: str, value: str) -> None:
    """Set an option of the stand-in itself, for the sessions that begin from now on."""
    made = connect(database)
    try:
        with made.cursor() as cursor:
            cursor.execute(
                "INSERT INTO redshift_catalog.settings VALUES (%s, %s)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [name, value],
            )
    finally:
        made.close()


def databases() -> list[str]:
    """The warehouses of this server."""
    return [
        name
        for (name,) in _run(
            "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'"
            " ORDER BY 1"
        )
    ]


def quoted(name: str) -> str:
    """An identifier as SQL text."""
    return '"' + name.replace('"', '""') + '"'


def _running() -> server.Server:
    running = server.running()
    if running is None:
        raise StackError("the embedded stack is not running; start it: python -m embedded start")
    return running


def _run(sql: str) -> list[tuple[Any, ...]]:
    made = connect()
    try:
        with made.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []
    finally:
        made.close()
