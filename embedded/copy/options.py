"""What a COPY statement asks for, after reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Format = Literal["text", "csv", "fixedwidth", "json", "parquet"]


@dataclass(frozen=True)
class Options:
    """The parameters of one COPY, with Redshift's defaults."""

    format: Format = "text"
    json_paths: str = "auto"
    delimiter: str = "|"
    quote: str = '"'
    widths: tuple[tuple[str, int], ...] = ()
    compression: str | None = None
    encoding: str = "utf8"
    manifest: bool = False
    region: str | None = None
    null_as: str = "\\N"
    escape: bool = False
    remove_quotes: bool = False
    fill_record: bool = False
    ignore_blank_lines: bool = False
    ignore_header: int = 0
    accept_any_date: bool = False
    replace_invalid: str | None = None
    blanks_as_null: bool = False
    empty_as_null: bool = False
    date_format: str | None = None
    time_format: str | None = None
    trim_blanks: bool = False
    truncate_columns: bool = False
    round_decimals: bool = False
    explicit_ids: bool = False
    max_error: int = 0
    ignore_all_errors: bool = False
    no_load: bool = False

    @property
    def tolerated(self) -> int | None:
        """How many bad rows still load; None for any number."""
        return None if self.ignore_all_errors else max(self.max_error, 1) - 1


@dataclass(frozen=True)
class CopyStatement:
    """A whole COPY statement; `table` is the name as written, `columns` the list or None."""

    table: str
    table_name: str
    columns: tuple[str, ...] | None
    source: str
    options: Options = field(default_factory=Options)
