"""PostgreSQL's errors told as Redshift tells them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg2

from embedded import verdicts
from embedded.errors import Refused

if TYPE_CHECKING:
    from embedded.session import Session

_NULL = re.compile(r'null value in column "(.+?)"')
_CONCURRENT = ("tuple concurrently updated", "tuple concurrently deleted")


@contextmanager
def as_redshift(session: Session) -> Iterator[None]:
    """Turn a refusal, or an error of PostgreSQL's, into what Redshift would raise."""
    try:
        yield
    except Refused as refusal:
        session.transaction.enter()
        session.refuse(refusal.sqlstate, refusal.message, refusal.detail)
    except psycopg2.Error as error:
        verdict = None if session.connection.closed else _verdict(session, error)
        if verdict is None:
            raise verdicts.without_context(error) from None
        verdicts.raise_through(session.outside, verdict.sqlstate, verdict.message, verdict.detail)


def _verdict(session: Session, error: psycopg2.Error) -> Refused | None:
    """What Redshift says instead; None where it says the same."""
    told = _VERDICTS.get(error.pgcode or "")
    return told(session, error.diag.message_primary or "") if told else None


def conflict(session: Session, message: str = "") -> Refused:
    """Redshift's serialization conflict, which is not a 40001 there."""
    pid = session.pid
    own = session.transaction.id
    table = _written_table(session)
    detail = (
        f"Serializable isolation violation on table - {table}, "
        f"transactions forming the cycle are: {own}, {own + 1} (pid:{pid})"
    )
    return Refused("XX000", "1023", detail)


def _written_table(session: Session) -> int:
    for table in sorted(session.transaction.locked):
        found = session.outside("SELECT to_regclass(%s)::oid::integer", (table,))[0][0]
        if found:
            return int(found)
    return 0


def _not_null(session: Session, message: str) -> Refused | None:
    match = _NULL.search(message)
    if match is None:
        return None
    text = f"Cannot insert a NULL value into column {match[1]}"
    return Refused("XX000", text, internal_detail(session, text, 8007))


def internal_detail(session: Session, text: str, code: int) -> str:
    """The block that Redshift sends along with an error of its compute nodes."""
    rule = "-----------------------------------------------"
    return (
        f"\n  {rule}\n  error:  {text}\n  code:      {code}\n  context:   {text}\n"
        f"  query:     {session.state.query_id}\n  location:  \n"
        f"  process:   query0_{session.state.query_id} "
        f"[pid={session.pid}]\n  {rule}\n"
    )


def _identity(session: Session, message: str) -> Refused:
    return Refused("0A000", "cannot set an identity column to a value")


def _canceled(session: Session, message: str) -> Refused:
    return Refused("57014", f"Query ({session.state.query_id}) canceled on user's request")


def _internal(session: Session, message: str) -> Refused | None:
    if message not in _CONCURRENT:
        return None
    return Refused("XX000", "could not complete because of conflict with concurrent transaction")


def _overflow(session: Session, message: str) -> Refused | None:
    if message != "numeric field overflow":
        return None
    text = "Numeric data overflow (result precision)"
    return Refused("XX000", text, internal_detail(session, text, 1058))


def _several_matches(session: Session, message: str) -> Refused:
    return Refused("XX000", "Found multiple matches to update the same tuple.")


_VERDICTS: dict[str, Callable[[Session, str], Refused | None]] = {
    "40001": conflict,
    "21000": _several_matches,
    "22003": _overflow,
    "23502": _not_null,
    "428C9": _identity,
    "57014": _canceled,
    "XX000": _internal,
}
