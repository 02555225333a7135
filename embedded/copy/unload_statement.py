"""Read an UNLOAD statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from embedded.copy import credentials
from embedded.copy.clauses import Given, keep
from embedded.copy.reader import LoadReader, undo_backslashes
from embedded.errors import NotImitated, Refused, syntax_error

_FLAGS = frozenset(("addquotes", "allowoverwrite", "cleanpath", "escape", "header", "gzip"))
_MORE_FLAGS = frozenset(("bzip2", "zstd", "encrypted", "auto"))
_SIZES = {"mb": 1024**2, "gb": 1024**3}
_SMALLEST, _LARGEST = 5 * 1024**2, 6_200_000_000
_FORMATS = ("csv", "parquet", "json")


@dataclass(frozen=True)
class UnloadStatement:
    """A whole UNLOAD statement, with Redshift's defaults."""

    select: str
    target: str
    format: str = "text"
    delimiter: str = "|"
    header: bool = False
    add_quotes: bool = False
    escape: bool = False
    null_as: str | None = None
    compression: str | None = None
    manifest: bool = False
    verbose: bool = False
    parallel: bool = True
    allow_overwrite: bool = False
    clean_path: bool = False
    max_file_size: int = _LARGEST
    extension: str = ""
    region: str | None = None


def read_unload(sql: str) -> UnloadStatement:
    """The UNLOAD statement in a text; refuses what Redshift refuses to read."""
    reader = LoadReader.of(sql)
    reader.expect("unload")
    reader.expect("(")
    select = reader.string().strip().rstrip(";")
    reader.expect(")")
    reader.expect("to")
    target = reader.string()
    if not target.startswith("s3://"):
        raise Refused("0A000", "UNLOAD destination is not supported. (Hint: only S3 based unload)")
    given: Given = {}
    while not reader.done:
        _read_one(reader, given)
    credentials.check(given)
    _check(given)
    return _statement(select, target, given)


def _read_one(reader: LoadReader, given: Given) -> None:
    token = reader.take()
    name = token.value
    if token.kind != "word":
        raise syntax_error(token.text)
    if name in _FLAGS | _MORE_FLAGS:
        return keep(given, name, True)
    if name == "with":
        reader.expect("credentials")
        name = "credentials"
    elif name == "format":
        reader.accept("as")
        return keep(given, "format", reader.expect_any(*_FORMATS))
    elif name in _FORMATS:
        return keep(given, "format", name)
    if name not in _ARGUMENTS:
        raise syntax_error(token.text)
    return keep(given, name, _ARGUMENTS[name](reader))


def _string(reader: LoadReader) -> str:
    reader.accept("as")
    return reader.string()


def _character(reader: LoadReader) -> str:
    reader.accept("as")
    return undo_backslashes(reader.raw_string())


def _role(reader: LoadReader) -> str:
    return "default" if reader.accept("default") else _string(reader)


def _manifest(reader: LoadReader) -> str:
    return "verbose" if reader.accept("verbose") else "plain"


def _parallel(reader: LoadReader) -> bool:
    words = ("on", "true", "off", "false")
    return (reader.accept_any(*words) or "on") in ("on", "true")


def _size(reader: LoadReader) -> int:
    reader.accept("as")
    token = reader.take()
    try:
        number = float(token.text)
    except ValueError:
        raise syntax_error(token.text) from None
    unit = reader.accept_any(*_SIZES) or "mb"
    return int(number * _SIZES[unit])


def _partition(reader: LoadReader) -> object:
    raise NotImitated("UNLOAD ... PARTITION BY")


def _fixed_width(reader: LoadReader) -> object:
    raise NotImitated("UNLOAD ... FIXEDWIDTH")


_ARGUMENTS: dict[str, Callable[[LoadReader], object]] = {
    "credentials": _string,
    "iam_role": _role,
    "access_key_id": _string,
    "secret_access_key": _string,
    "session_token": _string,
    "master_symmetric_key": _string,
    "kms_key_id": _string,
    "region": _string,
    "extension": _string,
    "delimiter": _character,
    "null": _string,
    "manifest": _manifest,
    "parallel": _parallel,
    "maxfilesize": _size,
    "rowgroupsize": _size,
    "partition": _partition,
    "fixedwidth": _fixed_width,
}


def _check(given: Given) -> None:
    form = given.get("format")
    if form == "csv":
        _refuse_with(given, "CSV", ("addquotes", "escape"))
    if form in ("parquet", "json"):
        names = ("delimiter", "addquotes", "escape", "header", "null")
        _refuse_with(given, form.upper(), names)
    if form == "parquet":
        _refuse_with(given, "PARQUET", ("gzip", "bzip2", "zstd"))
    packed = [name for name in ("gzip", "bzip2", "zstd") if name in given]
    ways = [name for name in ("allowoverwrite", "cleanpath") if name in given]
    for one, other in (pair for pair in (packed[:2], ways) if len(pair) == 2):
        raise Refused("42601", f"{one.upper()} is not compatible with {other.upper()}")
    if not _SMALLEST <= given.get("maxfilesize", _SMALLEST) <= _LARGEST:
        raise Refused("22023", "MAXFILESIZE must be between 5 MB and 6.2 GB")
    delimiter = given.get("delimiter", "|")
    if len(delimiter) != 1 or ord(delimiter) > 127 or delimiter in "\r\n":
        raise Refused("22023", "UNLOAD delimiter must be a single ASCII character")
    for name in ("encrypted", "master_symmetric_key", "kms_key_id"):
        if name in given:
            raise NotImitated("UNLOAD with encryption (ENCRYPTED, KMS_KEY_ID)")


def _refuse_with(given: Given, form: str, names: tuple[str, ...]) -> None:
    for name in names:
        if name in given:
            raise Refused("0A000", f"{name.upper()} is not supported for UNLOAD to {form}")


def _statement(select: str, target: str, given: Given) -> UnloadStatement:
    form = given.get("format", "text")
    return UnloadStatement(
        select=select,
        target=target,
        format=form,
        delimiter=given.get("delimiter", "," if form == "csv" else "|"),
        header="header" in given,
        add_quotes="addquotes" in given,
        escape="escape" in given,
        null_as=given.get("null"),
        compression=next((name for name in ("gzip", "bzip2", "zstd") if name in given), None),
        manifest="manifest" in given,
        verbose=given.get("manifest") == "verbose",
        parallel=given.get("parallel", True),
        allow_overwrite="allowoverwrite" in given,
        clean_path="cleanpath" in given,
        max_file_size=given.get("maxfilesize", _LARGEST),
        extension=given.get("extension", ""),
        region=given.get("region"),
    )
