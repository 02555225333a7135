"""A piece of PostgreSQL text with what is known about its value."""

from __future__ import annotations

from dataclasses import dataclass, replace

from embedded.query.types import Type

SMALLINT, INTEGER, BIGINT = Type("smallint"), Type("integer"), Type("bigint")
REAL, DOUBLE, NUMERIC = Type("real"), Type("double precision"), Type("numeric")
VARCHAR, CHAR, BOOLEAN = Type("varchar"), Type("char"), Type("boolean")
DATE, TIMESTAMP, TIMESTAMPTZ = Type("date"), Type("timestamp"), Type("timestamptz")
TIME, TIMETZ, INTERVAL = Type("time"), Type("timetz"), Type("interval")
SUPER, VARBYTE = Type("super"), Type("varbyte")
LITERAL = Type("literal")  # a string literal or NULL, before its type is decided

INTEGERS = frozenset(["smallint", "integer", "bigint"])
NUMBERS = INTEGERS | {"numeric", "real", "double precision"}
FLOATS = frozenset(["real", "double precision"])
STRINGS = frozenset(["varchar", "char"])
DATES = frozenset(["date", "timestamp", "timestamptz"])
TIMES = frozenset(["time", "timetz"])


@dataclass(slots=True)
class Piece:
    """Text, and its type if known.

    `name` is the column name that Redshift gives it in a select list; `constant` says that it refers to
    no column, `aggregate` and `window` that it holds such a call.
    """

    sql: str
    type: Type | None = None
    name: str = "?column?"
    constant: bool = False
    aggregate: bool = False
    window: bool = False

    @property
    def kind(self) -> str:
        """The name of its type, '' when that is not known."""
        return self.type.name if self.type else ""

    def named(self, name: str) -> Piece:
        """The same under another name."""
        return replace(self, name=name)


def compose(sql: str, type_: Type | None, parts: list[Piece], name: str = "?column?") -> Piece:
    """A piece made of others."""
    return Piece(
        sql,
        type_,
        name,
        constant=all(part.constant for part in parts),
        aggregate=any(part.aggregate for part in parts),
        window=any(part.window for part in parts),
    )


def quoted(*parts: str) -> str:
    """A name, quoted for PostgreSQL."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


def text_literal(value: str) -> str:
    """A string literal that means the same under every setting of PostgreSQL."""
    escaped = value.replace("'", "''")
    return "E'" + escaped.replace("\\", "\\\\") + "'" if "\\" in value else f"'{escaped}'"


def as_varchar(piece: Piece) -> str:
    """The value as our varchar, unless it is one."""
    if piece.kind == "varchar":
        return piece.sql
    if piece.kind == "super":
        return f"CAST(redshift_catalog.super_text({piece.sql}) AS redshift_catalog.varchar)"
    return f"CAST({piece.sql} AS redshift_catalog.varchar)"


def cast(piece: Piece, type_: Type) -> Piece:
    """The value as another type; nothing to do when it has that type."""
    if piece.type == type_:
        return piece
    return compose(f"CAST({piece.sql} AS {type_.postgres})", type_, [piece], piece.name)
