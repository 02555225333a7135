"""ALTER TABLE: one change at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.errors import NotImitated, Refused
from embedded.names import quoted
from embedded.statements import alter_column, alter_keys, alter_layout, append, late_views
from embedded.statements.answer import Answer
from embedded.statements.reader import Reader
from embedded.statements.relations import check_name

if TYPE_CHECKING:
    from embedded.session import Session

DONE = Answer(status="ALTER TABLE")
_LAYOUT = ("distkey", "diststyle", "sortkey", "compound", "interleaved", "encode")
_CONSTRAINTS = ("constraint", "unique", "primary", "foreign", "check", "exclude")


def alter_table(session: Session, reader: Reader) -> Answer:
    """ALTER TABLE name and one change."""
    name = reader.qualified_name()
    if reader.accept("append", "from"):
        return append.append(session, name, reader)
    session.transaction.touch_data()
    late_views.unbind(session, quoted(*name[-2:]))
    _change(session, name, reader)
    session.transaction.tables_changed()
    return DONE


def _change(session: Session, name: list[str], reader: Reader) -> None:
    if reader.accept("add"):
        if reader.peek().is_word(*_CONSTRAINTS):
            alter_keys.add(session, name, reader)
        else:
            reader.accept("column")
            alter_column.add(session, name, reader)
    elif reader.accept("drop", "constraint"):
        alter_keys.drop(session, name, reader)
    elif reader.accept("drop"):
        reader.accept("column")
        alter_column.drop(session, name, reader)
    elif reader.accept("rename"):
        _rename(session, name, reader)
    elif reader.accept("owner", "to"):
        _simple(session, name, reader, f"OWNER TO {quoted(reader.name())}")
    elif reader.accept("alter"):
        _alter(session, name, reader)
    else:
        _other(reader)


def _other(reader: Reader) -> None:
    if reader.accept("row", "level", "security") or reader.accept("masking"):
        raise NotImitated("row level security and masking")
    if reader.accept("set", "location") or reader.accept("set", "file"):
        raise NotImitated("external tables")
    if reader.accept("set", "table", "properties"):
        raise NotImitated("external tables")
    reader.fail()


def _simple(session: Session, name: list[str], reader: Reader, change: str) -> None:
    reader.finish()
    session.transaction.touch_data()
    session.columns(".".join(map(quoted, name)))
    session.run(f"ALTER TABLE {quoted(*name[-2:])} {change}")


def _rename(session: Session, name: list[str], reader: Reader) -> None:
    if reader.accept("to"):
        to = reader.name()
        check_name([to])
        _simple(session, name, reader, f"RENAME TO {quoted(to)}")
        return
    reader.accept("column")
    old = reader.name()
    reader.expect("to")
    new = reader.name()
    check_name([new])
    _simple(session, name, reader, f"RENAME COLUMN {quoted(old)} TO {quoted(new)}")


def _alter(session: Session, name: list[str], reader: Reader) -> None:
    if reader.peek().is_word(
        "distkey", "diststyle", "sortkey", "compound", "interleaved", "encode"
    ):
        alter_layout.alter(session, name, reader)
        return
    reader.accept("column")
    column = reader.name()
    if reader.accept("type"):
        alter_column.resize(session, name, column, reader)
    elif reader.accept("encode"):
        alter_layout.encode(session, name, column, reader)
    elif reader.sees("set", "default") or reader.sees("drop", "default"):
        raise Refused("0A000", "ALTER COLUMN SET/DROP DEFAULT is not supported")
    elif reader.sees("set", "not") or reader.sees("drop", "not"):
        raise Refused("0A000", "ALTER COLUMN SET/DROP NOT NULL is not supported")
    else:
        reader.fail()
