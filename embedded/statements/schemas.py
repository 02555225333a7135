"""CREATE, ALTER and DROP SCHEMA."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.errors import NotImitated, Refused
from embedded.names import literal, quoted
from embedded.statements.answer import Answer
from embedded.statements.reader import Reader
from embedded.statements.relations import check_name

if TYPE_CHECKING:
    from embedded.session import Session


def create_schema(session: Session, reader: Reader) -> Answer:
    """CREATE SCHEMA [IF NOT EXISTS] name [AUTHORIZATION user] [QUOTA ...]."""
    if_not_exists = reader.accept("if", "not", "exists")
    name = None if reader.sees("authorization") else reader.name()
    owner = reader.name() if reader.accept("authorization") else None
    _quota(reader)
    if not reader.done:
        raise NotImitated("CREATE SCHEMA with objects in it")
    name = name or owner or ""
    check_name([name])
    if name.startswith("pg_"):
        detail = 'The prefix "pg_" is reserved for system schemas.'
        raise Refused("42939", f'unacceptable schema name "{name}"', detail)
    session.transaction.touch_data()
    known = session.run(f"SELECT to_regnamespace({literal(quoted(name))}) IS NOT NULL")[0][0]
    if known and if_not_exists:
        session.notice(f'Schema "{name}" already exists and will be skipped')
    else:
        authorization = f" AUTHORIZATION {quoted(owner)}" if owner else ""
        session.run(f"CREATE SCHEMA {quoted(name)}{authorization}")
    return Answer(status="CREATE SCHEMA")


def _quota(reader: Reader) -> None:
    """Read a quota; nothing here is large enough to need one."""
    if reader.accept("quota") and not reader.accept("unlimited"):
        reader.integer()
        reader.accept_any("mb", "gb", "tb")


def alter_schema(session: Session, reader: Reader) -> Answer:
    """ALTER SCHEMA name RENAME TO | OWNER TO | QUOTA."""
    name = reader.name()
    if reader.accept("rename", "to"):
        change = f"RENAME TO {quoted(reader.name())}"
    elif reader.accept("owner", "to"):
        change = f"OWNER TO {quoted(reader.name())}"
    else:
        if not reader.sees("quota"):
            reader.fail()
        _quota(reader)
        change = ""
    reader.finish()
    if change:
        session.transaction.touch_data()
        session.run(f"ALTER SCHEMA {quoted(name)} {change}")
        session.transaction.tables_changed()
    return Answer(status="ALTER SCHEMA")
