"""What the session and the catalog tell."""

from __future__ import annotations

from embedded.query.functions.registry import register, simple
from embedded.query.piece import BIGINT, BOOLEAN, INTEGER, VARCHAR, Piece, as_varchar, compose
from embedded.query.scope import Scope
from embedded.query.tree import Call
from embedded.query.words import words

_USER = "CAST({} AS redshift_catalog.varchar)"
for _name, _sql in {
    "current_user": "CURRENT_USER", "user": "CURRENT_USER", "session_user": "SESSION_USER",
}.items():  # fmt: skip

    def _user(call: Call, pieces: list[Piece], _: Scope, sql: str = _sql) -> Piece:
        return Piece(_USER.format(sql), VARCHAR, call.name)

    register(_name, 0, 0)(_user)


@register("current_user_id", 0, 0)
def _user_id(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    sql = "(SELECT usesysid::integer FROM pg_catalog.pg_user WHERE usename = CURRENT_USER)"
    return Piece(sql, INTEGER, "current_user_id")


@register("current_schema", 0, 0, node="leader")
def _schema(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    return Piece(_USER.format("pg_catalog.current_schema()"), VARCHAR, "current_schema")


@register("current_database", 0, 0)
def _database(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    return Piece(_USER.format("pg_catalog.current_database()"), VARCHAR, "current_database")


@register("version", 0, 0, node="leader")
def _version(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    return Piece("CAST(redshift_catalog.version() AS redshift_catalog.varchar)", VARCHAR, "version")


@register("current_schemas", 1, 1, node="leader")
def _schemas(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    return compose(f"pg_catalog.current_schemas({pieces[0].sql})", None, pieces, "current_schemas")


@register("current_setting", 1, 1, node="leader")
def _setting(call: Call, pieces: list[Piece], _: Scope) -> Piece:
    sql = f"CAST(redshift_catalog.current_setting({as_varchar(pieces[0])}) AS redshift_catalog.varchar)"
    return compose(sql, VARCHAR, pieces, "current_setting")


for _name, _type in {
    "pg_last_copy_id": INTEGER, "pg_last_copy_count": BIGINT, "pg_last_unload_count": BIGINT,
    "pg_last_unload_id": INTEGER, "pg_last_query_id": INTEGER,
}.items():  # fmt: skip
    simple(_name, f"redshift_catalog.{_name}", "", _type)
simple("pg_backend_pid", "pg_catalog.pg_backend_pid", "", INTEGER)
simple("pg_cancel_backend", "pg_catalog.pg_cancel_backend", "i", BOOLEAN)
simple("pg_terminate_backend", "pg_catalog.pg_terminate_backend", "i", BOOLEAN)
for _name in ("has_schema_privilege", "has_table_privilege", "has_database_privilege"):
    simple(_name, f"pg_catalog.{_name}", "xx?x", BOOLEAN, node="leader")
for _name in words(
    "pg_table_is_visible pg_get_userbyid pg_get_indexdef"
    " pg_get_expr obj_description col_description"
    " array_upper array_lower array_to_string"
):
    simple(_name, f"pg_catalog.{_name}", "x?xx", None, node="leader")
for _name, _own in {
    "pg_get_constraintdef": "pg_get_constraintdef", "format_type": "type_text",
}.items():  # fmt: skip
    simple(_name, f"redshift_catalog.{_own}", "x?x", VARCHAR, node="leader")
simple("format_encoding", "redshift_catalog.format_encoding", "i", VARCHAR, node="leader")
simple("pg_get_viewdef", "redshift_catalog.pg_get_viewdef", "x?x", VARCHAR, node="leader")
simple("generate_series", "pg_catalog.generate_series", "xx?x", None, node="leader")
