"""Which columns a COPY fills, and from what."""

from __future__ import annotations

from dataclasses import dataclass

from embedded.columns import Column
from embedded.copy.options import CopyStatement
from embedded.errors import Refused
from embedded.names import quoted, split_name
from embedded.session import Session


@dataclass(frozen=True)
class Plan:
    """The target columns in the order of the file or the column list."""

    table: str
    columns: list[Column]

    @property
    def copy_in(self) -> str:
        """The PostgreSQL statement that takes the converted rows."""
        names = ", ".join(quoted(column.name) for column in self.columns)
        return f"COPY {self.table} ({names}) FROM STDIN"


def plan(session: Session, statement: CopyStatement) -> Plan:
    """The columns to be filled; refused where Redshift refuses the column list."""
    declared = session.columns(statement.table)
    explicit = statement.options.explicit_ids
    if statement.columns is None:
        columns = [column for column in declared if explicit or column.identity is None]
    else:
        columns = _listed(session, statement, declared)
    identities = [column for column in declared if _is_generated(column)]
    if explicit and not all(column in columns for column in identities):
        raise Refused("42601", "EXPLICIT_IDS needs the IDENTITY column in the column list")
    if explicit and not identities:
        raise Refused("42601", "EXPLICIT_IDS is for tables with an IDENTITY column")
    for column in columns:
        if _is_generated(column) and not explicit:
            raise Refused("0A000", "cannot set an identity column to a value")
    _check_unlisted(declared, columns)
    return Plan(quoted(*split_name(statement.table)[-2:]), columns)


def _is_generated(column: Column) -> bool:
    return column.identity is not None and not column.generated_by_default


def _listed(session: Session, statement: CopyStatement, declared: list[Column]) -> list[Column]:
    known = {column.name: column for column in declared}
    found: list[Column] = []
    for written in statement.columns or ():
        quoted_name = written.startswith('"')
        name = written[1:] if quoted_name else written
        if not (quoted_name and session.state.case_sensitive):
            name = name.lower()
        if name not in known:
            text = f'column "{name}" of relation "{statement.table_name}" does not exist'
            raise Refused("42703", text)
        if known[name] in found:
            raise Refused("42701", f'column "{name}" specified more than once')
        found.append(known[name])
    return found


def _check_unlisted(declared: list[Column], columns: list[Column]) -> None:
    for column in declared:
        filled = column in columns or column.default is not None or column.identity is not None
        if column.not_null and not filled:
            raise Refused(
                "23502",
                f"Column '{column.name}' is NOT NULL, has no default and is not in the column list",
            )
