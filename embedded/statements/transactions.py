"""BEGIN, COMMIT, ROLLBACK and LOCK; savepoints, which Redshift does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.errors import Refused
from embedded.names import quoted
from embedded.statements.answer import Answer
from embedded.statements.reader import Reader
from embedded.statements.split import Statement

if TYPE_CHECKING:
    from embedded.session import Session

_ENDS = ("commit", "end", "rollback", "abort")


def ends_a_block(statement: Statement) -> bool:
    """Whether a dead block still takes this statement."""
    return statement.verb in _ENDS


def begin(session: Session, statement: Statement) -> Answer:
    """BEGIN or START TRANSACTION; the isolation level is read and has no effect."""
    reader = Reader(statement)
    if reader.accept("start"):
        reader.expect("transaction")
    else:
        reader.expect("begin")
        reader.accept_any("work", "transaction")
    access = characteristics(reader)
    transaction = session.transaction
    if not transaction.own:
        session.warn("there is already a transaction in progress")
    transaction.own = False
    if access:
        transaction.characterize(f"SET TRANSACTION {access}")
    status = "BEGIN" if statement.verb == "begin" else "START TRANSACTION"
    return Answer(status=status, snapshot=False)


def characteristics(reader: Reader) -> str:
    """Read the modes of a transaction; READ ONLY or READ WRITE is what counts of them."""
    access = ""
    while not reader.done:
        if reader.accept("isolation", "level"):
            _isolation_level(reader)
        else:
            reader.expect("read")
            access = f"READ {reader.expect_any('only', 'write').upper()}"
        reader.accept(",")
    return access


def _isolation_level(reader: Reader) -> None:
    if reader.accept("read"):
        reader.expect_any("committed", "uncommitted")
    elif not reader.accept("repeatable", "read"):
        reader.expect_any("serializable", "snapshot")


def commit(session: Session, statement: Statement) -> Answer:
    """COMMIT or END."""
    return _end(session, statement, "COMMIT")


def rollback(session: Session, statement: Statement) -> Answer:
    """ROLLBACK or ABORT."""
    return _end(session, statement, "ROLLBACK")


def _end(session: Session, statement: Statement, command: str) -> Answer:
    reader = Reader(statement)
    reader.take()
    if reader.accept("prepared"):
        raise _unsupported(statement)
    reader.accept_any("work", "transaction")
    if reader.sees("to"):
        raise _unsupported(statement)
    reader.finish()
    if session.transaction.own:
        session.warn("there is no transaction in progress")
    return Answer(command)


def _unsupported(statement: Statement) -> Refused:
    return Refused("0A000", f'SQL command "{statement.text}" not supported.')


def savepoint(session: Session, statement: Statement) -> Answer:
    """Refused: Redshift has no savepoints."""
    Reader(statement)
    raise _unsupported(statement)


def lock(session: Session, statement: Statement) -> Answer:
    """LOCK: ACCESS EXCLUSIVE on each table; as a first statement it takes no snapshot."""
    reader = Reader(statement)
    reader.expect("lock")
    reader.accept("table")
    tables = [_table(reader)]
    while reader.accept(","):
        tables.append(_table(reader))
    reader.finish()
    session.transaction.fresh()
    session.transaction.locked.update(tables)
    return Answer(
        f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE",
        status="LOCK TABLE",
        snapshot=False,
    )


def _table(reader: Reader) -> str:
    return quoted(*reader.qualified_name())


HANDLERS = {
    "begin": begin,
    "start": begin,
    "commit": commit,
    "end": commit,
    "rollback": rollback,
    "abort": rollback,
    "savepoint": savepoint,
    "release": savepoint,
    "lock": lock,
}
