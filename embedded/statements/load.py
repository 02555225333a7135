"""COPY and UNLOAD, which embedded.copy executes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.names import quoted, to_regclass
from embedded.statements import identities
from embedded.statements.answer import Answer
from embedded.statements.reader import Reader
from embedded.statements.relations import map_new_blocks
from embedded.statements.split import Statement

if TYPE_CHECKING:
    from embedded.session import Session


def copy(session: Session, statement: Statement) -> Answer:
    """COPY: the server tells no count."""
    from embedded.copy import copy as execute

    transaction = session.transaction
    transaction.touch_data()
    reader = Reader(statement)
    reader.expect("copy")
    table = quoted(*reader.qualified_name()[-2:])
    before, after = "", ""
    if session.run(f"SELECT {to_regclass(table)} IS NOT NULL")[0][0]:
        before, after = identities.gaps(session, table)
        before = transaction.write_lock(table) + before
    if before:
        session.control(before)
    execute(session, statement.text)
    session.control(after + map_new_blocks(table))
    return Answer(status="COPY", rowcount=-1)


def unload(session: Session, statement: Statement) -> Answer:
    """UNLOAD."""
    from embedded.copy import unload as execute

    session.transaction.touch_data()
    execute(session, statement.text)
    return Answer(status="UNLOAD", rowcount=-1)


HANDLERS = {"copy": copy, "unload": unload}
