"""CREATE, ALTER and DROP DATABASE; none of them runs in a block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.errors import NotImitated, Refused
from embedded.names import literal, quoted
from embedded.statements.answer import Answer
from embedded.statements.reader import Reader

if TYPE_CHECKING:
    from embedded.session import Session

TEMPLATE = "redshift_template"


def create_database(session: Session, reader: Reader) -> Answer:
    """CREATE DATABASE name [OWNER] [CONNECTION LIMIT] [COLLATE] [ISOLATION LEVEL]."""
    name = reader.name()
    if reader.sees("from"):
        raise NotImitated("CREATE DATABASE FROM")
    owner, isolation = _options(reader)
    session.transaction.leave_block("CREATE DATABASE")
    owned = f" OWNER {quoted(owner)}" if owner else ""
    session.outside(f"CREATE DATABASE {quoted(name)} TEMPLATE {TEMPLATE}{owned}")
    if isolation:
        _set_isolation(session, name, isolation)
    return Answer(status="CREATE DATABASE")


def _options(reader: Reader) -> tuple[str | None, str | None]:
    owner = isolation = None
    reader.accept("with")
    while not reader.done:
        if reader.accept("owner"):
            reader.accept("=")
            owner = reader.name()
        elif reader.accept("connection", "limit"):
            _limit(reader)
        elif reader.accept("collate"):
            if reader.expect_any("case_sensitive", "case_insensitive") == "case_insensitive":
                raise NotImitated("COLLATE CASE_INSENSITIVE")
        else:
            isolation = _isolation(reader)
    return owner, isolation


def _limit(reader: Reader) -> None:
    if not reader.accept("unlimited"):
        reader.integer()


def _isolation(reader: Reader) -> str:
    reader.expect("isolation", "level")
    return reader.expect_any("serializable", "snapshot")


def _set_isolation(session: Session, name: str, level: str) -> None:
    session.outside(f"ALTER DATABASE {quoted(name)} SET redshift.isolation = {literal(level)}")


def alter_database(session: Session, reader: Reader) -> Answer:
    """ALTER DATABASE name RENAME TO | OWNER TO | ISOLATION LEVEL | CONNECTION LIMIT."""
    name = reader.name()
    session.transaction.leave_block("ALTER DATABASE")
    if reader.accept("rename", "to"):
        session.outside(f"ALTER DATABASE {quoted(name)} RENAME TO {quoted(reader.name())}")
    elif reader.accept("owner", "to"):
        session.outside(f"ALTER DATABASE {quoted(name)} OWNER TO {quoted(reader.name())}")
    elif reader.accept("connection", "limit"):
        _limit(reader)
    elif reader.sees("isolation"):
        level = _isolation(reader)
        reader.finish()
        _set_isolation(session, name, level)
        if name == session.database_name:
            session.state.isolation = level
    elif reader.sees("collate") or reader.sees("integration"):
        raise NotImitated(f"ALTER DATABASE {reader.peek().text.upper()}")
    reader.finish()
    return Answer(status="ALTER DATABASE")


def drop_database(session: Session, reader: Reader) -> Answer:
    """DROP DATABASE name [FORCE]."""
    name = reader.name()
    force = " WITH (FORCE)" if reader.accept("force") else ""
    reader.finish()
    session.transaction.leave_block("DROP DATABASE")
    if name == session.database_name:
        raise Refused("55006", "cannot drop the currently open database")
    session.outside(f"DROP DATABASE {quoted(name)}{force}")
    return Answer(status="DROP DATABASE")
