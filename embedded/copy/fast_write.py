"""Write whole columns as PostgreSQL's COPY takes them."""

from __future__ import annotations

import io

import polars as pl


def copy_text(values: pl.DataFrame, has_escapes: bool) -> bytes:
    """The rows in the text format of PostgreSQL's COPY."""
    written = io.BytesIO()
    if has_escapes:
        values = values.with_columns(_escaped(one) for one in values.select(pl.col(pl.String)))
    values.write_csv(
        written, include_header=False, separator="\t", quote_style="never", null_value="\\N"
    )
    return written.getvalue()


def _escaped(column: pl.Series) -> pl.Series:
    if not column.str.contains(r"[\\\t\n\r]").any():
        return column
    for mark, escape in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        column = column.str.replace_all(mark, escape, literal=True)
    return column
