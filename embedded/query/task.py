"""One translation: what it was told by the session, and what it found out on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from embedded.columns import Column
from embedded.errors import Refused
from embedded.query.context import Context
from embedded.query.types import Type

Columns = list[tuple[str, Type | None]]


@dataclass(slots=True)
class Task:
    """One translation.

    `asked` keeps the session's answers: a translation may be used again as long as they are the same.
    `compute_table`: the compute nodes hold a table that it reads, if only a system table.
    `correlations` counts the references to the columns of a query around.
    """

    context: Context
    asked: dict[str, tuple[Column, ...] | None] = field(default_factory=dict)
    user_table: bool = False
    compute_table: bool = False
    leader_calls: list[str] = field(default_factory=list)
    compute_calls: list[str] = field(default_factory=list)
    correlations: int = 0

    def columns(self, name: str) -> tuple[Column, ...] | None:
        """The columns of a relation, asked once."""
        if name not in self.asked:
            found: Sequence[Column] | None = self.context.columns(name)
            self.asked[name] = tuple(found) if found else None
        return self.asked[name]

    def check_nodes(self) -> None:
        """Refuse functions of the leader node with user tables, and those of the others without."""
        if self.user_table and self.leader_calls:
            listed = " ".join(f'Function "{name}()" not supported.' for name in self.leader_calls)
            raise Refused(
                "0A000",
                "Specified types or functions (one per INFO message) not supported on Redshift tables.",
                listed,
            )
        if self.compute_calls and not (self.user_table or self.compute_table):
            raise Refused(
                "0A000",
                "One or more of the used functions must be applied on at least one user created tables."
                " Examples of user table only functions are LISTAGG, MEDIAN, PERCENTILE_CONT, etc",
            )


def declared_all(columns: Sequence[Column] | None) -> Columns | None:
    """The names and types of declared columns."""
    return None if columns is None else [(column.name, declared(column)) for column in columns]


def declared(column: Column) -> Type:
    """The type of a declared column."""
    return Type(column.type, column.length, column.precision, column.scale)
