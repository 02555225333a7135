"""Numbers and booleans, read and refused as Redshift's COPY does."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal

from embedded.columns import Column
from embedded.copy.options import Options
from embedded.copy.records import BadValue, Field, Kind

Converter = Callable[[Field], str | None]

_INTEGER = re.compile(rb"[+-]?[0-9]+")
_WHOLE_FLOAT = re.compile(rb"-?[0-9]+\.0+")
_INTEGER_PREFIX = re.compile(rb"[+-]?[0-9]*")
_DECIMAL = re.compile(rb"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DECIMAL_PREFIX = re.compile(rb"[+-]?[0-9]*(?:\.[0-9]*)?")
_FLOAT = re.compile(
    rb"[+-]?(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|nan|inf(?:inity)?)", re.I
)
_FLOAT_PREFIX = re.compile(rb"[+-]?[0-9]*(?:\.[0-9]*)?(?:[eE][+-]?[0-9]*)?")
_INTEGERS = {"smallint": (15, "Short"), "integer": (31, "Integer"), "bigint": (63, "Long")}
_TRUE = frozenset((b"t", b"true", b"y", b"yes", b"1"))
_FALSE = frozenset((b"f", b"false", b"n", b"no", b"0"))
_EXACT = Context(prec=100_000, Emax=10**9, Emin=-(10**9))


def integer(column: Column, options: Options) -> Converter:
    """SMALLINT, INTEGER and BIGINT; a JSON number may have a fraction of zeros."""
    bits, name = _INTEGERS[column.type]
    low, high = -(1 << bits), (1 << bits) - 1

    def convert(field: Field) -> str | None:
        raw = field[1].strip()
        if not raw:
            return None
        if field[0] is Kind.NUMBER and _WHOLE_FLOAT.fullmatch(raw):
            raw = raw[: raw.index(b".")]
        if not _INTEGER.fullmatch(raw):
            raise _invalid_digit(1207, raw, _INTEGER_PREFIX, name)
        if len(raw.lstrip(b"+-0")) > 20 or not low <= int(raw) <= high:
            raise BadValue(1222, f"Overflow, Value '{raw[:40].decode()}', Type: {name}")
        return str(int(raw))

    return convert


def floating(column: Column, options: Options) -> Converter:
    """REAL and DOUBLE PRECISION."""
    single = column.type == "real"
    name = "Float" if single else "Double"

    def convert(field: Field) -> str | None:
        raw = field[1].strip()
        if not raw:
            return None
        if not _FLOAT.fullmatch(raw):
            raise _invalid_digit(1208, raw, _FLOAT_PREFIX, name)
        value = float(raw)
        try:
            value = struct.unpack("f", struct.pack("f", value))[0] if single else value
        except OverflowError:
            value = math.inf
        if math.isinf(value) and b"n" not in raw.lower():
            raise BadValue(1204, f"Overflow, Value '{raw[:40].decode()}', Type: {name}")
        return repr(value)

    return convert


def decimal(column: Column, options: Options) -> Converter:
    """DECIMAL: JSON numbers come through a binary float; what exceeds the scale is cut off."""
    precision, scale = column.precision or 18, column.scale or 0
    rounding = ROUND_HALF_UP if options.round_decimals else ROUND_DOWN
    limit = Decimal(10) ** (precision - scale)

    def convert(field: Field) -> str | None:
        kind, raw = field[0], field[1].strip()
        if not raw:
            return None
        if kind is Kind.NUMBER:
            value = through_float(raw, scale, rounding)
        elif _DECIMAL.fullmatch(raw):
            value = _EXACT.create_decimal(raw.decode())
            value = value.quantize(Decimal(1).scaleb(-scale), rounding, _EXACT)
        else:
            raise _invalid_digit(1207, raw, _DECIMAL_PREFIX, "Decimal")
        if abs(value) >= limit:
            raise BadValue(1209, f"Overflow for NUMERIC({precision},{scale})")
        return f"{value:f}"

    return convert


def through_float(raw: bytes, scale: int, rounding: str) -> Decimal:
    """A JSON number as a DECIMAL: the nearest double times a power of ten, then cut to a whole.

    The product is itself rounded to a double, so 229.25016 stays and 4.6 becomes 4.59.
    """
    shifted = float(raw) * 10.0**scale
    if math.isinf(shifted):
        raise BadValue(1209, "Overflow for NUMERIC")
    whole = Decimal(shifted).to_integral_value(rounding, _EXACT)
    return whole.scaleb(-scale, _EXACT)


def boolean(column: Column, options: Options) -> Converter:
    """BOOLEAN."""

    def convert(field: Field) -> str | None:
        raw = field[1].strip().lower()
        if not raw:
            return None
        if raw in _TRUE:
            return "t"
        if raw in _FALSE:
            return "f"
        raise BadValue(1210, "Unknown boolean format")

    return convert


def _invalid_digit(code: int, raw: bytes, prefix: re.Pattern[bytes], name: str) -> BadValue:
    match = prefix.match(raw)
    position = min(match.end() if match else 0, len(raw) - 1)
    value = raw[position : position + 1].decode(errors="replace").replace("\0", " ")
    reason = f"Invalid digit, Value '{value}', Pos {position}, Type: {name}"
    return BadValue(code, reason, position)
