"""ALTER: which kind of thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from embedded.statements import (
    accounts,
    alter_table,
    create,
    databases,
    privileges,
    schemas,
    views,
)
from embedded.statements.answer import Answer
from embedded.statements.reader import Reader
from embedded.statements.split import Statement

if TYPE_CHECKING:
    from embedded.session import Session

_ALTERERS: dict[str, Callable[[Session, Reader], Answer]] = {
    "table": alter_table.alter_table,
    "view": views.alter_view,
    "schema": schemas.alter_schema,
    "database": databases.alter_database,
    "user": accounts.alter_user,
    "group": accounts.alter_group,
    "role": accounts.alter_role,
}


def alter(session: Session, statement: Statement) -> Answer:
    """ALTER of any kind."""
    reader = Reader(statement)
    reader.expect("alter")
    if reader.accept("default", "privileges"):
        return privileges.alter_default_privileges(session, reader)
    kind = reader.accept_any(*_ALTERERS)
    if kind:
        return _ALTERERS[kind](session, reader)
    return create.refuse(reader, "ALTER")


HANDLERS = {"alter": alter}
