"""What can go wrong on the Redshift door.

psycopg2.Error     Redshift's own verdict, with its text and SQLSTATE
NotImitated        valid Redshift that this stand-in does not imitate; no verdict on the SQL
Refused            how a parser or translator says no; the cursor turns it into a psycopg2.Error
"""

from __future__ import annotations


class NotImitated(Exception):
    """Valid Redshift that the embedded Redshift does not imitate.

    Deliberately no psycopg2 error: code that catches those must not take it for Redshift's answer.
    """

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what

    def __str__(self) -> str:
        return f"the embedded Redshift does not imitate {self.what}"


class Refused(Exception):
    """A statement that Redshift refuses, with the SQLSTATE and text that Redshift gives."""

    def __init__(self, sqlstate: str, message: str, detail: str | None = None) -> None:
        super().__init__(sqlstate, message, detail)
        self.sqlstate = sqlstate
        self.message = message
        self.detail = detail

    def __str__(self) -> str:
        return self.message


def syntax_error(near: str) -> Refused:
    """Redshift's syntax error at a token; an empty one stands for the end of the input."""
    where = f'at or near "{near}"' if near else "at end of input"
    return Refused("42601", f"syntax error {where}")
