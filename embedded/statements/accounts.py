"""Users, groups and roles, all of which are roles of PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from embedded.errors import NotImitated
from embedded.names import literal, quoted
from embedded.statements.answer import Answer
from embedded.statements.reader import Reader
from embedded.statements.settings import given_values, listed, parameter, spelled

if TYPE_CHECKING:
    from embedded.session import Session

_FLAGS = {
    "createdb": "CREATEDB",
    "nocreatedb": "NOCREATEDB",
    "createuser": "SUPERUSER",
    "nocreateuser": "NOSUPERUSER",
}


def create_user(session: Session, reader: Reader) -> Answer:
    """CREATE USER name [WITH] PASSWORD ... and its options."""
    name = reader.name()
    options, groups = _user_options(reader)
    session.transaction.touch_data()
    session.run(f"CREATE USER {quoted(name)} {options}")
    for group in groups:
        session.run(f"GRANT {quoted(group)} TO {quoted(name)}")
    return Answer(status="CREATE USER")


def alter_user(session: Session, reader: Reader) -> Answer:
    """ALTER USER name with the same options, RENAME TO, SET and RESET."""
    name = quoted(reader.name())
    session.transaction.touch_data()
    if reader.accept("rename", "to"):
        session.run(f"ALTER USER {name} RENAME TO {quoted(reader.name())}")
    elif reader.accept("set"):
        session.run(f"ALTER USER {name} SET {_setting(reader)}")
    elif reader.accept("reset"):
        session.run(f"ALTER USER {name} RESET {spelled(parameter(reader))}")
    else:
        options, _ = _user_options(reader)
        session.run(f"ALTER USER {name} {options}")
    reader.finish()
    return Answer(status="ALTER USER")


def _setting(reader: Reader) -> str:
    """What every session of a user starts with."""
    name = parameter(reader)
    if not reader.accept("="):
        reader.expect("to")
    return f"{spelled(name)} TO {listed(given_values(reader, name))}"


def _user_options(reader: Reader) -> tuple[str, list[str]]:
    options: list[str] = []
    groups: list[str] = []
    reader.accept("with")
    while not reader.done:
        flag = reader.accept_any(*_FLAGS)
        if flag:
            options.append(_FLAGS[flag])
        elif reader.accept("password"):
            options.append(_password(reader))
        elif reader.accept("in", "group"):
            groups.append(reader.name())
            while reader.accept(","):
                groups.append(reader.name())
        else:
            options.append(_limits(reader))
    return " ".join(options), groups


def _password(reader: Reader) -> str:
    if reader.accept("disable"):
        return "PASSWORD NULL"
    return f"PASSWORD {literal(reader.string())}"


def _limits(reader: Reader) -> str:
    if reader.accept("valid", "until"):
        return f"VALID UNTIL {literal(reader.string())}"
    if reader.accept("connection", "limit"):
        return f"CONNECTION LIMIT {-1 if reader.accept('unlimited') else reader.integer()}"
    if reader.accept("syslog", "access"):
        reader.expect_any("restricted", "unrestricted")
    elif reader.accept("session", "timeout"):
        reader.integer()
    elif reader.sees("externalid"):
        raise NotImitated("EXTERNALID of users")
    else:
        reader.fail()
    return ""


def create_group(session: Session, reader: Reader) -> Answer:
    """CREATE GROUP name [[WITH] USER a, b]."""
    name = quoted(reader.name())
    users: list[str] = []
    reader.accept("with")
    if reader.accept("user"):
        users = _names(reader)
    reader.finish()
    session.transaction.touch_data()
    session.run(f"CREATE ROLE {name} NOLOGIN")
    session.run(f"COMMENT ON ROLE {name} IS 'group'")
    for user in users:
        session.run(f"GRANT {name} TO {user}")
    return Answer(status="CREATE GROUP")


def _names(reader: Reader) -> list[str]:
    found = [quoted(reader.name())]
    while reader.accept(","):
        found.append(quoted(reader.name()))
    return found


def alter_group(session: Session, reader: Reader) -> Answer:
    """ALTER GROUP name ADD USER | DROP USER | RENAME TO."""
    name = quoted(reader.name())
    session.transaction.touch_data()
    if reader.accept("rename", "to"):
        session.run(f"ALTER ROLE {name} RENAME TO {quoted(reader.name())}")
    else:
        verb = reader.expect_any("add", "drop")
        reader.expect("user")
        for user in _names(reader):
            change = f"GRANT {name} TO" if verb == "add" else f"REVOKE {name} FROM"
            session.run(f"{change} {user}")
    reader.finish()
    return Answer(status="ALTER GROUP")


def create_role(session: Session, reader: Reader) -> Answer:
    """CREATE ROLE name [EXTERNALID ...]."""
    name = quoted(reader.name())
    if reader.sees("externalid"):
        raise NotImitated("EXTERNALID of roles")
    reader.finish()
    session.transaction.touch_data()
    session.run(f"CREATE ROLE {name} NOLOGIN")
    session.run(f"COMMENT ON ROLE {name} IS 'role'")
    return Answer(status="CREATE ROLE")


def alter_role(session: Session, reader: Reader) -> Answer:
    """ALTER ROLE name RENAME TO | OWNER TO."""
    name = quoted(reader.name())
    if reader.sees("owner") or reader.sees("with") or reader.sees("externalid"):
        raise NotImitated("ALTER ROLE but for RENAME TO")
    reader.expect("rename", "to")
    to = quoted(reader.name())
    reader.finish()
    session.transaction.touch_data()
    session.run(f"ALTER ROLE {name} RENAME TO {to}")
    return Answer(status="ALTER ROLE")


def dropper(kind: str) -> Callable[[Session, Reader], Answer]:
    """How a user, a group or a role is dropped."""

    def drop(session: Session, reader: Reader) -> Answer:
        if_exists = "IF EXISTS " if reader.accept("if", "exists") else ""
        names = ", ".join(_names(reader))
        reader.accept_any("force", "restrict")
        reader.finish()
        session.transaction.touch_data()
        session.run(f"DROP ROLE {if_exists}{names}")
        return Answer(status=f"DROP {kind}")

    return drop
