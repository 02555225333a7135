"""CREATE TABLE ... AS a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.errors import Refused
from embedded.names import quoted
from embedded.query import output_columns
from embedded.query.types import MAX_VARCHAR, Type
from embedded.statements import declared
from embedded.statements.answer import Answer
from embedded.statements.definitions import TableDefinition
from embedded.statements.reader import Reader
from embedded.statements.relations import check_name, exists, target, zone_map
from embedded.statements.table_grammar import attributes

if TYPE_CHECKING:
    from embedded.session import Session

LITERAL = 256  # bytes of a column made of a literal
WIDE_SCALE = 4


def sees_query(reader: Reader) -> bool:
    """Whether what follows the table's name leads to AS and a query; moves nothing."""
    start = reader.position
    if reader.sees("("):
        reader.nested()
    found = _reaches_as(reader)
    reader.position = start
    return found


def _reaches_as(reader: Reader) -> bool:
    while not reader.done:
        if reader.sees("as"):
            return True
        if reader.sees("("):
            reader.nested()
        else:
            reader.take()
    return False


def create_as(session: Session, definition: TableDefinition, reader: Reader) -> Answer:
    """Read names, attributes and the query of a CREATE TABLE AS, and run it."""
    names = reader.names() if reader.sees("(") else []
    attributes(reader, definition.attributes)
    definition.attributes.check()
    reader.expect("as")
    if not reader.sees("select") and not reader.sees("with") and not reader.sees("("):
        reader.fail()
    return make_as(session, definition, reader.rest(), names)


def make_as(
    session: Session, definition: TableDefinition, query: str, names: list[str] | None = None
) -> Answer:
    """Make a table of a query's rows: without defaults, NOT NULL and keys, as Redshift does."""
    check_name(definition.name)
    session.transaction.touch_data()
    if exists(session, definition):
        return Answer(status="SELECT", rowcount=-1)
    table = target(definition.name, definition.temporary)
    kind = "TEMP TABLE" if definition.temporary else "TABLE"
    listed = f" ({', '.join(map(quoted, names))})" if names else ""
    body = _with_redshift_types(session, query)
    session.run(f"CREATE {kind} {table}{listed} AS {body}")
    session.transaction.tables_changed()
    _keep_to_redshift_types(session, definition, table)
    _attributes(session, definition, table)
    return Answer(status="SELECT", rowcount=-1)


def _with_redshift_types(session: Session, query: str) -> str:
    """The translated query, with each column cast to the type that Redshift would give it."""
    translated = session.translate(query)
    columns = output_columns(query, session.context())
    if not columns or not any(type_ and _is_sized(type_) for _, type_ in columns):
        return translated
    names = [quoted(f"c{number}") for number in range(len(columns))]
    listed = ", ".join(
        f"{_cast(f'q.{name}', type_)} AS {quoted(shown)}"
        for name, (shown, type_) in zip(names, columns, strict=True)
    )
    return f"SELECT {listed} FROM ({translated}) AS q ({', '.join(names)})"


def _is_sized(type_: Type) -> bool:
    return type_.name in ("varchar", "char", "numeric", "literal", "varbyte")


def _cast(column: str, type_: Type | None) -> str:
    if type_ is None or not _is_sized(type_):
        return column
    if type_.name == "literal":
        return f"CAST({column} AS {Type('varchar', type_.length or LITERAL).postgres})"
    if type_.name == "varchar" and type_.length is None:
        return f"CAST({column} AS {Type('varchar', MAX_VARCHAR).postgres})"
    return f"CAST({column} AS {type_.postgres})"


def _keep_to_redshift_types(session: Session, definition: TableDefinition, table: str) -> None:
    """Give a column whose type only PostgreSQL knew the widest type of Redshift's."""
    for column in session.columns(".".join(map(quoted, definition.name[-2:]))):
        if column.type == "varchar" and column.length is None:
            wide = Type("varchar", MAX_VARCHAR).postgres
        elif column.type == "numeric" and column.precision is None:
            wide = Type("numeric", precision=38, scale=WIDE_SCALE).postgres
        else:
            continue
        session.run(f"ALTER TABLE {table} ALTER COLUMN {quoted(column.name)} TYPE {wide}")
        session.transaction.tables_changed()


def _attributes(session: Session, definition: TableDefinition, table: str) -> None:
    given = definition.attributes
    number = declared.numbers(session, definition.name)
    for name in [*given.sortkey, *filter(None, [given.distkey])]:
        if name not in number:
            raise Refused("42703", f'column "{name}" named in key does not exist')
    if given.given:
        about = {name: value for name, value in declared.of_attributes(given).items() if value}
        declared.remember(session, definition.name, about)
    if given.sortkey and not definition.temporary:
        zone_map(session, table, given.sortkey[0])
