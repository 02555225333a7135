"""Parquet files: columns by position, types that must fit, and errors that go to the client."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from embedded.columns import Column
from embedded.copy.objects import Opened
from embedded.copy.options import Options
from embedded.copy.records import NOTHING, Field, Kind, LoadDies, Record

_SCAN_ERROR = "Spectrum Scan Error"
_INTEGERS = ("smallint", "integer", "bigint")
_FLOATS = ("real", "double precision")
_TAKERS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (pl.Boolean, ("boolean",)),
    (pl.Date, ("date",)),
    (pl.Datetime, ("timestamp", "timestamptz")),
    (pl.Time, ("time",)),
    (pl.String, ("varchar", "char", "super")),
    (pl.Binary, ("varchar", "char", "varbyte")),
    (pl.Categorical, ("varchar", "char")),
    (pl.Decimal, ("numeric",)),
    (pl.Float32, _FLOATS),
    (pl.Float64, _FLOATS),
)


def records(opened: Opened, columns: Sequence[Column], options: Options) -> Iterator[Record]:
    """The rows of one file, as records for the converters."""
    url = opened.source.url
    try:
        frame = pl.read_parquet(io.BytesIO(b"".join(opened.blocks)))
    except (PolarsError, OSError):
        raise _died(15001, f"File '{url}' has an invalid version number.") from None
    _check_width(frame, columns, options, url)
    for column, series in zip(columns, frame, strict=False):
        if not _fits(series.dtype, column.type):
            raise _died(
                15001, f"File '{url}' has an incompatible Parquet schema for column '{column.name}'"
            )
    filled = [NOTHING] * (len(columns) - frame.width)
    for number, row in enumerate(_texts(frame).iter_rows(), 1):
        fields = [*map(_field, row), *filled]
        yield Record(number, b"", fields, [0] * len(fields))


def rejected(column: str, reason: str, url: str) -> LoadDies:
    """The end of a COPY at a value that its column cannot take."""
    return _died(15001, f"Column '{column}': {reason}, File name: {url}")


def _check_width(
    frame: pl.DataFrame, columns: Sequence[Column], options: Options, url: str
) -> None:
    fits = frame.width == len(columns) or (options.fill_record and frame.width < len(columns))
    if not fits:
        raise _died(
            15007,
            "Unmatched number of columns between table and file. "
            f"Table columns: {len(columns)}, Data columns: {frame.width}, File name: {url}",
        )


def _fits(dtype: pl.DataType, kind: str) -> bool:
    if dtype.is_integer():
        return kind in _INTEGERS
    if isinstance(dtype, (pl.List, pl.Struct, pl.Array)):
        return kind == "super"
    return any(dtype == known and kind in kinds for known, kinds in _TAKERS)


def _texts(frame: pl.DataFrame) -> pl.DataFrame:
    """Every value as text, nested ones as JSON."""
    made = []
    for series in frame:
        if isinstance(series.dtype, pl.Datetime):
            series = series.dt.strftime("%Y-%m-%d %H:%M:%S%.6f")
        elif isinstance(series.dtype, (pl.List, pl.Struct, pl.Array)):
            whole = pl.struct("x").struct.json_encode().str.slice(5).str.strip_suffix("}")
            shown = pl.when(pl.col("x").is_not_null()).then(whole)
            series = series.to_frame("x").select(shown.alias("y")).to_series()
        elif series.dtype != pl.Binary:
            series = series.cast(pl.String)
        made.append(series)
    return pl.DataFrame([series.alias(str(i)) for i, series in enumerate(made)])


def _field(value: str | bytes | None) -> Field:
    if value is None:
        return NOTHING
    return Kind.TEXT, value.encode() if isinstance(value, str) else value


def _died(code: int, context: str) -> LoadDies:
    return LoadDies(_SCAN_ERROR, code, context)
