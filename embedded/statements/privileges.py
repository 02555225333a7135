"""GRANT, REVOKE and ALTER DEFAULT PRIVILEGES."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.errors import NotImitated
from embedded.names import quoted
from embedded.statements.answer import Answer
from embedded.statements.reader import Reader
from embedded.statements.split import Statement

if TYPE_CHECKING:
    from embedded.session import Session

_ON_TABLES = ("select", "insert", "update", "delete", "references", "truncate", "drop", "alter")
_ON_SCHEMAS = ("create", "usage", "alter", "drop")
_ON_DATABASES = ("create", "temporary", "temp", "usage", "alter")
_SYSTEM_VIEWS = ("svv_", "svl_", "svcs_", "stl_", "stv_", "sys_")
_NOT_IMITATED = (
    "function",
    "procedure",
    "language",
    "copy",
    "datashare",
    "model",
    "external",
    "job",
)


def grant(session: Session, statement: Statement) -> Answer:
    """GRANT privileges on tables, schemas and databases, or roles."""
    return _change(session, Reader(statement), "grant", "to")


def revoke(session: Session, statement: Statement) -> Answer:
    """REVOKE, in the same forms."""
    return _change(session, Reader(statement), "revoke", "from")


def _change(session: Session, reader: Reader, verb: str, direction: str) -> Answer:
    reader.expect(verb)
    option = verb == "revoke" and reader.accept("grant", "option", "for")
    if reader.accept("role"):
        sql = [_roles(reader, verb, direction)]
    else:
        sql = _privileges(reader, verb, direction, option)
    session.transaction.touch_data()
    for command in sql:
        session.run(command)
    return Answer(status=verb.upper())


def _roles(reader: Reader, verb: str, direction: str) -> str:
    roles = [reader.name()]
    while reader.accept(","):
        roles.append(reader.name())
    reader.expect(direction)
    to, _ = _grantees(reader)
    reader.accept("with", "admin", "option")
    reader.finish()
    return f"{verb.upper()} {', '.join(map(quoted, roles))} {direction.upper()} {to}"


def _privileges(reader: Reader, verb: str, direction: str, option: bool) -> list[str]:
    privileges = _listed(reader)
    reader.expect("on")
    kind, objects = _objects(reader)
    reader.expect(direction)
    to, with_option = _grantees(reader)
    if verb == "revoke":
        reader.accept_any("cascade", "restrict")
    reader.finish()
    allowed = {"DATABASE": _ON_DATABASES, "SCHEMA": _ON_SCHEMAS}.get(kind, _ON_TABLES)
    known = _known(privileges, allowed, kind, reader)
    if not known:
        return []
    before = "GRANT OPTION FOR " if option else ""
    after = " WITH GRANT OPTION" if with_option else ""
    what = f"{verb.upper()} {before}{', '.join(known)} ON {kind} {objects}"
    return [f"{what} {direction.upper()} {to}{after}"]


def _listed(reader: Reader) -> list[str]:
    if reader.accept("all"):
        reader.accept("privileges")
        return ["all" + _columns(reader)]
    listed: list[str] = []
    while not listed or reader.accept(","):
        word = reader.any_word().lower()
        if word in ("execute", "assumerole", "ignore", "explain"):
            raise NotImitated(f"GRANT and REVOKE {word.upper()}")
        if word not in (*_ON_TABLES, *_ON_SCHEMAS, *_ON_DATABASES):
            reader.position -= 1
            reader.fail()
        listed.append(word + _columns(reader))
    return listed


def _columns(reader: Reader) -> str:
    return f" ({', '.join(map(quoted, reader.names()))})" if reader.sees("(") else ""


def _known(privileges: list[str], allowed: tuple[str, ...], kind: str, reader: Reader) -> list[str]:
    known = []
    for privilege in privileges:
        word = privilege.split(" ")[0]
        if word != "all" and word not in allowed:
            reader.position = 1
            reader.fail()
        if word in ("drop", "alter") or (kind == "DATABASE" and word == "usage"):
            continue  # PostgreSQL leaves these to the owner
        known.append(privilege.replace(word, word.upper(), 1))
    return known


def _objects(reader: Reader) -> tuple[str, str]:
    if reader.peek().is_word(*_NOT_IMITATED) and reader.peek(1).kind in ("word", "quoted"):
        raise NotImitated(f"privileges ON {reader.peek().text.upper()}")
    if reader.accept("all"):
        if reader.sees("functions") or reader.sees("procedures"):
            raise NotImitated("privileges ON FUNCTION")
        reader.expect("tables", "in", "schema")
        return "ALL TABLES IN SCHEMA", _names(reader)
    for kind in ("schema", "database"):
        if reader.accept(kind):
            return kind.upper(), _names(reader)
    reader.accept("table")
    return "TABLE", _names(reader)


def _names(reader: Reader) -> str:
    found = [_name(reader)]
    while reader.accept(","):
        found.append(_name(reader))
    return ", ".join(found)


def _name(reader: Reader) -> str:
    parts = reader.qualified_name()[-2:]
    system = len(parts) == 1 and parts[0].startswith(_SYSTEM_VIEWS)
    return quoted("redshift_catalog", *parts) if system else quoted(*parts)


def _grantees(reader: Reader) -> tuple[str, bool]:
    found: list[str] = []
    option = False
    while not found or reader.accept(","):
        if reader.accept("public"):
            found.append("PUBLIC")
            continue
        reader.accept_any("group", "role", "user")
        found.append(quoted(reader.name()))
        option |= reader.accept("with", "grant", "option")
    return ", ".join(found), option


def alter_default_privileges(session: Session, reader: Reader) -> Answer:
    """ALTER DEFAULT PRIVILEGES [FOR USER] [IN SCHEMA] GRANT | REVOKE."""
    scope = _scope(reader)
    verb = reader.expect_any("grant", "revoke")
    option = verb == "revoke" and reader.accept("grant", "option", "for")
    privileges = _listed(reader)
    reader.expect("on")
    if reader.sees("functions") or reader.sees("procedures"):
        raise NotImitated("privileges ON FUNCTION")
    reader.expect("tables")
    change = _to_whom(reader, verb, option, _known(privileges, _ON_TABLES, "TABLE", reader))
    session.transaction.touch_data()
    if change:
        session.run(f"ALTER DEFAULT PRIVILEGES{scope} {change}")
    return Answer(status="ALTER DEFAULT PRIVILEGES")


def _scope(reader: Reader) -> str:
    scope = ""
    if reader.accept("for"):
        reader.expect_any("user", "role")
        scope += f" FOR ROLE {_names(reader)}"
    if reader.accept("in", "schema"):
        scope += f" IN SCHEMA {_names(reader)}"
    return scope


def _to_whom(reader: Reader, verb: str, option: bool, known: list[str]) -> str:
    direction = "to" if verb == "grant" else "from"
    reader.expect(direction)
    to, with_option = _grantees(reader)
    reader.accept_any("cascade", "restrict")
    reader.finish()
    if not known:
        return ""
    before = "GRANT OPTION FOR " if option else ""
    after = " WITH GRANT OPTION" if with_option else ""
    what = f"{verb.upper()} {before}{', '.join(known)} ON TABLES"
    return f"{what} {direction.upper()} {to}{after}"


HANDLERS = {"grant": grant, "revoke": revoke}
