"""COPY from S3 and UNLOAD to S3, as Redshift executes them.

The path of a COPY: `statement` reads it, `selection` finds its objects, `load` starts a thread in
which `pipeline` reads the objects, cuts them into records and converts those, while PostgreSQL
takes the rows; `journal` writes what STL_LOAD_* and SYS_LOAD_* show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from embedded.session import Session


def copy(session: Session, sql: str) -> None:
    """Execute one COPY statement."""
    from embedded.copy.execute import copy as execute

    execute(session, sql)


def unload(session: Session, sql: str) -> None:
    """Execute one UNLOAD statement."""
    from embedded.copy.unloading import unload as execute

    execute(session, sql)
