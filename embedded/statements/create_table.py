"""CREATE TABLE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.columns import Column
from embedded.errors import Refused
from embedded.names import quoted
from embedded.query.types import Type
from embedded.statements import declared, table_grammar
from embedded.statements.answer import Answer
from embedded.statements.create_as import create_as, sees_query
from embedded.statements.definitions import ColumnDefinition, TableDefinition
from embedded.statements.keys import check_keys
from embedded.statements.reader import Reader
from embedded.statements.relations import check_name, exists, is_temporary, target, zone_map

if TYPE_CHECKING:
    from embedded.session import Session

DONE = Answer(status="CREATE TABLE")


def create_table(session: Session, reader: Reader, temporary: bool) -> Answer:
    """CREATE TABLE with columns, LIKE, keys and attributes, or AS a query."""
    if_not_exists = reader.accept("if", "not", "exists")
    name = reader.qualified_name()
    temporary = is_temporary(name, temporary)
    check_name(name)
    definition = TableDefinition(name, temporary, if_not_exists)
    if sees_query(reader):
        return create_as(session, definition, reader)
    table_grammar.table(reader, definition)
    session.transaction.touch_data()
    if exists(session, definition):
        return DONE
    _expand_likes(session, definition)
    check_keys(session, definition)
    _make(session, definition)
    return DONE


def _make(session: Session, definition: TableDefinition) -> None:
    columns = [_column(session, column) for column in definition.columns]
    name = target(definition.name, definition.temporary)
    kind = "TEMP TABLE" if definition.temporary else "TABLE"
    session.run(f"CREATE {kind} {name} ({', '.join(columns)})")
    session.transaction.tables_changed()
    declared.remember(session, definition.name, declared.of(definition))
    if definition.attributes.sortkey and not definition.temporary:
        zone_map(session, name, definition.attributes.sortkey[0])


def _column(session: Session, column: ColumnDefinition) -> str:
    parts = [quoted(column.name), column.postgres_type]
    if column.identity:
        parts.append(_identity(column))
    elif column.not_null:
        parts.append("NOT NULL")
    if column.default:
        parts.append(f"DEFAULT {session.translate_expression(column.default)}")
    return " ".join(parts)


def _identity(column: ColumnDefinition) -> str:
    seed, step = column.identity or (0, 1)
    bits = 31 if column.postgres_type == "integer" else 63
    when = "BY DEFAULT" if column.by_default else "ALWAYS"
    return (
        f"GENERATED {when} AS IDENTITY (START {seed} INCREMENT {step}"
        f" MINVALUE {-(2**bits)} MAXVALUE {2**bits - 1})"
    )


def _expand_likes(session: Session, definition: TableDefinition) -> None:
    if definition.likes and definition.attributes.given:
        raise Refused("0A000", "table attributes cannot be set for CREATE TABLE ... LIKE")
    for place, source, with_defaults in reversed(definition.likes):
        copied = [_copy(column, with_defaults) for column in session.columns(".".join(source))]
        declared.inherit(session, source, definition, copied)
        definition.columns[place:place] = copied
    names = [column.name for column in definition.columns]
    for name in names:
        if names.count(name) > 1:
            raise Refused("42701", f'column "{name}" duplicated')


def _copy(column: Column, with_defaults: bool) -> ColumnDefinition:
    type_ = Type(column.type, column.length, column.precision, column.scale).postgres
    default = column.default if with_defaults else None
    return ColumnDefinition(column.name, column.type, type_, column.not_null, default)
