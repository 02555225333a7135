"""DROP and TRUNCATE."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from embedded.errors import Refused
from embedded.names import quoted, to_regclass
from embedded.statements import accounts, create, databases, late_views
from embedded.statements.answer import Answer
from embedded.statements.reader import Reader
from embedded.statements.split import Statement

if TYPE_CHECKING:
    from embedded.session import Session

Dropper = Callable[["Session", Reader], Answer]


def drop(session: Session, statement: Statement) -> Answer:
    """DROP of any kind."""
    reader = Reader(statement)
    reader.expect("drop")
    kind = reader.accept_any("table", "view", "schema")
    if kind:
        return _relations(session, reader, kind)
    other = reader.accept_any(*_DROPPERS)
    if other:
        return _DROPPERS[other](session, reader)
    return create.refuse(reader, "DROP")


def _relations(session: Session, reader: Reader, kind: str) -> Answer:
    if_exists = reader.accept("if", "exists")
    names = [reader.qualified_name()]
    while reader.accept(","):
        names.append(reader.qualified_name())
    behaviour = (reader.accept_any("cascade", "restrict") or "").upper()
    reader.accept("drop", "external", "database") if kind == "schema" else None
    reader.finish()
    session.transaction.touch_data()
    for name in names:
        _drop(session, kind, name, if_exists, behaviour)
    session.transaction.tables_changed()
    return Answer(status=f"DROP {kind.upper()}")


def _drop(session: Session, kind: str, name: list[str], if_exists: bool, behaviour: str) -> None:
    shown = name[-1]
    if kind == "schema":
        known = session.run("SELECT to_regnamespace(%s) IS NOT NULL", (quoted(shown),))[0][0]
        missing = Refused("3F000", f'schema "{shown}" does not exist')
        target = quoted(shown)
    else:
        known = session.run(f"SELECT {to_regclass(quoted(*name[-2:]))} IS NOT NULL")[0][0]
        missing = Refused("42P01", f'{kind} "{shown}" does not exist')
        target = quoted(*name[-2:])
        if kind == "view" and late_views.forget(session, name):
            return
    if not known:
        if not if_exists:
            raise missing
        session.notice(f'{kind.capitalize()} "{shown}" does not exist and will be skipped')
        return
    if kind == "schema":
        late_views.forget_schema(session, shown)
    else:
        late_views.unbind(session, target)
    session.run(f"DROP {kind.upper()} {target} {behaviour}")


def truncate(session: Session, statement: Statement) -> Answer:
    """TRUNCATE one table: commits what came before, and itself."""
    reader = Reader(statement)
    reader.expect("truncate")
    reader.accept("table")
    name = reader.qualified_name()
    reader.finish()
    session.columns(".".join(map(quoted, name)))
    session.transaction.commit_and_go_on()
    session.run(f"TRUNCATE TABLE {quoted(*name[-2:])}")
    session.transaction.commit_and_go_on()
    return Answer(status="TRUNCATE TABLE")


_DROPPERS: dict[str, Dropper] = {
    "database": databases.drop_database,
    "user": accounts.dropper("USER"),
    "group": accounts.dropper("GROUP"),
    "role": accounts.dropper("ROLE"),
}

HANDLERS = {"drop": drop, "truncate": truncate}
