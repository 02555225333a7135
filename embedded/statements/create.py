"""CREATE: which kind of thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from embedded.errors import NotImitated, Refused
from embedded.statements import accounts, databases, schemas, views
from embedded.statements.answer import Answer
from embedded.statements.create_table import create_table
from embedded.statements.reader import Reader
from embedded.statements.split import Statement

if TYPE_CHECKING:
    from embedded.session import Session

_MAKERS: dict[str, Callable[[Session, Reader], Answer]] = {
    "schema": schemas.create_schema,
    "view": views.create_view,
    "database": databases.create_database,
    "user": accounts.create_user,
    "group": accounts.create_group,
    "role": accounts.create_role,
}
NOT_IMITATED = (
    "procedure", "function", "external", "datashare", "library", "model", "masking", "rls",
    "materialized", "identity", "connection", "template",
)  # fmt: skip
UNKNOWN_TO_REDSHIFT = (
    "index", "unique", "sequence", "trigger", "constraint", "domain", "type", "rule", "extension",
    "aggregate", "operator", "cast", "conversion", "tablespace", "collation", "publication",
    "subscription", "statistics", "policy", "event", "server", "foreign", "unlogged",
)  # fmt: skip


def create(session: Session, statement: Statement) -> Answer:
    """CREATE of any kind."""
    reader = Reader(statement)
    reader.expect("create")
    if reader.accept("or", "replace"):
        return _replace(session, reader)
    local = reader.accept("local")
    temporary = reader.accept_any("temporary", "temp") is not None
    if (local and not temporary) or (temporary and not reader.sees("table")):
        reader.fail()
    if reader.accept("table"):
        return create_table(session, reader, temporary)
    kind = reader.accept_any(*_MAKERS)
    if kind:
        return _MAKERS[kind](session, reader)
    return refuse(reader, "CREATE")


def _replace(session: Session, reader: Reader) -> Answer:
    if reader.accept("view"):
        return views.create_view(session, reader, replace=True)
    return refuse(reader, "CREATE OR REPLACE")


def refuse(reader: Reader, verb: str) -> Answer:
    """Tell what Redshift has and is not imitated from what Redshift does not have."""
    word = reader.peek().value
    if word in NOT_IMITATED:
        raise NotImitated(f"{verb} {word.upper()}")
    if word in UNKNOWN_TO_REDSHIFT:
        raise Refused("0A000", f'SQL command "{reader.text}" not supported.')
    reader.fail()


HANDLERS = {"create": create}
