"""Column encodings and the types that take them."""

from __future__ import annotations

from embedded.errors import Refused, syntax_error

_NUMBERS = frozenset(["smallint", "integer", "bigint", "numeric"])
_TIMES = frozenset(["date", "timestamp", "timestamptz", "time", "timetz"])
_TEXTS = frozenset(["char", "varchar"])
_FLOATS = frozenset(["real", "double precision"])
_BINARY = frozenset(["varbyte", "super"])
_PLAIN = _NUMBERS | _TIMES | _TEXTS | _FLOATS | {"boolean"}

ENCODINGS: dict[str, frozenset[str]] = {
    "raw": _PLAIN | _BINARY,
    "auto": _PLAIN | _BINARY,
    "az64": _NUMBERS | _TIMES,
    "bytedict": _PLAIN - {"boolean"},
    "delta": frozenset(["smallint", "integer", "bigint", "date", "timestamp", "numeric"]),
    "delta32k": frozenset(["integer", "bigint", "date", "timestamp", "numeric"]),
    "lzo": _PLAIN - _FLOATS - {"boolean"} | _BINARY,
    "mostly8": frozenset(["smallint", "integer", "bigint", "numeric"]),
    "mostly16": frozenset(["integer", "bigint", "numeric"]),
    "mostly32": frozenset(["bigint", "numeric"]),
    "runlength": _PLAIN,
    "text255": frozenset(["varchar"]),
    "text32k": frozenset(["varchar"]),
    "zstd": _PLAIN | _BINARY,
}


def check_encoding(column: str, type_name: str, encoding: str) -> None:
    """Refuse an encoding that does not exist or that does not go with the type."""
    if encoding not in ENCODINGS:
        raise syntax_error(encoding)
    if type_name not in ENCODINGS[encoding]:
        raise Refused("0A000", f'invalid encoding type specified for column "{column}"')


def default_encoding(type_name: str, sort_key: bool) -> str:
    """What ENCODE AUTO chooses: sort keys raw, numbers and times az64, text lzo."""
    if sort_key or type_name in _FLOATS or type_name == "boolean":
        return "none"
    return "az64" if type_name in ENCODINGS["az64"] else "lzo"
