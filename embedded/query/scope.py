"""Which names mean what in one query: tables, columns, lateral aliases."""

from __future__ import annotations

from dataclasses import dataclass, field

from embedded.errors import NotImitated, Refused
from embedded.query.known import CATALOGS
from embedded.query.piece import Piece, quoted
from embedded.query.task import Columns, Task, declared_all
from embedded.query.tree_query import Table
from embedded.query.types import Type

_SYSTEM = ("stl_", "stv_", "svl_", "svv_", "svcs_", "sys_")
_CATALOG_SCHEMAS = ("pg_catalog", "information_schema", "redshift_catalog")


@dataclass(slots=True)
class Relation:
    """Something in FROM: `path` is how it may be called, `columns` None when they are not known."""

    path: tuple[str, ...]
    columns: Columns | None

    @property
    def name(self) -> str:
        return self.path[-1]

    def answers_to(self, qualifier: tuple[str, ...]) -> bool:
        """Whether a qualifier means it: by its last parts."""
        return self.path[-len(qualifier) :] == qualifier

    def type_of(self, column: str) -> Type | None:
        """The type of one of its columns."""
        return next((type_ for name, type_ in self.columns or [] if name == column), None)

    def has(self, column: str) -> bool:
        """Whether it is known to have this column."""
        return any(name == column for name, _ in self.columns or [])


@dataclass(slots=True)
class Scope:
    """What the expressions of one SELECT can see."""

    task: Task
    outer: Scope | None = None
    tables: dict[str, Columns | None] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    aliases: dict[str, Piece] = field(default_factory=dict)
    merged: set[str] = field(default_factory=set)
    lateral: bool = True
    recursive: bool = False
    correlated: bool = False
    windowed: bool = False
    correlated_subqueries: set[str] = field(default_factory=set)

    def inner(self) -> Scope:
        """A scope for a query inside this one."""
        return Scope(self.task, self, dict(self.tables))

    def sibling(self) -> Scope:
        """A scope that sees the same WITH tables and outer queries, but none of the relations here."""
        return Scope(self.task, self.outer, dict(self.tables))

    def find(self, parts: tuple[str, ...]) -> Piece | None:
        """What a column name means, None when it means nothing."""
        return self._qualified(parts) if len(parts) > 1 else self._unqualified(parts[0])

    def column(self, parts: tuple[str, ...]) -> Piece:
        """What a column name means."""
        found = self.find(parts)
        if found is not None:
            return found
        if len(parts) > 1:
            if any(relation.answers_to(parts[:-1]) for relation in self._all_relations()):
                raise self._no_column(".".join(parts[-2:]))
            raise Refused("42P01", f'missing FROM-clause entry for table "{parts[-2]}"')
        raise self._no_column(parts[0])

    def _no_column(self, name: str) -> Refused:
        tables = ", ".join(relation.name for relation in self.relations)
        return Refused(
            "42703", f'column "{name}" does not exist' + (f" in {tables}" if tables else "")
        )

    def _all_relations(self) -> list[Relation]:
        return self.relations + (self.outer._all_relations() if self.outer else [])

    def _qualified(self, parts: tuple[str, ...]) -> Piece | None:
        for relation in self.relations:
            if relation.answers_to(parts[:-1]):
                if relation.columns is not None and not relation.has(parts[-1]):
                    return None
                return Piece(
                    quoted(relation.name, parts[-1]), relation.type_of(parts[-1]), parts[-1]
                )
        return self._outer_answer(parts)

    def _outer_answer(self, parts: tuple[str, ...]) -> Piece | None:
        """A column of a query around this one: the next one only, as Redshift has it."""
        if self.outer is None:
            return None
        found = self.outer.find(parts)
        if found is not None and self.relations:
            if not self.outer.has_own(parts):
                raise unsupported_correlation()
            self.correlated = True
            self.task.correlations += 1
        return found

    def has_own(self, parts: tuple[str, ...]) -> bool:
        """Whether a column is of this query itself, or of one around it that has nothing between."""
        if not self.relations:
            return self.outer is not None and self.outer.has_own(parts)
        return any(
            (relation.has(parts[-1]) and (len(parts) == 1 or relation.answers_to(parts[:-1])))
            or relation.columns is None
            for relation in self.relations
        )

    def _unqualified(self, name: str) -> Piece | None:
        holders = [relation for relation in self.relations if relation.has(name)]
        if len(holders) > 1 and name not in self.merged:
            raise Refused("42702", f'column reference "{name}" is ambiguous')
        if holders:
            qualifier = [] if name in self.merged else [holders[0].name]
            return Piece(quoted(*qualifier, name), holders[0].type_of(name), name)
        if self.lateral and name in self.aliases:
            return self.aliases[name].named(name)
        if any(relation.columns is None for relation in self.relations):
            return Piece(quoted(name), None, name)
        return self._outer_answer((name,))


def unsupported_correlation() -> Refused:
    """What Redshift says of a subquery that it cannot turn into a join."""
    return Refused("0A000", "This type of correlated subquery pattern is not supported yet")


def open_table(scope: Scope, table: Table) -> tuple[str, Columns | None]:
    """The PostgreSQL name of a relation and its columns; notes whether it is a user's table."""
    parts = table.parts
    if len(parts) == 1 and parts[0] in scope.tables:
        return quoted(*parts), scope.tables[parts[0]]
    if len(parts) > 3:
        raise Refused(
            "42601", f"improper qualified name (too many dotted names): {'.'.join(parts)}"
        )
    hide_catalog(parts)
    system = _system_view(scope.task, parts)
    if system is not None:
        return system
    known = scope.task.columns(quoted(*parts[-2:]))
    _only_old_catalogs(parts)
    catalog = parts[0] in _CATALOG_SCHEMAS if len(parts) > 1 else parts[0].startswith("pg_")
    if not catalog:
        scope.task.user_table = True
    return quoted(*parts), declared_all(known)


def is_of_users(parts: tuple[str, ...]) -> bool:
    """Whether a relation cannot be a catalog or system view, by its name alone."""
    return not parts[-1].startswith((*_SYSTEM, "pg_")) and parts[0] not in _CATALOG_SCHEMAS


def hide_catalog(parts: tuple[str, ...]) -> None:
    """The schema of the stand-in is not there for users."""
    if len(parts) > 1 and parts[-2] == "redshift_catalog":
        raise Refused("3F000", 'schema "redshift_catalog" does not exist')


def _only_old_catalogs(parts: tuple[str, ...]) -> None:
    """PostgreSQL has more catalogs than Redshift, and some that hold secrets."""
    name = parts[-1]
    if name == "pg_shadow":
        raise Refused("42501", "permission denied for relation pg_shadow")
    if (
        name.startswith("pg_")
        and name not in CATALOGS
        and (len(parts) == 1 or parts[-2] == "pg_catalog")
    ):
        raise Refused("42P01", f'relation "{name}" does not exist')


def _system_view(task: Task, parts: tuple[str, ...]) -> tuple[str, Columns | None] | None:
    """A system view of Redshift's, made by the catalog."""
    name = parts[-1]
    if len(parts) > 1 and parts[-2] != "pg_catalog":
        return None
    if not name.startswith((*_SYSTEM, "pg_")):
        return None
    known = task.columns(quoted("redshift_catalog", name))
    if known is not None:
        task.compute_table = task.compute_table or not name.startswith(("pg_", "svv_"))
        return quoted("redshift_catalog", name), declared_all(known)
    if name.startswith(_SYSTEM) and task.columns(quoted(*parts)) is None:
        raise NotImitated(f"the system view {name.upper()}")
    return None
