"""What a statement leaves for its cursor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """PostgreSQL text whose result is the statement's, and what differs from PostgreSQL about it.

    Without `sql` the work is done and there is nothing to fetch. `after` runs when the result is
    there. `snapshot` is false for text that leaves PostgreSQL without one.
    """

    sql: str | None = None
    status: str | None = None
    rowcount: int | None = None
    after: str = ""
    snapshot: bool = True
