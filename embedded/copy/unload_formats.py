"""Rows of an UNLOAD as text, CSV, JSON or Parquet."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from embedded.copy.unload_statement import UnloadStatement

Row = Sequence[str | None]
_NUMERIC_TYPES = {
    20: pl.Int64(),
    21: pl.Int16(),
    23: pl.Int32(),
    700: pl.Float32(),
    701: pl.Float64(),
}
_BOOLEAN, _DATE, _TIMESTAMP, _NUMERIC = 16, 1082, 1114, 1700
_UNESCAPED = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}
_ESCAPE = re.compile(r"\\(.)")


@dataclass(frozen=True)
class Field:
    """A column of the query: its name and PostgreSQL's type of it."""

    name: str
    type: int
    precision: int | None
    scale: int | None


def read_row(line: str) -> list[str | None]:
    """A line of PostgreSQL's COPY TO as values."""
    cells = line.split("\t")
    if "\\" not in line:
        return list(cells)
    return [
        None if cell == "\\N" else _ESCAPE.sub(lambda m: _UNESCAPED[m[1]], cell) for cell in cells
    ]


def line_writer(statement: UnloadStatement, fields: Sequence[Field]) -> Callable[[Row], str]:
    """What writes one row, with its line end, in the format of the statement."""
    if statement.format == "json":
        return _JsonWriter(fields)
    if statement.format == "csv":
        return _CsvWriter(statement)
    return _TextWriter(statement)


class _CsvWriter:
    def __init__(self, statement: UnloadStatement) -> None:
        self._delimiter = statement.delimiter
        self._null = statement.null_as or ""
        self._special = re.compile(f'[{re.escape(statement.delimiter)}"\\r\\n]')

    def __call__(self, row: Row) -> str:
        return self._delimiter.join([self._cell(cell) for cell in row]) + "\n"

    def _cell(self, cell: str | None) -> str:
        if cell is None:
            return self._null
        if self._special.search(cell):
            return '"' + cell.replace('"', '""') + '"'
        return cell


class _TextWriter:
    def __init__(self, statement: UnloadStatement) -> None:
        self._delimiter = statement.delimiter
        self._null = statement.null_as or ""
        self._quote = '"' if statement.add_quotes else ""
        marks = r"\n\r\\" + re.escape(statement.delimiter)
        marks += "\"'" if statement.add_quotes else ""
        self._special = re.compile(f"[{marks}]") if statement.escape else None

    def __call__(self, row: Row) -> str:
        return self._delimiter.join([self._cell(cell) for cell in row]) + "\n"

    def _cell(self, cell: str | None) -> str:
        if cell is None:
            return self._null
        if self._special is not None:
            cell = self._special.sub(lambda match: "\\" + match[0], cell)
        return f"{self._quote}{cell}{self._quote}"


class _JsonWriter:
    def __init__(self, fields: Sequence[Field]) -> None:
        self._names = [json.dumps(field.name, ensure_ascii=False) for field in fields]
        self._bare = [field.type in {*_NUMERIC_TYPES, _NUMERIC} for field in fields]
        self._is_boolean = [field.type == _BOOLEAN for field in fields]

    def __call__(self, row: Row) -> str:
        parts = [f"{name}:{self._value(i, row[i])}" for i, name in enumerate(self._names)]
        return "{" + ",".join(parts) + "}\n"

    def _value(self, number: int, cell: str | None) -> str:
        if cell is None:
            return "null"
        if self._is_boolean[number]:
            return "true" if cell == "t" else "false"
        if self._bare[number] and cell[-1].isdigit():
            return cell
        return json.dumps(cell, ensure_ascii=False)


def parquet(rows: Sequence[Row], fields: Sequence[Field]) -> bytes:
    """Rows as one Parquet file."""
    columns = []
    for number, field in enumerate(fields):
        texts = pl.Series(str(number), [row[number] for row in rows], dtype=pl.String)
        columns.append(_typed(texts, field).alias(field.name))
    written = io.BytesIO()
    pl.DataFrame(columns).write_parquet(written, compression="snappy")
    return written.getvalue()


def _typed(texts: pl.Series, field: Field) -> pl.Series:
    if field.type in _NUMERIC_TYPES:
        return texts.cast(_NUMERIC_TYPES[field.type])
    if field.type == _BOOLEAN:
        return texts == "t"
    if field.type == _DATE:
        return texts.str.to_date("%Y-%m-%d")
    if field.type == _TIMESTAMP:
        return texts.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_unit="us")
    if field.type == _NUMERIC and field.scale is not None:
        return texts.cast(pl.Decimal(field.precision, field.scale))
    return texts
