"""SET, RESET and SHOW."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from embedded.errors import Refused
from embedded.names import literal, quoted
from embedded.statements.answer import Answer
from embedded.statements.parameters import FLAGS, OWN, READ_ONLY, SHARED
from embedded.statements.reader import Reader
from embedded.statements.show import show_object
from embedded.statements.split import Statement

if TYPE_CHECKING:
    from embedded.session import Session


def set_(session: Session, statement: Statement) -> Answer:
    """SET [SESSION | LOCAL] parameter TO value."""
    reader = Reader(statement)
    reader.expect("set")
    if reader.accept("session", "authorization"):
        return _authorization(session, reader)
    if reader.accept("session", "characteristics", "as", "transaction"):
        return _isolation(reader)
    if reader.accept("transaction"):
        return _isolation(reader)
    scope = (reader.accept_any("session", "local") or "").upper()
    if reader.accept("time", "zone"):
        name = "timezone"
    else:
        name = parameter(reader)
        if not reader.accept("="):
            reader.expect("to")
    given = given_values(reader, name)
    value = listed(given)
    command = f"SET {scope} {spelled(name)} TO {value}"
    command += _flagged(session, scope, name, given[0] if given else "DEFAULT")
    session.transaction.remember_setting(command)
    return Answer(command, status="SET", snapshot=False)


def _isolation(reader: Reader) -> Answer:
    from embedded.statements.transactions import characteristics

    characteristics(reader)
    return Answer(status="SET", snapshot=False)


def parameter(reader: Reader) -> str:
    """The name of a parameter that can be set."""
    name = reader.any_word().lower()
    while reader.accept("."):
        name += "." + reader.any_word().lower()
    if name in READ_ONLY:
        raise Refused("55P02", f'parameter "{name}" cannot be changed')
    if name not in OWN and name not in SHARED:
        raise Refused("42704", f'unrecognized configuration parameter "{name}"')
    return name


def listed(values: list[str]) -> str:
    """What SET takes for some values."""
    return ", ".join(map(literal, values)) if values else "DEFAULT"


def spelled(name: str) -> str:
    """What PostgreSQL calls a parameter."""
    return f"redshift.{name}" if name in OWN else name


def given_values(reader: Reader, name: str) -> list[str]:
    """The values of a parameter, none for DEFAULT."""
    if reader.accept("default"):
        reader.finish()
        return []
    values = [_one_value(reader)]
    while reader.accept(","):
        values.append(_one_value(reader))
    reader.finish()
    if len(values) > 1 and name not in ("search_path", "datestyle"):
        raise Refused("22023", f"SET {name} takes only one argument")
    check = OWN[name] if name in OWN else SHARED[name]
    if not all(map(check, values)):
        raise Refused("22023", f'invalid value for parameter "{name}": "{values[0]}"')
    return _searched(values) if name == "search_path" else values


def _searched(values: list[str]) -> list[str]:
    """A single string may hold the whole path, as in SET search_path TO '$user, public'."""
    if len(values) == 1 and "," in values[0]:
        return [part.strip().strip('"') for part in values[0].split(",")]
    return values


def _one_value(reader: Reader) -> str:
    sign = "-" if reader.accept("-") else ""
    token = reader.peek()
    if token.kind not in ("word", "quoted", "string", "number"):
        reader.fail()
    reader.take()
    if reader.peek().kind == "word" and token.kind == "number":
        reader.fail()
    return sign + token.value


def _flagged(session: Session, scope: str, name: str, value: str) -> str:
    """The command that notes a parameter which this side of the server must know."""
    if name not in FLAGS:
        return ""
    session.state.flags.pop(name, None)
    if value != "DEFAULT":
        session.state.flags[name] = value
    return f"; SET {scope} redshift.flags TO {literal(json.dumps(session.state.flags))}"


def _authorization(session: Session, reader: Reader) -> Answer:
    if reader.accept("default"):
        session.transaction.remember_setting("SET SESSION AUTHORIZATION DEFAULT")
        return Answer("SET SESSION AUTHORIZATION DEFAULT", status="SET", snapshot=False)
    token = reader.peek()
    name = reader.string() if token.kind == "string" else reader.name()
    reader.finish()
    command = f"SET SESSION AUTHORIZATION {quoted(name)}"
    session.transaction.remember_setting(command)
    return Answer(command, status="SET", snapshot=False)


def reset(session: Session, statement: Statement) -> Answer:
    """RESET parameter | ALL."""
    reader = Reader(statement)
    reader.expect("reset")
    if reader.accept("all"):
        command = "RESET ALL"
        session.state.flags.clear()
    elif reader.accept("session", "authorization"):
        command = "RESET SESSION AUTHORIZATION"
    else:
        name = parameter(reader)
        command = f"RESET {spelled(name)}" + _flagged(session, "", name, "DEFAULT")
    reader.finish()
    session.transaction.remember_setting(command)
    return Answer(command, status="RESET", snapshot=False)


def show(session: Session, statement: Statement) -> Answer:
    """SHOW parameter | ALL, or an object."""
    reader = Reader(statement)
    reader.expect("show")
    if reader.accept("all"):
        return Answer("SELECT * FROM redshift_catalog.parameters ORDER BY name")
    if reader.accept("transaction", "isolation", "level"):
        return Answer("SELECT 'serializable'::text AS transaction_isolation")
    if reader.accept("time", "zone"):
        return Answer("SHOW timezone", snapshot=False)
    shown = show_object(session, reader)
    if shown is not None:
        return shown
    name = reader.any_word().lower()
    reader.finish()
    return _shown(name)


def _shown(name: str) -> Answer:
    if name in OWN:
        return Answer(f"SELECT current_setting('redshift.{name}') AS {quoted(name)}")
    if name in READ_ONLY:
        return Answer(f"SELECT {literal(READ_ONLY[name])}::text AS {quoted(name)}")
    if name in SHARED:
        return Answer(f"SHOW {name}", snapshot=False)
    raise Refused("42704", f'unrecognized configuration parameter "{name}"')


HANDLERS = {"set": set_, "reset": reset, "show": show}
