"""ALTER TABLE ... ADD and DROP CONSTRAINT: keys that are remembered and never enforced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from embedded.errors import Refused
from embedded.names import quoted
from embedded.statements import declared
from embedded.statements.keys import check_reference
from embedded.statements.reader import Reader
from embedded.statements.table_grammar import constraint

if TYPE_CHECKING:
    from embedded.session import Session


def add(session: Session, name: list[str], reader: Reader) -> None:
    """ADD [CONSTRAINT name] PRIMARY KEY | UNIQUE | FOREIGN KEY."""
    key = constraint(reader)
    reader.finish()
    session.transaction.touch_data()
    columns = {c.name: c for c in session.columns(".".join(map(quoted, name)))}
    for wanted in key.columns:
        if wanted not in columns:
            raise Refused("42703", f'column "{wanted}" named in key does not exist')
        if key.kind == "p" and not columns[wanted].not_null:
            raise Refused("0A000", f'column "{wanted}" of a primary key must be NOT NULL')
    if key.kind == "f":
        check_reference(session, key)
    about = declared.load(session, name)
    known = (about or {}).get("keys", [])
    if key.kind == "p" and any(other["kind"] == "p" for other in known):
        message = f'multiple primary keys for table "{name[-1]}" are not allowed'
        raise Refused("42P16", message)
    number = declared.numbers(session, name)
    record = declared.numbered({"keys": [declared.key_record(key)]}, number)["keys"]
    declared.save(session, name, {**(about or {}), "keys": [*known, *record]}, new=about is None)


def drop(session: Session, name: list[str], reader: Reader) -> None:
    """DROP CONSTRAINT name."""
    wanted = reader.name()
    reader.accept_any("restrict", "cascade")
    reader.finish()
    session.transaction.touch_data()
    session.columns(".".join(map(quoted, name)))
    about = declared.load(session, name) or {}
    column = {number: known for known, number in declared.numbers(session, name).items()}
    kept = [
        key for key in about.get("keys", []) if constraint_name(name[-1], key, column) != wanted
    ]
    if len(kept) == len(about.get("keys", [])):
        raise Refused("42704", f'constraint "{wanted}" of relation "{name[-1]}" does not exist')
    declared.save(session, name, {**about, "keys": kept})


def constraint_name(table: str, key: dict[str, Any], column: dict[int, str]) -> str:
    """The name of a key: the given one, or the one that PostgreSQL would choose."""
    if key.get("name"):
        return str(key["name"])
    if key["kind"] == "p":
        return f"{table}_pkey"
    suffix = "key" if key["kind"] == "u" else "fkey"
    return "_".join([table, *(column[number] for number in key["columns"]), suffix])
