"""Views WITH NO SCHEMA BINDING: their text is kept, and bound when they are used.

A bound one is an ordinary view of PostgreSQL. What it hangs on may change or go: the view is unbound
first, and bound again, from its text, when somebody next names it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.names import literal, quoted, split_name, to_regclass

if TYPE_CHECKING:
    from embedded.session import Session

_DEPENDENTS = """
WITH RECURSIVE dependents (relation) AS (
    SELECT {relation}::oid
    UNION
    SELECT r.ev_class
    FROM dependents AS d
    JOIN pg_catalog.pg_depend AS p ON p.refobjid = d.relation AND p.deptype = 'n'
    JOIN pg_catalog.pg_rewrite AS r ON p.classid = 'pg_catalog.pg_rewrite'::regclass AND p.objid = r.oid
)
SELECT v.schema_name, v.view_name
FROM redshift_catalog.late_views AS v
JOIN dependents AS d
    ON d.relation = to_regclass(quote_ident(v.schema_name) || '.' || quote_ident(v.view_name))
"""


def keep(session: Session, name: list[str], query: str) -> None:
    """Keep the text of a view; it is bound when it is used."""
    schema = _schema(session, name)
    forget(session, name)
    session.run(
        "INSERT INTO redshift_catalog.late_views VALUES (%s, %s, %s)", (schema, name[-1], query)
    )


def _schema(session: Session, name: list[str]) -> str:
    if len(name) > 1:
        return name[-2]
    return str(session.run("SELECT current_schema()")[0][0])


def forget(session: Session, name: list[str]) -> bool:
    """Drop a late-binding view, bound or not; tell whether there was one."""
    where = "WHERE schema_name = %s AND view_name = %s RETURNING 1"
    place = (_schema(session, name), name[-1])
    known = session.run(f"DELETE FROM redshift_catalog.late_views {where}", place)
    if known:
        _drop(session, *place)
    return bool(known)


def forget_schema(session: Session, schema: str) -> None:
    """Forget the views of a schema that was dropped."""
    session.run("DELETE FROM redshift_catalog.late_views WHERE schema_name = %s", (schema,))


def unbind(session: Session, table: str) -> None:
    """Unbind the views that hang on a table or view which is about to change."""
    rows = session.run(_DEPENDENTS.format(relation=to_regclass(table)))
    for schema, view in rows:
        _drop(session, schema, view)


def _drop(session: Session, schema: str, view: str) -> None:
    session.run(f"DROP VIEW IF EXISTS {quoted(schema, view)} CASCADE")
    session.transaction.tables_changed()


def bind(session: Session, table: str) -> bool:
    """Bind the late-binding view of this name, if there is one that is not bound."""
    parts = split_name(table)[-2:]
    path = literal(parts[0]) if len(parts) > 1 else "ANY (current_schemas(false))"
    rows = session.run(
        "SELECT schema_name, view_name, query FROM redshift_catalog.late_views"
        f" WHERE schema_name = {path} AND view_name = {literal(parts[-1])}"
    )
    for schema, view, query in rows[:1]:
        session.run(f"CREATE VIEW {quoted(schema, view)} AS {session.translate(query)}")
        session.transaction.changed_catalog = True
    return bool(rows)
