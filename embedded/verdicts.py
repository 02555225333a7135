"""Errors that the server itself raises: their class, SQLSTATE and diagnostics are genuine."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NoReturn

import psycopg2

_OURS = re.compile(r"^(LINE \d+:.*\n.*\n?|HINT:.*\n?|(QUERY|CONTEXT):(.|\n)*)", re.MULTILINE)
_REFUSE = "SELECT redshift_catalog.refuse(%s, %s, %s)"


def raise_through(
    run: Callable[[str, Any], Any], sqlstate: str, message: str, detail: str | None
) -> NoReturn:
    """Have the server raise an error on the connection that `run` uses."""
    try:
        run(_REFUSE, (sqlstate, message, detail))
    except psycopg2.Error as error:
        raise without_context(error) from None
    raise AssertionError(f"the server did not raise {sqlstate} {message}")


def without_context(error: psycopg2.Error) -> psycopg2.Error:
    """The same error without the lines about our functions and our translation."""
    text = str(error)
    clean = _OURS.sub("", text)
    if clean != text:
        error.args = (clean, *error.args[1:])
        error.__setstate__({"pgcode": error.pgcode, "pgerror": f"ERROR:  {clean}"})  # type: ignore[no-untyped-call]
    return error
