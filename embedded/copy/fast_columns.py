"""Whole columns of plain values at once: what each type takes quickly, and how it is written.

A column says with a regular expression which texts it understands (everything else is left to the
exact converters), and with expressions what the value is and which rows are doubtful after all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from embedded.columns import Column
from embedded.copy.options import Options
from embedded.copy.text_values import MAX_VARCHAR

_INTEGER = r"(?:0|-?[1-9][0-9]{0,17})"
_INTEGER_OR_FLOAT = r"(?:0|-?[1-9][0-9]{0,14})(?:\.0{1,20})?"
# No -0: polars drops its minus.
_NUMBER = r"(?:0|-?(?:0\.[0-9]{1,17}|[1-9][0-9]{0,16}(?:\.[0-9]{1,17})?)(?:[eE][+-]?[0-9]{1,2})?)"
_WORD = r"(?:true|false)"
_NOTHING = r"null"  # in JSON; in text files a column without a pattern is never plain
_DAY = r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}"
_CLOCK = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?"
_BITS = {"smallint": 15, "integer": 31, "bigint": 63}
_MOST_DIGITS = 15  # a double holds every decimal of so many digits
_SPACE = " \t\n\r\x0b\x0c"

Value = tuple[pl.Expr, pl.Expr]
"""The value of a column as it is written, and whether a row is doubtful."""


@dataclass(frozen=True)
class FastColumn:
    """A column of one COPY; `json` and `text` are the patterns of its plain values, if it has any."""

    column: Column
    options: Options
    json: str | None
    text: str | None
    in_quotes: bool
    dtype: pl.DataType | type[pl.DataType]

    @property
    def takes_floats_too(self) -> bool:
        """Whether `with_floats` has anything to add."""
        return self.column.type in _BITS and self.json == _INTEGER

    def with_floats(self) -> FastColumn:
        """An integer column that takes 2.0 from JSON, and no more digits than a double holds."""
        return replace(self, json=_INTEGER_OR_FLOAT, dtype=pl.Float64())

    def value(self, raw: pl.Expr, from_json: bool) -> Value:
        """The expressions over the raw column."""
        made, doubtful = self._value(raw, from_json)
        if self.column.not_null:
            doubtful = doubtful | made.is_null()
        return made, doubtful

    def _value(self, raw: pl.Expr, from_json: bool) -> Value:
        kind = self.column.type
        if kind in ("varchar", "char"):
            return self._characters(raw)
        if not from_json:
            raw = pl.when(raw == "").then(None).otherwise(raw)
        if not from_json and kind in ("bigint", "double precision"):
            return raw, pl.lit(False)  # the pattern has no digits that PostgreSQL would not take
        if kind in _BITS:
            return self._integer(raw)
        if kind in ("real", "double precision"):
            return self._float(raw)
        if kind == "numeric" and from_json:
            return self._decimal(raw)
        if kind in ("date", "timestamp", "timestamptz"):
            return self._time(raw)
        return raw, pl.lit(False)

    def _characters(self, raw: pl.Expr) -> Value:
        is_char = self.column.type == "char"
        value = raw
        if self.options.blanks_as_null:
            is_blank = (raw != "") & (raw.str.strip_chars(_SPACE) == "")
            value = pl.when(is_blank).then(None).otherwise(value)
        if self.options.empty_as_null:
            value = pl.when(raw == "").then(None).otherwise(value)
        if self.options.trim_blanks and not is_char:
            value = value.str.strip_chars_end(" ")
        doubtful = value.str.len_bytes() > (self.column.length or MAX_VARCHAR)
        if is_char:
            doubtful = doubtful | (value.str.len_bytes() != value.str.len_chars())
        return value, doubtful.fill_null(False)

    def _integer(self, raw: pl.Expr) -> Value:
        value = raw.cast(pl.Int64, strict=False)
        limit = 1 << _BITS[self.column.type]
        if limit == 1 << 63:
            return value, pl.lit(False)
        return value, ~value.is_between(-limit, limit - 1).fill_null(True)

    def _float(self, raw: pl.Expr) -> Value:
        value = raw.cast(pl.Float64, strict=False)
        if self.column.type == "real":
            value = value.cast(pl.Float32).cast(pl.Float64)
        return value, value.is_infinite().fill_null(False)

    def _decimal(self, raw: pl.Expr) -> Value:
        """As number_values.through_float: times the power of ten, then cut."""
        power = 10.0 ** (self.column.scale or 0)
        digits = min(self.column.precision or 18, _MOST_DIGITS)
        shifted = raw.cast(pl.Float64) * power
        whole = pl.when(shifted < 0).then(shifted.ceil()).otherwise(shifted.floor())
        text = _with_point(whole, self.column.scale or 0)
        return text, (whole.abs() >= 10.0**digits).fill_null(False)

    def _time(self, raw: pl.Expr) -> Value:
        form = self.options.time_format
        if self.column.type == "date":
            parsed = raw.str.to_date("%Y-%m-%d", strict=False)
        elif form in ("epochsecs", "epochmillisecs"):
            number = raw.cast(pl.Int64, strict=False)
            unit = number * (1_000_000 if form == "epochsecs" else 1_000)
            return unit.cast(pl.Datetime("us")), pl.lit(False)
        else:
            plain = raw.str.replace("T", " ", literal=True).str.strip_suffix("Z")
            parsed = plain.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", strict=False, time_unit="us")
        return raw, raw.is_not_null() & parsed.is_null()


def _with_point(whole: pl.Expr, scale: int) -> pl.Expr:
    """A whole number as text with its last digits behind the point; no division, it would round."""
    number = whole.cast(pl.Int64, strict=False)
    if scale == 0:
        return number
    digits = number.abs().cast(pl.String).str.zfill(scale + 1)
    sign = pl.when(number < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    point = pl.lit(".")
    return pl.concat_str([sign, digits.str.head(-scale), point, digits.str.tail(scale)])


def fast_column(column: Column, options: Options) -> FastColumn:
    """The fast side of a column; one without patterns takes only NULL from JSON."""
    json, text, in_quotes, dtype = _patterns(column, options)
    return FastColumn(column, options, json, text, in_quotes, dtype)


def _patterns(
    column: Column, options: Options
) -> tuple[str | None, str | None, bool, pl.DataType | type[pl.DataType]]:
    kind = column.type
    if kind in ("varchar", "char"):
        return f"{_INTEGER}|{_WORD}", None, True, pl.String()
    if kind in _BITS:
        return _INTEGER, f"(?:{_INTEGER})?", False, pl.Int64()
    if kind in ("real", "double precision"):
        return _NUMBER, f"(?:{_NUMBER})?", False, pl.Float64()
    if kind == "numeric" and not options.round_decimals:
        return _NUMBER, _decimal_text(column), False, pl.Float64()
    if kind == "boolean":
        return _WORD, "(?:true|false|t|f|1|0)?", False, pl.Boolean()
    if kind in ("date", "timestamp", "timestamptz"):
        return _time_patterns(column, options)
    return None, None, False, pl.String()


def _decimal_text(column: Column) -> str:
    scale = column.scale or 0
    before = (column.precision or 18) - scale
    whole = rf"(?:0|[1-9][0-9]{{0,{before - 1}}})" if before else "0"
    fraction = rf"(?:\.[0-9]{{1,{scale}}})?" if scale else ""
    return f"(?:-?{whole}{fraction})?"


def _time_patterns(
    column: Column, options: Options
) -> tuple[str | None, str | None, bool, pl.DataType | type[pl.DataType]]:
    form = options.date_format if column.type == "date" else options.time_format
    if form in ("epochsecs", "epochmillisecs"):
        digits = 11 if form == "epochsecs" else 14
        pattern = rf"(?:0|-?[1-9][0-9]{{0,{digits - 1}}})"
        return pattern, f"(?:{pattern})?", False, pl.Int64()
    if form not in (None, "auto"):
        return None, None, False, pl.String()
    if column.type == "date":
        pattern = _DAY
    else:
        pattern = rf"{_DAY} {_CLOCK}" if form is None else rf"{_DAY}[ T]{_CLOCK}Z?"
    return rf'"{pattern}"', f"(?:{pattern})?", False, pl.String()
