"""Which COPY parameters may not stand together, and which arguments are out of range."""

from __future__ import annotations

from embedded.copy.clauses import Given
from embedded.errors import NotImitated, Refused

_WITH_CSV = ("fixedwidth", "removequotes", "escape")
# fmt: off
_WITH_JSON = (
    "csv", "delimiter", "escape", "fillrecord", "fixedwidth", "ignoreblanklines", "null",
    "readratio", "removequotes",
)
_COLUMNAR_TAKES = frozenset((
    "parquet", "orc", "iam_role", "credentials", "access_key_id", "secret_access_key",
    "session_token", "statupdate", "manifest", "explicit_ids", "fillrecord", "acceptinvchars",
))
# fmt: on
_FORMATS = ("csv", "json", "avro", "parquet", "orc", "fixedwidth")
_COMPRESSIONS = ("gzip", "bzip2", "lzop", "zstd")


def check(given: Given) -> None:
    """Refuse the combinations and values that Redshift refuses."""
    _check_columnar(given)
    _check_pairs(given)
    _check_ranges(given)
    _check_characters(given)
    _check_imitated(given)


def _check_columnar(given: Given) -> None:
    for name in ("parquet", "orc"):
        for other in given:
            if name in given and other not in _COLUMNAR_TAKES:
                raise Refused(
                    "0A000",
                    f"{other.upper()} argument is not supported for {name.upper()} based COPY",
                )


def _check_pairs(given: Given) -> None:
    for name, others in (
        ("csv", _WITH_CSV),
        ("json", _WITH_JSON),
        ("avro", _WITH_JSON),
        ("delimiter", ("fixedwidth",)),
        ("maxerror", ("ignoreallerrors",)),
    ):
        for other in others:
            if name in given and other in given:
                raise _incompatible(name, other)
    for group in (_FORMATS, _COMPRESSIONS):
        said = [name for name in group if name in given]
        if len(said) > 1:
            raise _incompatible(said[0], said[1])
    if "quote" in given and "csv" not in given:
        raise Refused("42601", "QUOTE can be used only with CSV")
    for name in ("readratio", "ssh"):
        if name in given:
            raise Refused("42601", f"{name.upper()} is not compatible with COPY from S3")


def _incompatible(name: str, other: str) -> Refused:
    return Refused("42601", f"{name.upper()} is not compatible with {other.upper()}")


def _check_ranges(given: Given) -> None:
    _within(given, "maxerror", 0, 100_000)
    _within(given, "comprows", 1_000, 2_147_483_647)
    _within(given, "ignoreheader", 0, 2_147_483_647)


def _within(given: Given, name: str, low: int, high: int) -> None:
    if not low <= given.get(name, low) <= high:
        raise Refused("22023", f"{name.upper()} must be between {low} and {high}")


def _check_characters(given: Given) -> None:
    for name in ("delimiter", "quote"):
        character = given.get(name, "x")
        if len(character) != 1 or ord(character) > 127:
            raise Refused("22023", f"COPY {name} must be a single ASCII character")
    if given.get("delimiter", "x") in "\r\n\0" or given.get("quote", "x") in "\r\n\0":
        raise Refused("22023", "COPY delimiter and quote cannot be newline or carriage return")
    if "csv" in given and given.get("delimiter", ",") == given.get("quote", '"'):
        raise Refused("22023", "COPY delimiter and quote must be different")
    if given.get("null") in ("\\n", "\n"):
        raise Refused("22023", "COPY null representation cannot use newline or carriage return")
    replacement = given.get("acceptinvchars", "?")
    if len(replacement) != 1 or not 0 < ord(replacement) < 128:
        raise Refused("22023", "ACCEPTINVCHARS replacement must be a single ASCII character")


def _check_imitated(given: Given) -> None:
    for name, what in (
        ("orc", "COPY of ORC files"),
        ("avro", "COPY of Avro files"),
        ("lzop", "LZOP compression"),
        ("encrypted", "client-side encryption (ENCRYPTED)"),
        ("master_symmetric_key", "client-side encryption (MASTER_SYMMETRIC_KEY)"),
    ):
        if name in given:
            raise NotImitated(what)
