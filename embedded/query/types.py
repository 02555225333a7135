"""Redshift's column types, their limits, and the PostgreSQL type that holds each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from embedded.errors import NotImitated, Refused
from embedded.query.words import words

_DECLARED = re.compile(
    r'\s*"?([a-z_][a-z0-9_]*(?:\s+[a-z]+)*?)"?\s*(?:\(\s*([a-z0-9]+)\s*(?:,\s*(-?\d+)\s*)?\))?'
    r"\s*(with\s+time\s+zone|without\s+time\s+zone|(?:to\s+)?(?:month|second)(?:\s*\(\s*\d\s*\))?)?\s*",
    re.IGNORECASE,
)
MAX_VARCHAR = 65535
MAX_CHAR = 4096
_WITH_MAX = frozenset(["varchar", "char", "varbyte"])  # take MAX as their length

_NAMES = {
    "smallint": "smallint", "int2": "smallint",
    "integer": "integer", "int": "integer", "int4": "integer",
    "bigint": "bigint", "int8": "bigint",
    "numeric": "numeric", "decimal": "numeric", "dec": "numeric",
    "real": "real", "float4": "real",
    "double precision": "double precision", "float8": "double precision",
    "float": "double precision",
    "boolean": "boolean", "bool": "boolean",
    "char": "char", "character": "char", "nchar": "char", "bpchar": "bpchar",
    "varchar": "varchar", "character varying": "varchar", "nvarchar": "varchar", "text": "text",
    "date": "date",
    "timestamp": "timestamp", "timestamptz": "timestamptz", "datetime": "timestamp",
    "time": "time", "timetz": "timetz",
    "super": "super",
    "varbyte": "varbyte", "varbinary": "varbyte", "binary varying": "varbyte",
}  # fmt: skip

_UNSUPPORTED = words(
    "serial bigserial serial4 serial8 bytea money bit varbit inet cidr macaddr point line"
    " lseg box path polygon circle interval name abstime reltime tinterval regproc"
    " regclass regtype refcursor anyarray record cstring aclitem xid cid tid unknown"
)
_NOT_IMITATED = frozenset(["geometry", "geography", "hllsketch"])

_POSTGRES = {
    "char": "character({length})",
    "varchar": "redshift_catalog.varchar({length})",
    "numeric": "numeric({precision},{scale})",
    "timestamp": "timestamp without time zone",
    "timestamptz": "timestamp with time zone",
    "time": "time without time zone",
    "timetz": "time with time zone",
    "super": "redshift_catalog.super",
    "varbyte": "bytea",
}


@dataclass(frozen=True)
class Type:
    """A Redshift type: its name, and the length in bytes or the precision and scale where known."""

    name: str
    length: int | None = None
    precision: int | None = None
    scale: int | None = None

    @property
    def postgres(self) -> str:
        """The PostgreSQL type that holds it, as text of a cast or a column."""
        pattern = _POSTGRES.get(self.name, self.name)
        if self.length is None and self.precision is None:
            return re.sub(r"\(.*\)", "", pattern).replace("character", "bpchar")
        return pattern.format(length=self.length, precision=self.precision, scale=self.scale)

    def __str__(self) -> str:
        """The name that Redshift prints in its messages."""
        return _PRINTED.get(self.name, self.name)


_PRINTED = {
    "varchar": "character varying",
    "char": "character",
    "timestamp": "timestamp without time zone",
    "timestamptz": "timestamp with time zone",
    "time": "time without time zone",
    "timetz": "time with time zone",
    "literal": '"unknown"',
}


def redshift_type(declared: str, column: str = "") -> Type:
    """Read a type as it is written in DDL or a cast; `column` ("t.c") serves the error message."""
    match = _DECLARED.fullmatch(declared)
    if match is None:
        return _refuse(declared.strip().strip('"'), column)
    word = " ".join(match[1].lower().split())
    zone = " ".join((match[4] or "").lower().split())
    if zone in ("with time zone", "without time zone") and word in ("time", "timestamp"):
        word += "tz" if zone == "with time zone" else ""
    elif zone or word.startswith("interval "):
        raise NotImitated("the INTERVAL column types")
    if word not in _NAMES:
        return _refuse(word, column)
    size = (match[2] or "").lower()
    if size and not size.isdecimal() and (size != "max" or _NAMES[word] not in _WITH_MAX):
        raise Refused("42601", f'syntax error at or near "{size}"')
    return _sized(_NAMES[word], size, match[3])


def _sized(name: str, first: str, second: str | None) -> Type:
    if name in ("text", "bpchar"):
        return Type("varchar" if name == "text" else "char", length=256)
    if name == "varchar":
        return Type("varchar", length=_length(first or "256", MAX_VARCHAR, "varchar"))
    if name == "char":
        return Type("char", length=_length(first or "1", MAX_CHAR, "char"))
    if name == "varbyte":
        return Type("varbyte", length=_length(first or "64000", 1024000, "varbyte"))
    if name == "numeric":
        return numeric(int(first or 18), int(second or 0))
    if name == "double precision" and first:
        return Type("real" if int(first) <= 24 else name)
    return Type(name)


def numeric(precision: int, scale: int) -> Type:
    """DECIMAL(precision, scale), refused where Redshift refuses it."""
    if not 1 <= precision <= 38:
        raise Refused("22023", f"DECIMAL precision {precision} must be between 1 and 38")
    if not 0 <= scale <= min(precision, 37):
        raise Refused("22023", f"DECIMAL scale {scale} must be between 0 and precision {precision}")
    return Type("numeric", precision=precision, scale=scale)


def _length(text: str, largest: int, name: str) -> int:
    length = largest if text == "max" else int(text)
    if length < 1:
        raise Refused("22023", f"length for type {name} must be at least 1")
    if length > largest:
        raise Refused("22023", f"length for type {name} cannot exceed {largest}")
    return length


def _refuse(name: str, column: str) -> Type:
    base = name.split("[")[0].split("(")[0].strip().lower()
    if base in _NOT_IMITATED:
        raise NotImitated(f"the type {base.upper()}")
    if base in _UNSUPPORTED or (name.endswith("]") and base in _NAMES):
        raise Refused("0A000", f'Column "{column}" has unsupported type "{name}".')
    raise Refused("42704", f'type "{name}" does not exist')


def postgres_type(declared: str, column: str = "") -> str:
    """The PostgreSQL type of a column that DDL declares so; refuses what Redshift refuses."""
    return redshift_type(declared, column).postgres
