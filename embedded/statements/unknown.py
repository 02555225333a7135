"""First words that Redshift knows and this stand-in does not imitate, or that only PostgreSQL knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from embedded.errors import NotImitated, Refused
from embedded.statements.answer import Answer
from embedded.statements.split import Statement

if TYPE_CHECKING:
    from embedded.session import Session

_OF_REDSHIFT = {
    "call": "CALL",
    "refresh": "REFRESH MATERIALIZED VIEW",
    "attach": "ATTACH policies",
    "detach": "DETACH policies",
    "desc": "DESC DATASHARE",
    "use": "USE",
}
_OF_POSTGRES = (
    "listen", "notify", "unlisten", "checkpoint", "cluster", "reindex", "load", "security",
    "reassign", "discard", "import",
)  # fmt: skip


def not_imitated(session: Session, statement: Statement) -> Answer:
    """A statement of Redshift's that has no imitation."""
    raise NotImitated(_OF_REDSHIFT[statement.verb])


def refused(session: Session, statement: Statement) -> Answer:
    """A statement of PostgreSQL's that Redshift does not have."""
    raise Refused("0A000", f'SQL command "{statement.text}" not supported.')


HANDLERS = {
    **dict.fromkeys(_OF_REDSHIFT, not_imitated),
    **dict.fromkeys(_OF_POSTGRES, refused),
}
