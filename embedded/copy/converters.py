"""The converter of each column: from a field of a file to the text that PostgreSQL is given."""

from __future__ import annotations

import re

from embedded.columns import Column
from embedded.copy import jsonscan, number_values, time_values
from embedded.copy.number_values import Converter
from embedded.copy.options import Options
from embedded.copy.records import BadValue, Field, Kind
from embedded.copy.text_values import TextConverter
from embedded.errors import NotImitated

_MAX_SUPER = 16 * 1024 * 1024
_MAX_DEPTH = 1000
_HEX = re.compile(rb"(?:[0-9a-fA-F]{2})*")


def converter(column: Column, options: Options) -> Converter:
    """What turns the fields of one column into values; it raises BadValue."""
    if column.type in ("varchar", "char"):
        return TextConverter(column, options)
    if column.type not in _MAKERS:
        raise NotImitated(f"COPY into a column of type {column.type.upper()}")
    convert = _MAKERS[column.type](column, options)

    def convert_scalar(field: Field) -> str | None:
        return None if field[0] is Kind.NULL else convert(field)

    return convert_scalar


def _super(column: Column, options: Options) -> Converter:
    def convert(field: Field) -> str | None:
        kind, raw = field
        if kind is Kind.TEXT and options.format == "json":
            raw = _as_json_string(raw)
        elif kind is Kind.TEXT and not raw.strip():
            return None
        if len(raw) > _MAX_SUPER:
            raise BadValue(1224, "SUPER value exceeds the maximum size")
        return _checked_json(raw)

    return convert


def _as_json_string(raw: bytes) -> bytes:
    escaped = re.sub(rb'["\\\x00-\x1f]', lambda m: b"\\u%04x" % m[0][0], raw)
    return b'"' + escaped + b'"'


def _checked_json(raw: bytes) -> str:
    try:
        start = jsonscan.skip_space(raw, 0)
        end = jsonscan.span(raw, start)[2]
        if jsonscan.skip_space(raw, end) != len(raw):
            raise jsonscan.Malformed(end)
        return raw[start:end].decode()
    except jsonscan.Malformed as error:
        raise BadValue(1224, "Invalid JSON for SUPER", error.position) from None
    except UnicodeDecodeError as error:
        raise BadValue(1220, _bad_text(raw, error), error.start) from None


def _bad_text(raw: bytes, error: UnicodeDecodeError) -> str:
    bad = raw[error.start : error.end].hex(" ")
    return f"String contains invalid or unsupported UTF-8 codepoints. Bad UTF-8 hex sequence: {bad}"


def _varbyte(column: Column, options: Options) -> Converter:
    def convert(field: Field) -> str | None:
        raw = field[1]
        if not _HEX.fullmatch(raw):
            raise BadValue(1207, "Invalid hexadecimal digit in VARBYTE value")
        if len(raw) // 2 > (column.length or 64_000):
            raise BadValue(1204, "String length exceeds DDL length")
        return "\\x" + raw.decode()

    return convert


_MAKERS = {
    "smallint": number_values.integer,
    "integer": number_values.integer,
    "bigint": number_values.integer,
    "real": number_values.floating,
    "double precision": number_values.floating,
    "numeric": number_values.decimal,
    "boolean": number_values.boolean,
    "date": time_values.date,
    "timestamp": time_values.timestamp,
    "timestamptz": time_values.timestamp,
    "time": time_values.time,
    "timetz": time_values.time,
    "super": _super,
    "varbyte": _varbyte,
}
