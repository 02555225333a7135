"""The authorization of COPY and UNLOAD: required, read and judged, then forgotten.

The stand-in reaches its own S3 with its own keys, so nothing here is kept, logged or shown.
"""

from __future__ import annotations

import re

from embedded.copy.clauses import Given
from embedded.errors import Refused

_ARN = r"arn:aws[a-z-]*:[a-z-]+:[a-z0-9-]*:\d{12}:[^\s,;]+"
_ROLES = re.compile(rf"{_ARN}(?:,{_ARN})*")
_PAIR = re.compile(r"([a-z_]+)=([^\s;]+)")
_KEYS = {"aws_access_key_id", "aws_secret_access_key"}
_MORE = {"token", "master_symmetric_key"}
_SEPARATE = ("access_key_id", "secret_access_key", "session_token")


def check(given: Given) -> None:
    """Refuse a statement without exactly one well-formed authorization."""
    kinds: list[str] = [name for name in ("iam_role", "credentials") if name in given]
    kinds += ["access_key_id"] if any(name in given for name in _SEPARATE) else []
    if not kinds:
        raise _invalid()
    if len(kinds) > 1:
        raise Refused("42601", f"{kinds[0].upper()} is not compatible with {kinds[1].upper()}")
    {"iam_role": _check_role, "credentials": _check_string, "access_key_id": _check_keys}[kinds[0]](
        given
    )


def _check_role(given: Given) -> None:
    if given["iam_role"] != "default" and not _ROLES.fullmatch(given["iam_role"]):
        raise _invalid()


def _check_string(given: Given) -> None:
    if "master_symmetric_key" in given:
        raise Refused("42601", "MASTER_SYMMETRIC_KEY is not compatible with CREDENTIALS")
    parts = [_PAIR.fullmatch(part) for part in given["credentials"].strip(";").split(";")]
    pairs = {part[1]: part[2] for part in parts if part}
    if len(pairs) != len(parts):
        raise _invalid()
    if "aws_iam_role" in pairs:
        roles = _ROLES.fullmatch(pairs["aws_iam_role"])
        good = bool(roles) and pairs.keys() <= {"aws_iam_role", *_MORE}
    else:
        good = _KEYS <= pairs.keys() <= _KEYS | _MORE
    if not good:
        raise _invalid()


def _check_keys(given: Given) -> None:
    if not given.get("access_key_id") or not given.get("secret_access_key"):
        raise _invalid()


def _invalid() -> Refused:
    return Refused(
        "XX000",
        "Invalid credentials. Must be of the format: credentials 'aws_iam_role=...' or"
        " 'aws_access_key_id=...;aws_secret_access_key=...[;token=...]'",
    )
