"""The objects that an UNLOAD writes: names, sizes, compression, slices and the manifest."""

from __future__ import annotations

import bz2
import gzip
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, Protocol, cast

import zstandard

from embedded.copy.storage import Storage, s3_errors, split_url
from embedded.copy.unload_formats import Field, Row, line_writer, parquet
from embedded.copy.unload_statement import UnloadStatement

SLICES = 2
_ENDINGS = {"gzip": ".gz", "bzip2": ".bz2", "zstd": ".zst"}
_ROW_GROUP = 200_000


@dataclass(frozen=True)
class Written:
    """One object that was written."""

    url: str
    rows: int
    size: int


class Slice(Protocol):
    """What takes the rows of one slice."""

    def add(self, row: Row) -> None:
        """Take a row."""

    def close(self) -> None:
        """Write what is left."""


@dataclass
class Target:
    """Where the objects go, and those already there."""

    storage: Storage
    statement: UnloadStatement
    written: list[Written] = field(default_factory=list)

    def put(self, name: str, content: IO[bytes], rows: int) -> None:
        """Write one object; its name follows the prefix of the statement."""
        size = content.seek(0, 2)
        content.seek(0)
        bucket, prefix = split_url(self.statement.target)
        with s3_errors():
            self.storage.store(bucket).put(prefix + name, cast(Any, content))
        self.written.append(Written(f"s3://{bucket}/{prefix}{name}", rows, size))

    def name(self, slice_number: int, part: int) -> str:
        """The end of an object's name."""
        statement = self.statement
        plain = {"parquet": ".parquet", "json": ".json"}.get(statement.format, "")
        ending = f".{statement.extension.lstrip('.')}" if statement.extension else plain
        if not statement.extension:
            ending += _ENDINGS.get(statement.compression or "", "")
        if statement.parallel:
            return f"{slice_number:04}_part_{part:02}{ending}"
        return f"{part:03}{ending}"

    def slice(self, number: int, fields: Sequence[Field]) -> Slice:
        """A writer of one slice."""
        kind = _ParquetSlice if self.statement.format == "parquet" else _LineSlice
        return kind(self, number, fields)


class _LineSlice:
    """Lines into files of the largest size, compressed while they are written."""

    def __init__(self, target: Target, number: int, fields: Sequence[Field]) -> None:
        statement = target.statement
        self._target, self._number, self._part = target, number, 0
        self._write_row = line_writer(statement, fields)
        names = [one.name for one in fields]
        header = statement.header and statement.format in ("text", "csv")
        self._header = self._write_row(names).encode() if header else b""
        self._file: IO[bytes] | None = None
        self._packed: IO[bytes] | None = None
        self._rows = 0

    def add(self, row: Row) -> None:
        """See Slice."""
        if self._file is None or self._packed is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
            self._packed = _packed(self._file, self._target.statement.compression)
            self._packed.write(self._header)
        self._packed.write(self._write_row(row).encode())
        self._rows += 1
        if self._file.tell() >= self._target.statement.max_file_size - len(self._header):
            self.close()

    def close(self) -> None:
        """See Slice."""
        if self._file is None or self._packed is None:
            return
        if self._packed is not self._file:
            self._packed.close()
        with self._file:
            name = self._target.name(self._number, self._part)
            self._target.put(name, self._file, self._rows)
        self._file = self._packed = None
        self._rows, self._part = 0, self._part + 1


class _ParquetSlice:
    """Rows gathered into Parquet files."""

    def __init__(self, target: Target, number: int, fields: Sequence[Field]) -> None:
        self._target, self._number, self._part = target, number, 0
        self._fields = fields
        self._rows: list[Row] = []

    def add(self, row: Row) -> None:
        """See Slice."""
        self._rows.append(row)
        if len(self._rows) >= _ROW_GROUP:
            self.close()

    def close(self) -> None:
        """See Slice."""
        if not self._rows:
            return
        with tempfile.TemporaryFile() as file:
            file.write(parquet(self._rows, self._fields))
            self._target.put(self._target.name(self._number, self._part), file, len(self._rows))
        self._rows = []
        self._part += 1


def _packed(file: IO[bytes], compression: str | None) -> IO[bytes]:
    makers: dict[str, Callable[[], Any]] = {
        "gzip": lambda: gzip.GzipFile(fileobj=file, mode="wb", mtime=0),
        "bzip2": lambda: bz2.BZ2File(file, "wb"),
        "zstd": lambda: zstandard.ZstdCompressor().stream_writer(file, closefd=False),
    }
    return cast(IO[bytes], makers[compression]()) if compression else file


def manifest(target: Target, fields: Sequence[Field]) -> bytes:
    """The manifest of what was written; VERBOSE adds the schema and the totals."""
    entries: list[dict[str, Any]] = []
    for one in target.written:
        entry: dict[str, Any] = {"url": one.url}
        if target.statement.verbose or target.statement.format == "parquet":
            entry["meta"] = {"content_length": one.size, "record_count": one.rows}
        entries.append(entry)
    document: dict[str, Any] = {"entries": entries}
    if target.statement.verbose:
        document["schema"] = {"elements": [{"name": one.name} for one in fields]}
        document["meta"] = {
            "content_length": sum(one.size for one in target.written),
            "record_count": sum(one.rows for one in target.written),
        }
    return json.dumps(document, indent=2).encode()
