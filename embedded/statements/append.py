"""ALTER TABLE ... APPEND FROM: moves all rows, at once and for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.columns import Column
from embedded.errors import Refused
from embedded.names import quoted, to_regclass
from embedded.statements.answer import Answer
from embedded.statements.reader import Reader

if TYPE_CHECKING:
    from embedded.session import Session


def append(session: Session, name: list[str], reader: Reader) -> Answer:
    """Move the rows of a table of the same columns; commits at once."""
    source = reader.qualified_name()
    option = reader.accept_any("ignoreextra", "filltarget")
    reader.finish()
    session.transaction.leave_block("ALTER TABLE APPEND")
    session.transaction.enter()
    session.transaction.touch_data()
    target_columns = session.columns(".".join(map(quoted, name)))
    source_columns = session.columns(".".join(map(quoted, source)))
    for table in (name, source):
        _check_permanent(session, table)
    moved = _moved(target_columns, source_columns, option)
    _move(session, quoted(*name[-2:]), quoted(*source[-2:]), moved)
    return Answer(status="ALTER TABLE APPEND")


def _check_permanent(session: Session, name: list[str]) -> None:
    found = to_regclass(quoted(*name[-2:]))
    query = "SELECT relpersistence = 't', relkind = 'r' FROM pg_catalog.pg_class"
    temporary, table = session.run(f"{query} WHERE oid = {found}")[0]
    if temporary or not table:
        message = f'ALTER TABLE APPEND needs permanent tables, and "{name[-1]}" is none'
        raise Refused("0A000", message)


def _moved(target: list[Column], source: list[Column], option: str | None) -> list[str]:
    wanted = {column.name: column for column in target}
    given = {column.name: column for column in source}
    extra, missing = given.keys() - wanted.keys(), wanted.keys() - given.keys()
    if extra and option != "ignoreextra":
        raise _mismatch("the source table has columns that the target table lacks", extra)
    if missing and option != "filltarget":
        raise _mismatch("the target table has columns that the source table lacks", missing)
    both = [column.name for column in target if column.name in given]
    for name in both:
        a, b = wanted[name], given[name]
        if (a.type, a.length, a.precision, a.scale) != (b.type, b.length, b.precision, b.scale):
            raise _mismatch("columns differ in their types", {name})
    return both


def _mismatch(what: str, columns: set[str]) -> Refused:
    names = ", ".join(sorted(columns))
    return Refused("0A000", f"ALTER TABLE APPEND cannot run: {what}", f"Columns: {names}")


def _move(session: Session, target: str, source: str, columns: list[str]) -> None:
    listed = ", ".join(map(quoted, columns))
    session.run(f"LOCK TABLE {target}, {source} IN ACCESS EXCLUSIVE MODE")
    session.run(
        f"INSERT INTO {target} ({listed}) OVERRIDING SYSTEM VALUE SELECT {listed} FROM {source}"
    )
    session.run(f"TRUNCATE TABLE {source}")
