"""The parameters of COPY: how each is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from embedded.copy.reader import LoadReader, undo_backslashes
from embedded.errors import NotImitated, Refused, syntax_error

Given = dict[str, Any]
"""Parameter name to argument, in the order of writing; a flag has the argument True."""

# fmt: off
_FLAGS = frozenset((
    "manifest", "encrypted", "acceptanydate", "blanksasnull", "emptyasnull", "escape", "noload",
    "explicit_ids", "fillrecord", "ignoreblanklines", "removequotes", "roundec", "trimblanks",
    "truncatecolumns", "ignoreallerrors", "gzip", "bzip2", "lzop", "zstd", "ssh",
))
# fmt: on
_ENCODINGS = {"utf8": "utf8", "utf16": "utf16", "utf16le": "utf16le", "utf16be": "utf16be"}
_SWITCHES = ("on", "true", "off", "false")


def read_parameters(reader: LoadReader) -> Given:
    """Everything after the FROM of a COPY."""
    given: Given = {}
    while not reader.done:
        _read_one(reader, given)
    return given


def _read_one(reader: LoadReader, given: Given) -> None:
    token = reader.take()
    if token.kind != "word":
        raise syntax_error(token.text)
    name = token.value
    if name in _FLAGS:
        return keep(given, name, True)
    if name == "with":
        return keep(given, reader.expect_any("credentials"), _string(reader))
    if name == "format":
        reader.accept("as")
        name = reader.expect_any(*_FORMATS, "delimiter")
    if name in _FORMATS:
        return _read_format(reader, given, name)
    if name not in _ARGUMENTS:
        raise syntax_error(token.text)
    return keep(given, name, _ARGUMENTS[name](reader))


def keep(given: Given, name: str, argument: object) -> None:
    """Note a parameter; saying one twice is an error."""
    if name in given:
        raise Refused("42601", "conflicting or redundant options")
    given[name] = argument


def _read_format(reader: LoadReader, given: Given, name: str) -> None:
    argument: object = True
    if name == "json" or name == "avro":
        reader.accept("as")
        token = reader.peek()
        argument = reader.string() if token.kind == "string" else "auto"
    elif name == "fixedwidth":
        argument = _string(reader)
    elif name == "shapefile":
        raise NotImitated("COPY of shapefiles")
    keep(given, name, argument)


_FORMATS = ("csv", "json", "avro", "parquet", "orc", "fixedwidth", "shapefile")


def _string(reader: LoadReader) -> str:
    reader.accept("as")
    return reader.string()


def _raw(reader: LoadReader) -> str:
    reader.accept("as")
    return reader.raw_string()


def _character(reader: LoadReader) -> str:
    return undo_backslashes(_raw(reader))


def _integer(reader: LoadReader) -> int:
    reader.accept("as")
    return reader.integer()


def _role(reader: LoadReader) -> str:
    return "default" if reader.accept("default") else _string(reader)


def _switch(reader: LoadReader) -> str:
    return reader.accept_any(*_SWITCHES) or "on"


def _compupdate(reader: LoadReader) -> str:
    return "preset" if reader.accept("preset") else _switch(reader)


def _encoding(reader: LoadReader) -> str:
    reader.accept("as")
    token = reader.take()
    if token.value.lower() not in _ENCODINGS or token.kind not in ("word", "string"):
        raise syntax_error(token.text)
    return _ENCODINGS[token.value.lower()]


def _replacement(reader: LoadReader) -> str:
    said = reader.accept("as")
    token = reader.peek()
    return reader.string() if said or token.kind == "string" else "?"


_ARGUMENTS: dict[str, Callable[[LoadReader], object]] = {
    "credentials": _string,
    "iam_role": _role,
    "access_key_id": _string,
    "secret_access_key": _string,
    "session_token": _string,
    "master_symmetric_key": _string,
    "region": _string,
    "quote": _character,
    "delimiter": _character,
    "null": _raw,
    "dateformat": _string,
    "timeformat": _string,
    "encoding": _encoding,
    "acceptinvchars": _replacement,
    "ignoreheader": _integer,
    "maxerror": _integer,
    "comprows": _integer,
    "readratio": _integer,
    "compupdate": _compupdate,
    "statupdate": _switch,
}
