"""A prompt over the Redshift door: statements up to a semicolon, aligned tables, Redshift's errors.

Reads a pipe as well, then stops at the first error. Ctrl-C drops what was typed or cancels what
runs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from embedded import home
from embedded.home import MISSING, StackError

if TYPE_CHECKING:
    from psycopg2.extensions import connection

_HELP = r"""\d           tables and views
\d NAME      the columns of one: \d sparkify.users
\dt          tables
\dn          schemas
\q           leave (also Ctrl-D)
\?           this help
Anything else is sent to Redshift when a semicolon ends it."""
_SEARCH_PATH = "public,sparkify,etl"  # the star schema answers without its schema's name
_USER_SCHEMAS = "NOT IN ('pg_catalog', 'information_schema', 'pg_internal', 'pg_toast')"
_RELATIONS = f"""SELECT table_schema, table_name, table_type, remarks FROM svv_tables
WHERE table_schema {_USER_SCHEMAS} {{also}} ORDER BY 1, 2"""
_SCHEMAS = f"SELECT nspname AS schema FROM pg_namespace WHERE nspname {_USER_SCHEMAS} ORDER BY 1"
_COLUMNS = """SELECT table_schema, column_name, data_type, character_maximum_length AS length,
    numeric_precision AS precision, numeric_scale AS scale, is_nullable, remarks
FROM svv_columns WHERE table_name = %s {also} ORDER BY table_schema, ordinal_position"""


def run(database: str, command: str | None = None) -> int:
    """Talk until the input ends; return the exit status: 1 after an error in a pipe or a -c."""
    try:
        import psycopg2

        import embedded
        from embedded import postgres
    except ImportError as error:
        raise StackError(MISSING.format(name=error.name)) from None
    try:
        made = embedded.connect(
            **postgres.connect_arguments(database), options=f"-c search_path={_SEARCH_PATH}"
        )
    except psycopg2.OperationalError as error:
        raise StackError(str(error).strip().splitlines()[0]) from None
    made.autocommit = True
    try:
        if command is not None:
            return _run_all(made, iter([command]))
        if sys.stdin.isatty():
            return _converse(made, database)
        return _run_all(made, iter(sys.stdin))
    finally:
        made.close()


def _run_all(made: connection, lines: Iterator[str]) -> int:
    """Run statements that nobody types; the last one may lack its semicolon."""
    buffer = ""
    for line in lines:
        if not buffer.strip() and line.startswith("\\"):
            if not _meta(made, line.strip()):
                return 0
            continue
        buffer += line
        if _is_complete(buffer):
            if not _send(made, buffer):
                return 1
            buffer = ""
    return 0 if not buffer.strip() or _send(made, buffer) else 1


def _converse(made: connection, database: str) -> int:
    _remember_lines()
    print(f"The embedded Redshift, database {database}. \\? for help, \\q to leave.")
    buffer = ""
    while True:
        try:
            line = input(f"{database}{'-' if buffer else '='}# ")
        except EOFError:
            print()
            return 0
        except KeyboardInterrupt:
            print()
            buffer = ""
            continue
        if not buffer and line.startswith("\\"):
            if not _meta(made, line.strip()):
                return 0
            continue
        buffer = f"{buffer}\n{line}" if buffer else line
        if not buffer.strip():
            buffer = ""
        elif _is_complete(buffer):
            _send(made, buffer)
            buffer = ""


def _meta(made: connection, line: str) -> bool:
    """Do a backslash command; False to leave."""
    word, _, name = line.rstrip(";").partition(" ")
    if word in ("\\q", "\\quit"):
        return False
    if word == "\\?":
        print(_HELP)
    elif word == "\\d" and name.strip():
        schema, _, table = name.strip().lower().rpartition(".")
        also = "AND table_schema = %s" if schema else ""
        _show_query(made, _COLUMNS.format(also=also), (table, schema) if schema else (table,))
    elif word == "\\d":
        _show_query(made, _RELATIONS.format(also=""))
    elif word == "\\dt":
        _show_query(made, _RELATIONS.format(also="AND table_type = 'BASE TABLE'"))
    elif word == "\\dn":
        _show_query(made, _SCHEMAS)
    else:
        print(f"no command {word}; \\? lists them")
    return True


def _is_complete(text: str) -> bool:
    """Whether the last thing is a semicolon outside of quotes and comments."""
    from embedded.errors import NotImitated, Refused
    from embedded.statements.lexer import tokens

    try:
        found = list(tokens(text))
    except (Refused, NotImitated):
        return False  # an open quote or comment
    return bool(found) and found[-1].text == ";"


def _send(made: connection, text: str) -> bool:
    """Run the statements of a text one after the other; False after an error."""
    from embedded.statements import split

    return all(_show_query(made, statement.text) for statement in split(text))


def _show_query(made: connection, sql: str, arguments: tuple[str, ...] | None = None) -> bool:
    import psycopg2

    from embedded import NotImitated
    from embedded.prompt_table import show

    try:
        with made.cursor() as cursor:
            _execute(made, lambda: cursor.execute(sql, arguments))
            _show_notices(made)
            show(cursor)
    except psycopg2.Error as error:
        _show_notices(made)
        print((error.pgerror or f"ERROR:  {error}").strip(), file=sys.stderr)
        return False
    except NotImitated as error:
        print(f"ERROR:  {error}", file=sys.stderr)
        return False
    return True


def _execute(made: connection, execute: Callable[[], None]) -> None:
    """Run it on another thread, so that signals reach us and cancel the statement.

    At a terminal Ctrl-C ends the statement with the server's error, elsewhere it ends us.
    """
    with ThreadPoolExecutor(1) as worker:
        running = worker.submit(execute)
        try:
            running.result()
        except KeyboardInterrupt:
            made.cancel()
            if not sys.stdin.isatty():
                raise
            running.result()
        except SystemExit:
            made.cancel()
            raise


def _show_notices(made: connection) -> None:
    for notice in made.notices:
        print(notice.strip(), file=sys.stderr)
    del made.notices[:]


def _remember_lines() -> None:
    """Line editing with a history in the home, where Python has it."""
    import atexit

    try:
        import readline
    except ImportError:
        return
    history = home.folder() / "psql_history"
    if not history.exists():
        home.write_private(history, "")
    readline.read_history_file(str(history))
    atexit.register(readline.write_history_file, str(history))
