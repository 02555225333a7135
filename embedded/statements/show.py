"""SHOW of objects: databases, schemas, tables, columns, grants, and the text of tables and views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.errors import NotImitated, Refused
from embedded.names import literal, quoted, to_regclass
from embedded.statements import late_views
from embedded.statements.answer import Answer
from embedded.statements.reader import Reader

if TYPE_CHECKING:
    from embedded.session import Session

_MOST = 10_000
_IDENTITY = "identity_id, identity_name, identity_type, admin_option, privilege_scope"
_GRANTS = {
    "database": f"database_name, privilege_type, {_IDENTITY}",
    "schema": f"database_name, schema_name, privilege_type, {_IDENTITY}",
    "table": f"database_name, schema_name, object_name, object_type, privilege_type, {_IDENTITY}",
}
_NOT_IMITATED = (
    "model", "datashares", "procedure", "procedures", "external", "create", "policies", "functions",
    "template", "parameters",
)  # fmt: skip


def show_object(session: Session, reader: Reader) -> Answer | None:
    """SHOW of an object; None when what follows is a parameter."""
    word = reader.accept_any(*_SHOWN)
    if word is not None:
        return _SHOWN[word](session, reader)
    if reader.peek().is_word(*_NOT_IMITATED):
        raise NotImitated(f"SHOW {reader.peek().text.upper()}")
    return None


def _databases(session: Session, reader: Reader) -> Answer:
    if reader.sees("from"):
        raise NotImitated("SHOW DATABASES FROM DATA CATALOG")
    return _listed(reader, "show_databases", "database_name", [])


def _schemas(session: Session, reader: Reader) -> Answer:
    reader.expect("from", "database")
    database = _of_here(session, reader.name())
    return _listed(reader, "svv_all_schemas", "schema_name", [("database_name", database)])


def _tables(session: Session, reader: Reader) -> Answer:
    reader.expect("from", "schema")
    schema = _parts(session, reader, 1)[0]
    known = session.run(
        "SELECT 1 FROM redshift_catalog.svv_all_schemas WHERE schema_name = %s", [schema]
    )
    if not known:
        raise Refused("3F000", f'Schema "{schema}" does not exist')
    return _listed(reader, "show_tables", "table_name", [("schema_name", schema)])


def _columns(session: Session, reader: Reader) -> Answer:
    reader.expect("from", "table")
    schema, table = _relation(session, reader)
    where = [("schema_name", schema), ("table_name", table)]
    return _listed(reader, "show_columns", "column_name", where, "ordinal_position")


def _of_here(session: Session, database: str) -> str:
    if database != session.database_name:
        raise NotImitated("names of another database")
    return database


def _parts(session: Session, reader: Reader, size: int) -> list[str]:
    """A name of so many parts, maybe with this database in front."""
    parts = reader.dotted_name()
    if len(parts) == size + 1:
        _of_here(session, parts[0])
    elif len(parts) > size:
        reader.fail()
    return parts[-size:]


def _relation(session: Session, reader: Reader) -> tuple[str, str]:
    """Schema and name of a table or view that exists."""
    parts = _parts(session, reader, 2)
    late_views.bind(session, quoted(*parts))
    rows = session.run(
        "SELECT n.nspname, c.relname FROM pg_catalog.pg_class AS c"
        " JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
        f" WHERE c.oid = {to_regclass(quoted(*parts))} AND n.nspname <> 'redshift_catalog'"
    )
    if not rows:
        raise Refused("42P01", f'relation "{parts[-1]}" does not exist')
    schema, name = rows[0]
    return schema, name


def _listed(
    reader: Reader, view: str, name: str, where: list[tuple[str, str]], order: str = ""
) -> Answer:
    """The rows of a view, with LIKE on a name and LIMIT."""
    conditions = [f"{column} = {literal(value)}" for column, value in where]
    if reader.accept("like"):
        conditions.append(f"{name} LIKE {literal(reader.string())}")
    filtered = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    limit = _limit(reader)
    return Answer(
        f"SELECT * FROM redshift_catalog.{view}{filtered} ORDER BY {order or name}{limit}"
    )


def _limit(reader: Reader) -> str:
    limit = ""
    if reader.accept("limit"):
        rows = reader.integer()
        if not 0 <= rows <= _MOST:
            raise Refused("22023", f"LIMIT must be between 0 and {_MOST}")
        limit = f" LIMIT {rows}"
    reader.finish()
    return limit


def _table(session: Session, reader: Reader) -> Answer:
    relation = quoted(*_relation(session, reader))
    reader.finish()
    sql = f"redshift_catalog.table_ddl({literal(relation)}::regclass)"
    return Answer(f'SELECT {sql} AS "Show Table DDL statement"')


def _view(session: Session, reader: Reader) -> Answer:
    schema, name = _relation(session, reader)
    reader.finish()
    sql = f"redshift_catalog.view_ddl({literal(schema)}, {literal(name)})"
    return Answer(f'SELECT {sql} AS "Show View DDL statement"')


def _grants(session: Session, reader: Reader) -> Answer:
    kind, conditions = "table", []
    if reader.accept("on"):
        kind = reader.accept_any("database", "schema", "table") or "table"
        if reader.peek().is_word("function", "template"):
            raise NotImitated(f"SHOW GRANTS ON {reader.peek().text.upper()}")
        conditions = [f"object_type = {literal(kind.upper())}", _object(session, reader, kind)]
    elif not reader.sees("for"):
        reader.fail()
    if reader.accept("for"):
        conditions.append(_grantee(reader))
    limit = _limit(reader)
    where = " AND ".join(conditions)
    order = "object_type, schema_name, object_name, privilege_type, identity_name"
    return Answer(
        f"SELECT {_GRANTS[kind]} FROM redshift_catalog.grants WHERE {where} ORDER BY {order}{limit}"
    )


def _object(session: Session, reader: Reader, kind: str) -> str:
    if kind == "database":
        return f"database_name = {literal(reader.name())}"
    if kind == "schema":
        return f"schema_name = {literal(_parts(session, reader, 1)[0])}"
    schema, name = _relation(session, reader)
    return f"schema_name = {literal(schema)} AND object_name = {literal(name)}"


def _grantee(reader: Reader) -> str:
    kind = "role" if reader.accept("role") else "user"
    if kind == "user" and reader.accept("public"):
        return "identity_type = 'public'"
    return f"identity_type = {literal(kind)} AND identity_name = {literal(reader.name())}"


_SHOWN = {
    "databases": _databases,
    "schemas": _schemas,
    "tables": _tables,
    "columns": _columns,
    "table": _table,
    "view": _view,
    "grants": _grants,
}
