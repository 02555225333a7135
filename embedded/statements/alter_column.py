"""ALTER TABLE ... ADD, DROP and resize a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.columns import Column
from embedded.errors import Refused
from embedded.names import quoted
from embedded.query.types import redshift_type
from embedded.statements import declared
from embedded.statements.column_grammar import column
from embedded.statements.definitions import ColumnDefinition
from embedded.statements.reader import Reader
from embedded.statements.relations import check_name

if TYPE_CHECKING:
    from embedded.session import Session

_FIXED = ("bytedict", "runlength", "text255", "text32k")


def add(session: Session, name: list[str], reader: Reader) -> None:
    """ADD [COLUMN]: one, with its default and encoding, without keys."""
    found, keys = column(reader, name[-1])
    reader.finish()
    check_name([found.name])
    _check_new(found, bool(keys), name)
    session.transaction.touch_data()
    columns = session.columns(".".join(map(quoted, name)))
    if any(other.name == found.name for other in columns):
        message = f'column "{found.name}" of relation "{name[-1]}" already exists'
        raise Refused("42701", message)
    default = f" DEFAULT {session.translate_expression(found.default)}" if found.default else ""
    not_null = " NOT NULL" if found.not_null else ""
    session.run(
        f"ALTER TABLE {quoted(*name[-2:])}"
        f" ADD COLUMN {quoted(found.name)} {found.postgres_type}{not_null}{default}"
    )
    _remember(session, name, found)


def _check_new(found: ColumnDefinition, keys: bool, name: list[str]) -> None:
    if found.not_null and (not found.default or found.default.lower() == "null"):
        if found.identity:
            raise Refused("0A000", "ALTER TABLE ADD COLUMN does not support identity columns")
        message = (
            "ALTER TABLE ADD COLUMN defined as NOT NULL must have a non-null default expression"
        )
        raise Refused("0A000", message)
    if keys or found.distkey or found.sortkey:
        raise Refused(
            "0A000", "ALTER TABLE ADD COLUMN does not support constraints, DISTKEY and SORTKEY"
        )


def _remember(session: Session, name: list[str], found: ColumnDefinition) -> None:
    if not found.default and not found.encoding:
        return
    number = str(declared.numbers(session, name)[found.name])
    about = declared.load(session, name)
    changed = dict(about or {})
    if found.default:
        changed["defaults"] = {**changed.get("defaults", {}), number: found.default}
    if found.encoding:
        changed["encodings"] = {**changed.get("encodings", {}), number: found.encoding}
    declared.save(session, name, changed, new=about is None)


def drop(session: Session, name: list[str], reader: Reader) -> None:
    """DROP [COLUMN]: not one of the distribution or sort key."""
    dropped = reader.name()
    behaviour = (reader.accept_any("cascade", "restrict") or "").upper()
    reader.finish()
    session.transaction.touch_data()
    existing(session, name, dropped)
    about = declared.load(session, name) or {}
    number = declared.numbers(session, name)[dropped]
    if number == about.get("distkey"):
        raise Refused("0A000", f'cannot drop distkey column "{dropped}"')
    if number in (about.get("sortkey") or []):
        raise Refused("0A000", f'cannot drop sortkey column "{dropped}"')
    if len(session.columns(".".join(map(quoted, name)))) == 1:
        raise Refused("0A000", f'cannot drop the only column of table "{name[-1]}"')
    session.run(f"ALTER TABLE {quoted(*name[-2:])} DROP COLUMN {quoted(dropped)} {behaviour}")
    if about.get("keys"):
        about["keys"] = [key for key in about["keys"] if number not in key["columns"]]
        declared.save(session, name, about)


def existing(session: Session, name: list[str], wanted: str) -> Column:
    """A column of a table, refused when there is none."""
    for found in session.columns(".".join(map(quoted, name))):
        if found.name == wanted:
            return found
    raise Refused("42703", f'column "{wanted}" of relation "{name[-1]}" does not exist')


def resize(session: Session, name: list[str], column_name: str, reader: Reader) -> None:
    """ALTER COLUMN ... TYPE: only the length of a VARCHAR, and not in a block."""
    text = reader.rest()
    if "using" in text.lower().split():
        raise Refused("0A000", "ALTER TABLE ALTER COLUMN does not support USING expression")
    wanted = redshift_type(text, f"{name[-1]}.{column_name}")
    session.transaction.leave_block("ALTER TABLE ALTER COLUMN")
    session.transaction.enter()
    session.transaction.touch_data()
    old = existing(session, name, column_name)
    if old.type != "varchar" or wanted.name != "varchar":
        raise Refused(
            "0A000",
            f'cannot alter type of column "{column_name}": only VARCHAR columns change size',
        )
    _check_resizable(session, name, column_name, old)
    if wanted.length == old.length:
        message = f'cannot alter column "{column_name}" of relation "{name[-1]}", '
        raise Refused("0A000", message + "target column size should be different")
    _check_fits(session, name, column_name, wanted.length or 0)
    altered = f"ALTER TABLE {quoted(*name[-2:])} ALTER COLUMN {quoted(column_name)}"
    session.run(f"{altered} TYPE {wanted.postgres}")


def _check_resizable(session: Session, name: list[str], column_name: str, old: Column) -> None:
    number = declared.numbers(session, name)[column_name]
    about = declared.load(session, name) or {}
    keyed = any(number in key["columns"] for key in about.get("keys", []))
    if old.default or keyed:
        raise Refused(
            "0A000",
            f'cannot alter column "{column_name}": it has a default, or is part of a key',
        )
    encoding = about.get("encodings", {}).get(str(number))
    if encoding in _FIXED:
        raise Refused("0A000", f'cannot alter column "{column_name}" with encoding {encoding}')


def _check_fits(session: Session, name: list[str], column_name: str, length: int) -> None:
    column_ = quoted(column_name)
    longest = session.run(f"SELECT max(octet_length({column_}::text)) FROM {quoted(*name[-2:])}")
    if (longest[0][0] or 0) > length:
        raise Refused(
            "0A000",
            f'cannot alter column "{column_name}" of relation "{name[-1]}", '
            "target column size is smaller than the existing data",
        )
