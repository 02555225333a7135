"""Write casts: what Redshift converts, and how."""

from __future__ import annotations

from embedded.errors import Refused
from embedded.query.piece import (
    DATES,
    FLOATS,
    INTEGERS,
    NUMBERS,
    NUMERIC,
    TIMES,
    VARCHAR,
    Piece,
    as_varchar,
    compose,
    text_literal,
)
from embedded.query.scope import Scope
from embedded.query.tree import Cast, Text
from embedded.query.types import Type, redshift_type
from embedded.query.write import write, writes


@writes(Cast)
def _cast(node: Cast, scope: Scope) -> Piece:
    if node.type == "interval":
        return _plain(write(node.operand, scope), Type("interval"))
    if node.type == "regclass":
        scope.task.leader_calls.append("regclass")
        return _plain(write(node.operand, scope), Type("regclass"))
    type_ = redshift_type(node.type, _column(node))
    value = write(node.operand, scope)
    name = type_.name if isinstance(node.operand, Text) else value.name
    if node.attempt:
        value = _if_possible(value, type_)
    return convert(value, type_).named(_POSTGRES_NAMES.get(name, name))


_POSTGRES_NAMES = {
    "integer": "int4", "bigint": "int8", "smallint": "int2", "double precision": "float8",
    "real": "float4", "boolean": "bool", "char": "bpchar",
}  # fmt: skip


def _column(node: Cast) -> str:
    return "?column?"


def _if_possible(value: Piece, type_: Type) -> Piece:
    """The value, or NULL where it cannot be converted."""
    _refuse(value, type_)
    if value.kind in INTEGERS | FLOATS | {"numeric"}:
        if type_.name not in NUMBERS:
            return value
        if type_.name in INTEGERS:
            value = compose(f"trunc(CAST({value.sql} AS numeric))", NUMERIC, [value], value.name)
    elif value.kind not in ("varchar", "char", "literal", "super", ""):
        return value
    if type_.name in ("varchar", "char", "super", "varbyte"):
        return value
    sql = f"redshift_catalog.if_possible({as_varchar(value)}, {text_literal(type_.postgres)})"
    return compose(sql, VARCHAR, [value], value.name)


def convert(value: Piece, type_: Type) -> Piece:
    """A value as another type, by an explicit cast."""
    kind, target = value.kind, type_.name
    _refuse(value, type_)
    if kind == "boolean" and target in NUMBERS:
        return _plain(compose(f"CAST({value.sql} AS integer)", None, [value], value.name), type_)
    if kind in NUMBERS and target == "boolean":
        return compose(f"({value.sql} <> 0)", type_, [value], value.name)
    if kind == "numeric" and target == "numeric" and not value.constant:
        return _cut(value, type_)
    if kind == "numeric" and target in INTEGERS and not value.constant:
        return _plain(compose(f"trunc({value.sql})", value.type, [value], value.name), type_)
    if kind == "super":
        return _from_super(value, type_)
    if target == "super":
        text = as_varchar(value) if kind == "literal" else value.sql
        return compose(f"redshift_catalog.to_super({text})", type_, [value], value.name)
    if target == "varbyte":
        return compose(f"CAST(CAST({value.sql} AS text) AS bytea)", type_, [value], value.name)
    return _plain(value, type_)


def _plain(value: Piece, type_: Type) -> Piece:
    return compose(f"CAST({value.sql} AS {type_.postgres})", type_, [value], value.name)


def _cut(value: Piece, type_: Type) -> Piece:
    """Casts of selected DECIMALs do not round."""
    assert value.type is not None
    if value.type.scale is not None and value.type.scale <= (type_.scale or 0):
        return _plain(value, type_)
    return _plain(
        compose(f"trunc({value.sql}, {type_.scale})", value.type, [value], value.name), type_
    )


def _from_super(value: Piece, type_: Type) -> Piece:
    text = compose(f"redshift_catalog.super_text({value.sql})", None, [value], value.name)
    return _plain(text, type_)


def _refuse(value: Piece, type_: Type) -> None:
    kind, target = value.kind, type_.name
    if not kind or value.type is None:
        return
    impossible = (
        (kind == "boolean" and target not in NUMBERS | {"boolean", "super"})
        or (kind in NUMBERS and target in DATES | TIMES)
        or (kind in DATES | TIMES and target in NUMBERS | {"boolean"})
        or (kind in TIMES and target in DATES)
        or (kind == "date" and target in TIMES)
        or (kind in FLOATS | {"numeric"} and target == "boolean")
    )
    if impossible:
        raise Refused("42846", f"cannot cast type {value.type} to {type_}")
